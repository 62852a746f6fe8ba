/**
 * What leaves the item: projections to the database and deliveries to people and other systems. Each is written down
 * before it is tried (I7), tried right after the commit, and tried again from its row by the alarm.
 *
 * O1. Projections of one item go out one push at a time; what changes meanwhile goes with the next.
 * O2. A delivery's result is one more write of its workflow's row. A crash between sending and writing repeats the
 *     delivery under the same key.
 */
import { touch } from "../../workflow/record.ts";
import type { Delivery, Workflow } from "../../workflow/types.ts";
import type { Desk } from "../item.ts";

/** Rows sent at once; the rest follows at once after it. As many of the largest (an adviser's, 40 kB) stay below D1's 2 MB. */
const PUSH_ROWS = 25;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;

export class Outbox {
  readonly #desk: Desk;
  #pushing: Promise<void> | null = null;
  #delivering: Promise<void> | null = null;
  #failures = 0;
  #projectAt: number | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** When projections are tried again after a failure; null = nothing has failed. */
  get projectAt(): number | null {
    return this.#projectAt;
  }

  /** Starts what is due and does not wait for it; the object stays awake until it is done. */
  flush(): void {
    const { deps } = this.#desk;
    // After a failure the alarm's schedule rules, or every trigger would knock at a database that is down.
    if (this.#pushing === null && this.#projectAt === null && this.#desk.journal.hasUnconfirmed) {
      this.#pushing = this.#project().finally(() => (this.#pushing = null));
      deps.waitUntil(this.#pushing);
    }
    if (this.#delivering === null && this.#dueDeliveries().length > 0) {
      this.#delivering = this.#deliver().finally(() => (this.#delivering = null));
      deps.waitUntil(this.#delivering);
    }
  }

  /** The alarm's turn: what is due is tried now, whatever failed before, and waited for. */
  async drain(): Promise<void> {
    this.#projectAt = null;
    this.flush();
    await Promise.all([this.#pushing, this.#delivering]);
  }

  /** Makes given-up deliveries due again under their old keys, and the webhook's whatever became of it; returns how many. */
  redeliver(workflow: Workflow): number {
    const now = this.#desk.deps.now();
    const isAgain = (entry: Delivery): boolean => isWorthAgain(entry, now);
    const count = workflow.deliveries.filter(isAgain).length;
    if (count === 0) return 0;
    const deliveries = workflow.deliveries.map((entry) =>
      isAgain(entry) ? { ...entry, status: "pending" as const, attempts: 0, dueAt: now } : entry,
    );
    this.#desk.commit({ workflows: [touch(workflow, { deliveries }, now)] });
    return count;
  }

  async #project(): Promise<void> {
    const { journal, deps } = this.#desk;
    while (journal.hasUnconfirmed) {
      const batch = journal.unconfirmed(PUSH_ROWS);
      try {
        if (batch.length === 0) throw new Error("what is to be projected has no row");
        await deps.project(batch);
        journal.confirm(batch.map(({ workflow }) => workflow));
        this.#failures = 0;
        this.#projectAt = null;
      } catch (cause) {
        deps.onFailure("projection", cause);
        const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
        this.#failures++;
        const now = deps.now();
        this.#projectAt = now + delay;
        this.#desk.alarm.arm(this.#projectAt, now);
        return;
      }
    }
  }

  #dueDeliveries(): { workflow: Workflow; delivery: Delivery }[] {
    const now = this.#desk.deps.now();
    return this.#desk.journal.active.flatMap((workflow) =>
      workflow.deliveries
        .filter((delivery) => delivery.status === "pending" && delivery.dueAt <= now)
        .map((delivery) => ({ workflow, delivery })),
    );
  }

  async #deliver(): Promise<void> {
    const { journal, deps } = this.#desk;
    for (let due = this.#dueDeliveries(); due.length > 0; due = this.#dueDeliveries()) {
      await Promise.all(
        due.map(async ({ workflow, delivery }) => {
          const refs = (): string[] => refsOf([...journal.questionsReplacedBy(workflow.id), workflow], delivery);
          const { history } = this.#desk.inputs.atHand();
          const after = await deps.deliverer.attempt(workflow, delivery, refs, history, deps.now());
          const present = journal.read(workflow.seq);
          // The workflow may have moved on while the channel worked: only this delivery's entry is replaced, and not even
          // that when it has become due anew, to say what has changed since.
          const isTried = (entry: Delivery): boolean => entry.key === delivery.key && entry.dueAt === delivery.dueAt;
          if (present === null || !present.deliveries.some(isTried)) return;
          const deliveries = present.deliveries.map((entry) => (isTried(entry) ? after : entry));
          this.#desk.commit({ workflows: [touch(present, { deliveries }, deps.now())] });
        }),
      );
    }
  }
}

/** A delivery that is due may be under way at this moment: its result would overwrite a second start, so it is left alone. */
function isWorthAgain(entry: Delivery, now: number): boolean {
  if (entry.status === "pending") return entry.dueAt > now;
  return entry.status === "parked" || entry.channel === "webhook";
}

/** What the same channel gave back for these questions: a message is edited rather than sent anew. */
function refsOf(questions: readonly Workflow[], delivery: Delivery): string[] {
  return questions
    .flatMap((asked) => asked.deliveries)
    .filter((entry) => entry.channel === delivery.channel && entry.recipient === delivery.recipient)
    .flatMap((entry) => [entry.replaces, entry.ref].filter((ref) => ref !== undefined));
}
