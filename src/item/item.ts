/**
 * The item's desk: its journal, its inputs, its alarm and its outbox in one hand, and the one way by which anything is
 * written: `write` puts a transition with its order and its deliveries into one transaction, arms the alarm beside it, and
 * lets the effects go out afterwards (I2, I7).
 */
import type { ItemIdentity } from "../storage/identity.ts";
import { DAY_MS, itemTime, type Facts, type ItemInputs } from "../workflow/facts.ts";
import type { Transition } from "../workflow/record.ts";
import { transition } from "../workflow/transition.ts";
import { isPastDeadline } from "../workflow/expire.ts";
import type { ReviewPolicy } from "../workflow/review.ts";
import type { ItemOrder } from "../workflow/item-order.ts";
import type { Delivery, Snapshot, Workflow } from "../workflow/types.ts";
import { withHashes } from "../storage/audit-chain.ts";
import { AlarmClock } from "./alarm-clock.ts";
import type { ItemDeps } from "./deps.ts";
import { nextDue, phaseOf } from "./due.ts";
import { Inputs } from "./inputs.ts";
import { Journal, type Commit, type IdempotencyRow, type StoredIdentity } from "./store/journal.ts";
import type { OrderRow } from "./store/order-book.ts";
import { Outbox } from "./effects/outbox.ts";

/** Orders that say what is usual here: enough for a median, few enough to follow a change. */
const USUAL_ORDERS = 10;
/** Past an adviser's deadline: by then its outcome is written, or its object died. */
const PROGRESS_MARGIN_MS = 5_000;

export interface WriteExtras {
  readonly identity?: StoredIdentity | undefined;
  readonly idempotency?: IdempotencyRow | undefined;
  /** The workflow whose stock count this write processes. */
  readonly counted?: Workflow;
  readonly orders?: readonly OrderRow[];
}

export class Desk {
  readonly deps: ItemDeps;
  readonly journal: Journal;
  readonly inputs: Inputs;
  readonly alarm: AlarmClock;
  readonly outbox: Outbox;
  /** Ordinals that an adviser is being asked about right now. */
  readonly inProgress = new Set<number>();
  /** Rows the last write cost, for measurements. */
  rowsWritten = 0;

  readonly #phaseMs: number;

  constructor(storage: DurableObjectStorage, deps: ItemDeps) {
    this.deps = deps;
    this.#phaseMs = phaseOf(deps.objectId);
    this.journal = new Journal(storage);
    this.alarm = new AlarmClock(storage);
    this.inputs = new Inputs({
      store: deps.inputs,
      cache: deps.cache,
      now: deps.now,
      remembered: () => ({
        version: this.journal.identity?.inputsVersion ?? 0,
        terms: this.journal.identity?.terms ?? null,
      }),
      onFailure: (cause) => deps.onFailure("inputs", cause),
    });
    this.outbox = new Outbox(this);
  }

  get openQuestion(): Workflow | null {
    return this.journal.open.find((workflow) => workflow.status === "awaiting_human_review") ?? null;
  }

  /** Journaled workflows that no adviser is being asked about, oldest first. */
  get waiting(): Workflow[] {
    return this.journal.open.filter((workflow) => workflow.status === "running" && !this.inProgress.has(workflow.seq));
  }

  /** Item time (see `itemTime`): the clock of the newest count. */
  itemNow(): number {
    const now = this.deps.now();
    const newest = this.journal.newestCounted;
    return newest === null ? now : itemTime(newest.snapshot, now);
  }

  policy(): ReviewPolicy {
    return this.deps.settings.review;
  }

  facts(inputs: ItemInputs, snapshot: Snapshot): Facts {
    const { orders } = this.journal;
    return {
      inputs,
      openOrders: this.journal.openOrders,
      observedLeadDays: orders
        .filter((row) => row.closedBy === "received" && row.closedAt !== null)
        .map((row) => Math.max(0, Math.round((row.closedAt! - row.order.placedAt) / DAY_MS))),
      receivedSince: this.journal.receivedAfter(snapshot.occurredAt),
      receivedOrders: orders
        .filter((row) => row.closedBy === "received" && row.closedAt !== null)
        .map((row) => ({ workflowId: row.order.workflowId, quantity: row.ordered, receivedAt: row.closedAt! })),
      recentOrders: orders.slice(-USUAL_ORDERS).map((row) => row.ordered),
      policy: this.policy(),
    };
  }

  /** A workflow as it counts at this moment: past its deadline it is expired, whether or not the alarm has run (I8). */
  asOfNow(workflow: Workflow): Workflow {
    const now = this.deps.now();
    if (!isPastDeadline(workflow, now)) return workflow;
    return transition(workflow, { type: "deadline", facts: this.expiryFacts(workflow.snapshot) }, now).workflow;
  }

  /** Writes the expiry of the open question if its time has passed, so that no event below meets it as open. */
  expireOverdue(): void {
    const open = this.openQuestion;
    const now = this.deps.now();
    if (open === null || !isPastDeadline(open, now)) return;
    this.write(transition(open, { type: "deadline", facts: this.expiryFacts(open.snapshot) }, now));
  }

  /** Everything that a transition means for the disk, in one transaction; then the alarm, then the effects. */
  write(result: Transition, extras: WriteExtras = {}): Workflow {
    if (!result.isChanged) return result.workflow;
    const now = this.deps.now();
    const [subject, ...others] = [result.workflow, ...result.others].map((workflow) =>
      withHashes(this.#withDeliveries(workflow, result, now)),
    ) as [Workflow, ...Workflow[]];
    const placed: OrderRow[] = result.order === null ? [] : [asOrderRow(result.order)];
    this.commit({
      workflows: [subject, ...others],
      orders: [...(extras.orders ?? []), ...placed],
      ...(extras.counted === undefined ? {} : { counted: subject }),
      ...(extras.identity === undefined ? {} : { identity: extras.identity }),
      ...(extras.idempotency === undefined ? {} : { idempotency: extras.idempotency }),
    });
    return subject;
  }

  commit(commit: Commit): void {
    const now = this.deps.now();
    const before = (commit.workflows ?? []).map(({ seq }) => this.journal.read(seq));
    this.rowsWritten = this.journal.commit(commit, now);
    this.alarm.arm(this.nextDue(), now);
    this.outbox.flush();
    this.journal.release();
    commit.workflows?.forEach((workflow, at) => this.deps.onCommitted(before[at] ?? null, workflow));
  }

  nextDue(): number | null {
    return nextDue(
      {
        active: this.journal.active,
        unconfirmed: this.journal.hasUnconfirmed,
        inProgress: this.inProgress,
        progressLimitMs: (this.deps.settings.llm?.deadlineMs ?? 0) + PROGRESS_MARGIN_MS,
        projectAt: this.outbox.projectAt,
        phaseMs: this.#phaseMs,
      },
      this.deps.now(),
    );
  }

  /** The identity row as it should be, or undefined when what is known is right already. */
  identityChange(
    { storeId, productId }: ItemIdentity,
    { unavailable, version, terms }: ItemInputs,
  ): StoredIdentity | undefined {
    if (unavailable || version === String(this.journal.identity?.inputsVersion ?? 0)) return undefined;
    return { schema: 1, storeId, productId, inputsVersion: Number(version), terms };
  }

  expiryFacts(snapshot: Snapshot) {
    return {
      openOrders: this.journal.openOrders,
      receivedSince: this.journal.receivedAfter(snapshot.occurredAt),
      policy: this.policy(),
    };
  }

  #withDeliveries(workflow: Workflow, result: Transition, now: number): Workflow {
    const planned: Delivery[] = result.notices
      .filter((notice) => notice.workflowId === workflow.id)
      .flatMap((notice) => this.deps.deliverer.plan(notice, workflow, now));
    if (planned.length === 0) return workflow;
    const replaced = result.others
      .filter((other) => other.supersededBy === workflow.id)
      .flatMap((other) => other.deliveries);
    return { ...workflow, deliveries: mergeDeliveries(workflow.deliveries, planned, replaced) };
  }
}

/**
 * Planned deliveries beside the known ones. What was delivered once is not planned again, except word of changed facts,
 * which is one entry that becomes due anew. A question that takes another's place knows the message it replaces.
 */
function mergeDeliveries(
  known: readonly Delivery[],
  planned: readonly Delivery[],
  replaced: readonly Delivery[],
): Delivery[] {
  const kept = known.filter(
    (entry) => entry.purpose !== "facts_updated" || !planned.some((fresh) => fresh.key === entry.key),
  );
  const keys = new Set(kept.map((entry) => entry.key));
  const added = planned
    .filter((fresh) => !keys.has(fresh.key))
    .map((fresh) =>
      apartFrom(
        known.find((entry) => entry.key === fresh.key),
        fresh,
      ),
    )
    .map((fresh) => {
      const before = replaced.findLast(
        (entry) =>
          entry.channel === fresh.channel &&
          entry.recipient === fresh.recipient &&
          (entry.ref ?? entry.replaces) !== undefined,
      );
      return before === undefined || fresh.purpose !== "ask"
        ? fresh
        : { ...fresh, replaces: before.ref ?? before.replaces! };
    });
  return [...kept, ...added];
}

/** Due at another moment than the entry it takes the place of: by that the result of an attempt under way is told from its own. */
function apartFrom(replaced: Delivery | undefined, fresh: Delivery): Delivery {
  return replaced?.dueAt === fresh.dueAt ? { ...fresh, dueAt: fresh.dueAt + 1 } : fresh;
}

function asOrderRow(order: ItemOrder): OrderRow {
  return { schema: 1, ordered: order.quantity, order, closedAt: null, closedBy: null };
}
