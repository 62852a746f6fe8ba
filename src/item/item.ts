/**
 * Owns one item's storage, inputs, alarm and side effects; every change goes through `write`: one transaction, then the
 * alarm, then the effects (I2, I7).
 */
import { withHashes } from "../storage/audit/audit-chain.ts";
import { isPastDeadline, type ExpiryFacts } from "../workflow/steps/expire.ts";
import type { Recorded } from "../storage/record/workflow-record.ts";
import { itemTime } from "../workflow/decision-time.ts";
import type { Facts, ItemInputs } from "../workflow/facts.ts";
import { leaveSupplier } from "../workflow/orders/leave-supplier.ts";
import { ordersBesidePlanned } from "../workflow/orders/purchased-orders.ts";
import type { Transition } from "../workflow/record.ts";
import type { ReviewPolicy } from "../workflow/review.ts";
import { transition } from "../workflow/transition.ts";
import type { Snapshot } from "../workflow/types/snapshot.ts";
import { TERMINAL, type Workflow } from "../workflow/types/workflow.ts";
import { parseWorkflowId } from "../workflow/workflow-id.ts";
import type { WorldSlice } from "../world/types.ts";
import { AlarmClock } from "../shared/alarm-clock.ts";
import { changeOf, type WriteExtras } from "./change-of.ts";
import type { ItemDeps } from "./deps.ts";
import { redelivered, type Deliveries } from "./effects/deliveries.ts";
import type { Projections } from "./effects/projections.ts";
import type { ToldLines } from "./effects/told-lines.ts";
import { factsOf } from "./knowledge/facts-of.ts";
import { ItemAlarm } from "./waking/item-alarm.ts";
import { effectsOf } from "./effects/item-effects.ts";
import { Knowledge } from "./knowledge/knowledge.ts";
import type { StoredIdentity } from "./store/identity-row.ts";
import { followed } from "./purchase/purchase-lines.ts";
import { Journal, type Change } from "./store/journal.ts";
import { DAY_MS } from "../shared/durations.ts";

export class Item {
  readonly deps: ItemDeps;
  readonly journal: Journal;
  readonly knowledge: Knowledge;
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

  constructor(storage: DurableObjectStorage, deps: ItemDeps) {
    const journal = new Journal(storage, deps.objectId);
    const clock = new AlarmClock(storage);
    this.deps = deps;
    this.journal = journal;
    const knowledge = new Knowledge(deps, journal);
    this.knowledge = knowledge;
    const effects = effectsOf({
      deps,
      journal,
      inputs: knowledge.inputs,
      clock,
      write: (change) => this.write(change),
      project: (recorded) => this.#project(recorded),
      moved: (from, to) => this.onMoved?.(from, to),
    });
    this.projections = effects.projections;
    this.deliveries = effects.deliveries;
    this.lines = effects.lines;
    this.alarm = new ItemAlarm({ ...effects, clock, deps, journal, inProgress: this.inProgress });
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

  /** See `Knowledge.world`. */
  get world(): WorldSlice {
    return this.knowledge.world;
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
    const change = changeOf(this, result, extras, now);
    this.write(change, now);
    return change.workflows[0];
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
    this.knowledge.inputs.forget();
  }

  /** See `redelivered`. Null when there is no such workflow. */
  redeliver(workflowId: string, which: "parked" | "all"): number | null {
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

  /** Null = its time has not passed. */
  #expired(workflow: Workflow): Transition | null {
    const now = this.deps.now();
    if (!isPastDeadline(workflow, now)) return null;
    const facts: ExpiryFacts = {
      inputs: this.knowledge.inputs.atHand(),
      world: this.world,
      openOrders: ordersBesidePlanned(this.journal.orders.open),
      receivedSince: this.journal.orders.receivedAfter(workflow.snapshot.occurredAt),
      policy: this.policy,
    };
    return transition(workflow, { type: "deadline", facts }, now);
  }
}
