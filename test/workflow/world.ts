/** Builders for the pure workflow: facts, triggers, and a small world that applies transitions as the item does. */
import { NO_REVIEW } from "../../bench/plan/no-review.ts";
import type { ItemTerms } from "../../src/workflow/item-terms.ts";
import type { DemandHistory } from "../../src/world/history.ts";
import type { Outage } from "../../src/world/outages.ts";
import type { StandingNo } from "../../src/workflow/no.ts";
import { noOf } from "../../src/workflow/standing-no.ts";
import { UNKNOWN_WORLD, type WorldSlice } from "../../src/world/types.ts";
import type { Facts, Trigger } from "../../src/workflow/facts.ts";
import type { Transition } from "../../src/workflow/record.ts";
import { assess } from "../../src/workflow/steps/assess.ts";
import { transition } from "../../src/workflow/transition.ts";
import type { ReviewPolicy, Verdict } from "../../src/workflow/review.ts";
import type { ItemOrder } from "../../src/workflow/orders/item-order.ts";
import type { Workflow } from "../../src/workflow/types/workflow.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";

export { HOUR_MS } from "../../src/shared/durations.ts";

export const T0 = Date.parse("2040-03-01T06:00:00Z");

export function aPolicy(changes: Partial<ReviewPolicy> = {}): ReviewPolicy {
  return { ...NO_REVIEW, confidenceThreshold: 0.6, ttlMs: 4 * HOUR_MS, reminderFraction: 0.5, ...changes };
}

export function aTrigger(changes: Partial<Trigger> = {}): Trigger {
  return {
    currentStock: 12,
    safetyStock: 40,
    onOrder: null,
    backordered: 0,
    terms: {},
    notes: null,
    occurredAt: null,
    ...changes,
  };
}

export function aVerdict(changes: Partial<Verdict> = {}): Verdict {
  return {
    kind: "approve",
    quantity: null,
    comment: null,
    revision: null,
    actor: { principal: "key:ana", label: "Ana", channel: "api" },
    ...changes,
  };
}

/** One item's workflows and orders, changed only by transitions; every violation of an invariant throws. */
export class World {
  now = T0;
  readonly workflows = new Map<string, Workflow>();
  readonly orders = new Map<string, ItemOrder>();
  policy: ReviewPolicy;
  terms: ItemTerms = {};
  slice: WorldSlice = UNKNOWN_WORLD;
  history: DemandHistory | null = null;
  outages: readonly Outage[] = [];
  receivedSince = 0;

  constructor(policy: Partial<ReviewPolicy> = {}) {
    this.policy = aPolicy(policy);
  }

  facts(): Facts {
    return {
      inputs: { terms: this.terms, history: this.history, forecast: null, unavailable: false, version: "0" },
      openOrders: [...this.orders.values()].filter((order) => order.quantity > 0),
      world: this.slice,
      leadTimes: [],
      outages: this.outages,
      receivedSince: this.receivedSince,
      standingNo: this.standingNo,
      receivedOrders: [],
      recentOrders: [],
      policy: this.policy,
    };
  }

  /** As the item finds it: the newest workflow was refused itself, points to what was, or carries it along. */
  get standingNo(): StandingNo | null {
    const newest = [...this.workflows.values()].at(-1);
    if (newest === undefined) return null;
    const decided = newest.supersededBy === null ? newest : this.workflows.get(newest.supersededBy);
    if (decided?.review?.decidedAt != null) return noOf(decided);
    return newest.carriedNo ?? null;
  }

  get open(): Workflow | null {
    const open = [...this.workflows.values()].filter((workflow) => workflow.status === "awaiting_human_review");
    if (open.length > 1) throw new Error(`${open.length} questions are open at once`);
    return open[0] ?? null;
  }

  trigger(changes: Partial<Trigger> = {}, principal = "key:test"): Workflow {
    this.expire();
    const seq = this.workflows.size + 1;
    const arrival = {
      id: `w-${seq}`,
      seq,
      storeId: "main",
      productId: "SKU-1",
      trigger: aTrigger(changes),
      requestId: null,
      sender: { principal, label: "test" },
      origin: "",
    };
    const { workflow: received } = transition(
      null,
      { type: "received", arrival, terms: this.terms, world: this.slice, openQuestion: this.open },
      this.now,
    );
    const facts = this.facts();
    const assessment = assess(received.snapshot, facts, this.now);
    const assessed = { type: "assessed", assessment, forecastMs: 0, assessMs: 0 } as const;
    const { workflow } = transition(received, assessed, this.now);
    return this.apply(
      transition(
        workflow,
        {
          type: "reasoned",
          facts,
          assessment,
          outcome: { kind: "none" },
          openQuestion: this.open,
          track: null,
          latencyMs: 0,
          elapsed: () => 0,
        },
        this.now,
      ),
    ).workflow;
  }

  decide(workflow: Workflow, verdict: Partial<Verdict> = {}): Transition {
    return this.apply(
      transition(
        this.workflows.get(workflow.id)!,
        { type: "verdict", verdict: aVerdict(verdict), facts: this.facts() },
        this.now,
      ),
    );
  }

  expire(): void {
    if (this.open !== null) this.apply(transition(this.open, { type: "deadline", facts: this.facts() }, this.now));
  }

  remind(): void {
    if (this.open !== null) this.apply(transition(this.open, { type: "reminder_due" }, this.now));
  }

  receive(): void {
    for (const [id, order] of this.orders) this.orders.set(id, { ...order, quantity: 0 });
  }

  get position(): number {
    return [...this.orders.values()].reduce((total, order) => total + order.quantity, 0);
  }

  apply(result: Transition): Transition {
    for (const workflow of result.isChanged ? [result.workflow, ...result.others] : []) {
      const before = this.workflows.get(workflow.id);
      if (before !== undefined && isTerminal(before) && before.status !== workflow.status) {
        throw new Error(`${workflow.id} left the terminal state ${before.status} for ${workflow.status}`);
      }
      if (before !== undefined && workflow.version <= before.version)
        throw new Error(`${workflow.id} went back to version ${workflow.version}`);
      this.workflows.set(workflow.id, workflow);
    }
    if (result.order !== null) {
      if (this.orders.has(result.order.workflowId)) throw new Error(`${result.order.workflowId} ordered twice`);
      const subject = this.workflows.get(result.order.workflowId);
      if (subject === undefined || !isTerminal(subject)) throw new Error("an order without a decision");
      if (subject.decision?.quantity !== result.order.quantity)
        throw new Error("an order of another quantity than decided");
      this.orders.set(result.order.workflowId, result.order);
    }
    return result;
  }
}

export function isTerminal(workflow: Workflow): boolean {
  return ["completed", "rejected", "expired", "superseded"].includes(workflow.status);
}
