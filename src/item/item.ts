/**
 * Owns one item's storage, inputs, alarm and side effects; every change goes through `write`: one transaction, then the
 * alarm, then the effects (I2, I7).
 */
import { withHashes } from "../storage/audit/audit-chain.ts";
import { isPastDeadline, type ExpiryFacts } from "../workflow/steps/expire.ts";
import type { ItemIdentity } from "../storage/identity.ts";
import type { Recorded } from "../storage/record/workflow-record.ts";
import { itemTime } from "../workflow/decision-time.ts";
import type { Facts, ItemInputs } from "../workflow/facts.ts";
import type { ItemOrder } from "../workflow/orders/item-order.ts";
import { leaveSupplier } from "../workflow/orders/leave-supplier.ts";
import { orderStatusOf, type OrderRow } from "../workflow/orders/order-row.ts";
import { passedCutOff } from "../workflow/orders/passed-cut-off.ts";
import { ordersBesidePlanned } from "../workflow/orders/purchased-orders.ts";
import type { Transition } from "../workflow/record.ts";
import type { ReviewPolicy } from "../workflow/review.ts";
import { transition } from "../workflow/transition.ts";
import type { Snapshot } from "../workflow/types/snapshot.ts";
import { TERMINAL, type Workflow } from "../workflow/types/workflow.ts";
import { parseWorkflowId } from "../workflow/workflow-id.ts";
import type { KnownToStore } from "../store/runs/run.ts";
import type { StoreVersions } from "../store/store-versions.ts";
import type { WorldSlice } from "../world/types.ts";
import { AlarmClock } from "../shared/alarm-clock.ts";
import type { ItemDeps } from "./deps.ts";
import { redelivered, type Deliveries } from "./effects/deliveries.ts";
import { withDeliveries } from "./effects/planned-deliveries.ts";
import type { Projections } from "./effects/projections.ts";
import type { ToldLines } from "./effects/told-lines.ts";
import { factsOf } from "./knowledge/facts-of.ts";
import { ItemAlarm } from "./waking/item-alarm.ts";
import { partsOf } from "./item-parts.ts";
import type { Inputs } from "./knowledge/inputs.ts";
import type { StoreKnowledge } from "./knowledge/store-knowledge.ts";
import type { StoredIdentity } from "./store/identity-row.ts";
import { followed } from "./purchase/purchase-lines.ts";
import { plannedOrders } from "./purchase/purchase-plan.ts";
import { Journal, type Change } from "./store/journal.ts";
import { DAY_MS } from "../shared/durations.ts";

/** What is written together with a transition. */
export interface WriteExtras extends Pick<Change, "identity" | "idempotency" | "orders"> {
  /** True when the transition is the decision on a stock count, which is then the newest one processed. */
  readonly isCount?: boolean;
}

export class Item {
  readonly deps: ItemDeps;
  readonly journal: Journal;
  readonly inputs: Inputs;
  readonly alarm: ItemAlarm;
  readonly projections: Projections;
  readonly deliveries: Deliveries;
  readonly lines: ToldLines;
  /** Ordinals that an adviser is being asked about right now. */
  readonly inProgress = new Set<number>();
  /** Called when planned units moved to another purchase order because theirs was sent. */
  onMoved: ((from: string, to: string) => void) | null = null;
  /** Rows the last write cost, for measurements. */
  rowsWritten = 0;

  readonly #store: StoreKnowledge;

  constructor(storage: DurableObjectStorage, deps: ItemDeps) {
    const journal = new Journal(storage, deps.objectId);
    const clock = new AlarmClock(storage);
    this.deps = deps;
    this.journal = journal;
    const parts = partsOf({
      deps,
      journal,
      clock,
      write: (change) => this.write(change),
      project: (recorded) => this.#project(recorded),
      moved: (from, to) => this.onMoved?.(from, to),
    });
    this.inputs = parts.inputs;
    this.#store = parts.store;
    this.projections = parts.projections;
    this.deliveries = parts.deliveries;
    this.lines = parts.lines;
    this.alarm = new ItemAlarm({ ...parts, clock, deps, journal, inProgress: this.inProgress });
  }

  /** Null when this item has no such workflow, or no longer keeps it. */
  find(workflowId: string): Workflow | null {
    const parts = parseWorkflowId(workflowId);
    return parts?.objectId === this.deps.objectId ? this.journal.workflows.read(parts.seq) : null;
  }

  get openQuestion(): Workflow | null {
    return this.journal.workflows.open.find((workflow) => workflow.status === "awaiting_human_review") ?? null;
  }

  /** Journaled workflows that no adviser is being asked about, oldest first. */
  get waiting(): Workflow[] {
    const { open } = this.journal.workflows;
    return open.filter((workflow) => workflow.status === "running" && !this.inProgress.has(workflow.seq));
  }

  get policy(): ReviewPolicy {
    return this.deps.settings.review;
  }

  /** What is known about the item's store, with the cut-offs that count as past for this item. */
  get world(): WorldSlice {
    const { slice } = this.#store;
    const { supplier } = slice;
    if (supplier === null || supplier.send === "none") return slice;
    const passed = passedCutOff(this.journal.orders.rows, supplier.supplierId, this.deps.now());
    return passed === null ? slice : { ...slice, passedCutOff: passed };
  }

  /** Everything that a decision needs is in memory and fresh; see `StoreKnowledge.isFresh`. */
  freshInputs(versions: StoreVersions | undefined): ItemInputs | null {
    const inputs = this.inputs.fresh(versions?.uploads);
    return inputs !== null && this.#store.isFresh(versions?.world, inputs.terms.supplierId ?? null) ? inputs : null;
  }

  /** Never rejects; afterwards `world` matches the inputs. */
  async loadInputs(item: ItemIdentity, versions?: StoreVersions, known?: KnownToStore): Promise<ItemInputs> {
    const inputs = await this.inputs.load(item, versions?.uploads, known?.inputs);
    const supplierId = inputs.terms.supplierId ?? null;
    if (known !== undefined) this.#store.hear(known.slice, known.supplierId);
    if (this.#store.isFresh(versions?.world, supplierId)) return inputs;
    await this.#store.refresh(item, supplierId);
    // Settings may have arrived meanwhile.
    return this.inputs.fresh() ?? inputs;
  }

  /**
   * As `loadInputs`, but the store's object is asked whatever was heard a moment ago: what a person answers is ordered
   * as the world is now (I6). Never rejects.
   */
  async presentInputs(item: ItemIdentity): Promise<ItemInputs> {
    return this.loadInputs(item, { world: Infinity, uploads: 0 });
  }

  /** Call before work without a trigger: a cold object knows nothing about its store. Never rejects. */
  async knowStore(): Promise<void> {
    const { identity } = this.journal;
    if (identity === null) return;
    const supplierId = this.inputs.atHand().terms.supplierId ?? null;
    if (!this.#store.isFresh(undefined, supplierId)) await this.#store.refresh(identity, supplierId);
  }

  /** Item time (see `itemTime`): the clock of the newest count. */
  itemNow(): number {
    const now = this.deps.now();
    const newest = this.journal.workflows.newestCount;
    return newest === null ? now : itemTime(newest.snapshot, now);
  }

  facts(inputs: ItemInputs, snapshot: Pick<Snapshot, "occurredAt">): Facts {
    return factsOf(this.journal, inputs, this.world, snapshot, this.policy);
  }

  /**
   * A workflow as it counts at this moment: past its deadline it is expired, whether or not the alarm has run (I8). Its
   * audit has the hashes that it has in the decision log.
   */
  asOfNow(workflow: Workflow): Workflow {
    return withHashes(this.#expired(workflow)?.workflow ?? workflow);
  }

  /** Writes the expiry of the open question if its time has passed, so later events do not treat it as open. */
  expireOverdue(): void {
    const expired = this.openQuestion === null ? null : this.#expired(this.openQuestion);
    if (expired !== null) this.apply(expired);
  }

  /** Writes a transition with its deliveries; returns its subject as written. */
  apply(result: Transition, extras: WriteExtras = {}): Workflow {
    if (!result.isChanged) return result.workflow;
    const now = this.deps.now();
    const finish = (workflow: Workflow): Workflow =>
      withDeliveries(workflow, result, (...notice) => this.deps.deliverer.plan(...notice, this.world), now);
    const { order, replanned } = this.#planned(result, now);
    const subject = finish(withOrderStatus(result.workflow, order));
    const change: Change = {
      identity: extras.identity,
      idempotency: extras.idempotency,
      workflows: [subject, ...result.others.map(finish), ...followed(this.journal, replanned, now)],
      orders: [...(extras.orders ?? []), ...replanned, ...(order === null ? [] : [placed(order)])],
      countedSeq: extras.isCount === true ? subject.seq : undefined,
    };
    this.write(change, now);
    return subject;
  }

  write(change: Change, now = this.deps.now()): void {
    const before = (change.workflows ?? []).map(({ seq }) => this.journal.workflows.read(seq));
    this.rowsWritten = this.journal.commit(change, now);
    this.alarm.arm(now);
    this.projections.start();
    this.deliveries.start();
    this.lines.start();
    this.journal.workflows.release();
    change.workflows?.forEach((workflow, at) => this.deps.onCommitted(before[at] ?? null, workflow));
  }

  /** An upload changed what is stored about the item. */
  learnInputs(identity: StoredIdentity): void {
    const known = this.journal.identity;
    if (known !== null && known.inputsVersion >= identity.inputsVersion) return;
    const now = this.deps.now();
    const orders = leaveSupplier(this.journal.orders.rows, identity.terms?.supplierId ?? null, now);
    this.write({ identity, orders, workflows: followed(this.journal, orders, now) });
    this.inputs.forget();
  }

  /** See `redelivered`. Null when there is no such workflow. */
  redeliver(workflowId: string, which: "parked" | "all" = "all"): number | null {
    const found = this.find(workflowId);
    if (found === null) return null;
    const { workflow, count } = redelivered(found, this.deps.now(), which);
    if (count > 0) this.write({ workflows: [workflow] });
    return count;
  }

  /** Skips decisions that the log has aged out: sent again, they would be counted twice. */
  async #project(recorded: readonly Recorded[]): Promise<void> {
    const oldest = this.deps.now() - this.deps.settings.retentionDays * DAY_MS;
    const kept = recorded.filter(({ workflow }) => !TERMINAL.has(workflow.status) || workflow.createdAt >= oldest);
    if (kept.length > 0) await this.deps.project(kept);
  }

  /** For a supplier who is sent purchase orders, the order becomes part of one; see `plannedOrders`. */
  #planned(result: Transition, now: number) {
    const { storeId } = result.workflow;
    const objectOf = (supplierId: string): string => this.deps.purchaseObjectOf(storeId, supplierId);
    return plannedOrders(result, this.journal.orders.rows, this.world, objectOf, now);
  }

  /** Null = its time has not passed. */
  #expired(workflow: Workflow): Transition | null {
    const now = this.deps.now();
    if (!isPastDeadline(workflow, now)) return null;
    const facts: ExpiryFacts = {
      inputs: this.inputs.atHand(),
      world: this.world,
      openOrders: ordersBesidePlanned(this.journal.orders.open),
      receivedSince: this.journal.orders.receivedAfter(workflow.snapshot.occurredAt),
      policy: this.policy,
    };
    return transition(workflow, { type: "deadline", facts }, now);
  }
}

/** Records on the decision which purchase order its order belongs to. */
function withOrderStatus(workflow: Workflow, order: ItemOrder | null): Workflow {
  const { purchase } = order ?? {};
  if (purchase === undefined) return workflow;
  return { ...workflow, purchase: { poId: purchase.poId, status: orderStatusOf(purchase) } };
}

function placed(order: ItemOrder): OrderRow {
  return { schema: 1, ordered: order.quantity, order, closedAt: null, closedBy: null };
}
