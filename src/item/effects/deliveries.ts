/**
 * Makes the item's deliveries to people and other systems. Each is written down before it is tried (I7), tried right
 * after the commit, and tried again from its row by the alarm.
 *
 * A delivery's result is one more write of its workflow's row. A crash between sending and writing repeats the delivery
 * under the same key.
 */
import { QUIET, type Deliverer, type EarlierMessages } from "../../review/deliverer.ts";
import type { DemandHistory } from "../../world/history.ts";
import type { Delivery } from "../../workflow/types/delivery.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";

export interface DeliveryDeps {
  /** Workflows that are open or have deliveries to make. */
  readonly active: () => readonly Workflow[];
  readonly read: (seq: number) => Workflow | null;
  /** See `WorkflowRows.questionsReplacedBy`. */
  readonly questionsReplacedBy: (workflowId: string) => readonly Workflow[];
  readonly demand: () => DemandHistory | null;
  readonly attempt: Deliverer["attempt"];
  readonly save: (workflow: Workflow) => void;
  readonly onFailure: (cause: unknown) => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly now: () => number;
}

export class Deliveries {
  readonly #deps: DeliveryDeps;
  /**
   * Attempts under way by receiver; receivers do not wait for each other. One receiver gets an item's messages one at a
   * time, because a message must find the one that it corrects. Webhooks are exempt: they correct nothing.
   */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  /** Starts what is due without waiting for it; the object stays awake until it is done. */
  start(): void {
    for (const { workflow, delivery } of this.#due()) {
      const receiver = receiverOf(workflow, delivery);
      if (this.#underWay.has(receiver)) continue;
      const attempt = this.#attempt(workflow, delivery)
        // After a failure to write the result only the alarm tries again.
        .then(
          () => true,
          (cause: unknown) => (this.#deps.onFailure(cause), false),
        )
        .then((isWritten) => {
          this.#underWay.delete(receiver);
          // Deliveries that waited for this receiver, or became due meanwhile, need not wait for the alarm.
          if (isWritten) this.start();
        });
      this.#underWay.set(receiver, attempt);
      this.#deps.waitUntil(attempt);
    }
  }

  /** Tries what is due and waits for the end. Code that serves requests uses `start` instead. */
  async drain(): Promise<void> {
    this.start();
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  #due(): { workflow: Workflow; delivery: Delivery }[] {
    const active = this.#deps.active();
    if (active.length === 0) return [];
    const now = this.#deps.now();
    return active.flatMap((workflow) =>
      workflow.deliveries
        .filter((delivery) => delivery.status === "pending" && delivery.dueAt <= now)
        .map((delivery) => ({ workflow, delivery })),
    );
  }

  async #attempt(workflow: Workflow, delivery: Delivery): Promise<void> {
    const { attempt, questionsReplacedBy, demand, read, save, now } = this.#deps;
    // Read at lookup time: earlier attempts to the same receiver are over by then.
    const earlier = (): EarlierMessages =>
      earlierMessages([...questionsReplacedBy(workflow.id), read(workflow.seq) ?? workflow], delivery);
    const after = await attempt(workflow, delivery, earlier, demand(), now());
    const present = read(workflow.seq);
    // The workflow may have changed during the attempt, so only this delivery's entry is replaced. An entry that has
    // become due anew meanwhile, to report a newer change, is left alone.
    const isTried = (entry: Delivery): boolean => entry.key === delivery.key && entry.dueAt === delivery.dueAt;
    if (present === null || !present.deliveries.some(isTried)) return;
    const deliveries = present.deliveries.map((entry) => (isTried(entry) ? after : entry));
    save(withDeliveries(present, deliveries));
  }
}

function receiverOf({ id }: Workflow, { channel, recipient }: Delivery): string {
  return [channel, recipient, channel === "webhook" ? id : ""].join("\n");
}

/**
 * Makes parked deliveries due again under their old keys. With `all`, also waiting ones and the webhook's in any state.
 * `count` is their number.
 */
export function redelivered(
  workflow: Workflow,
  now: number,
  which: "parked" | "all",
): { readonly workflow: Workflow; readonly count: number } {
  const isMeant = (entry: Delivery): boolean =>
    which === "parked" ? entry.status === "parked" : isWorthAgain(entry, now);
  const count = workflow.deliveries.filter(isMeant).length;
  if (count === 0) return { workflow, count };
  const deliveries = workflow.deliveries.map((entry) =>
    isMeant(entry) ? { ...entry, status: "pending" as const, attempts: 0, dueAt: now } : entry,
  );
  return { workflow: withDeliveries(workflow, deliveries), count };
}

/** What leaves the item is no change of the workflow: `updatedAt` stays, but projections must see the newer record. */
function withDeliveries(workflow: Workflow, deliveries: readonly Delivery[]): Workflow {
  return { ...workflow, deliveries, version: workflow.version + 1 };
}

/**
 * A delivery that is due may be under way right now. Its result would overwrite a second start, so it is left alone.
 */
function isWorthAgain(entry: Delivery, now: number): boolean {
  if (entry.status === "pending") return entry.dueAt > now;
  return entry.status === "parked" || entry.channel === "webhook";
}

/** Messages of these questions to the same receiver: such a message is edited instead of sending a new one. */
function earlierMessages(questions: readonly Workflow[], delivery: Delivery): EarlierMessages {
  const told = questions.flatMap(({ createdAt, deliveries }) =>
    deliveries
      .filter(({ channel, recipient }) => channel === delivery.channel && recipient === delivery.recipient)
      .map((entry) => ({ entry, since: createdAt })),
  );
  return {
    refs: told.flatMap(({ entry }) => [entry.replaces, entry.ref].filter((ref) => ref !== undefined)),
    unconfirmed: told
      .filter(({ entry }) => entry.purpose === "ask" && entry.ref === undefined && entry.error !== QUIET)
      .map(({ entry, since }) => ({ key: entry.key, since })),
  };
}
