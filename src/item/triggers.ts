/**
 * A trigger arrives at its item. One workflow runs at a time: on the statistical path a decision is made without an await
 * between reading the facts and writing the answer; while an adviser is being asked, the newest trigger waits, journaled,
 * and supersedes the older ones that waited.
 */
import type { ItemIdentity } from "../storage/identity.ts";
import type { Trigger } from "../workflow/facts.ts";
import { countOrders } from "../workflow/on-order.ts";
import { itemTime, type ItemInputs } from "../workflow/facts.ts";
import { receive } from "../workflow/receive.ts";
import { changed, touch } from "../workflow/record.ts";
import { assessed, reasoning, transition } from "../workflow/transition.ts";
import { TERMINAL, type AdviceOutcome, type Workflow } from "../workflow/types.ts";
import type { Assessment } from "../workflow/assess.ts";
import type { Desk, WriteExtras } from "./desk.ts";
import { IDEMPOTENCY_MS, type IdempotencyRow, type OrderRow } from "./journal.ts";

/** Days of demand that an adviser is shown. */
const RECENT_DEMAND_DAYS = 28;

export interface TriggerCall {
  readonly schema: 1;
  readonly item: ItemIdentity;
  readonly trigger: Trigger;
  /** The key is already scoped to the caller's API key. */
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null;
  readonly waitMs: number;
  /** When the request reached the edge. */
  readonly arrivedAt: number;
  readonly requestId: string | null;
  readonly sender: string;
  readonly origin: string;
}

export type TriggerAnswer =
  | { readonly kind: "workflow"; readonly workflow: Workflow; readonly replayed: boolean }
  | { readonly kind: "refused"; readonly reason: "idempotency_mismatch" | "idempotency_in_progress" };

export class Triggers {
  readonly #desk: Desk;
  /** Keys whose first use has no row yet; in memory, so that a crash frees them. */
  readonly #keysInFlight = new Set<string>();
  readonly #watchers = new Map<number, Set<() => void>>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async handle(call: TriggerCall): Promise<TriggerAnswer> {
    const { journal, deps, inputs } = this.#desk;
    const { idempotency } = call;
    if (idempotency !== null) {
      const known = journal.idempotent(idempotency.key, deps.now());
      const first = known === null ? null : journal.read(known.seq);
      if (known !== null && first !== null) {
        if (known.bodyHash !== idempotency.bodyHash) return { kind: "refused", reason: "idempotency_mismatch" };
        return { kind: "workflow", workflow: this.#desk.asOfNow(first), replayed: true };
      }
      if (this.#keysInFlight.has(idempotency.key)) return { kind: "refused", reason: "idempotency_in_progress" };
      this.#keysInFlight.add(idempotency.key);
    }
    try {
      const started = deps.elapsed();
      const atHand = inputs.fresh() ?? (await inputs.load(call.item));
      const workflow = this.#accept(call, atHand, deps.elapsed() - started);
      if (workflow.status === "running") await this.#settled(workflow.seq, call.waitMs);
      return { kind: "workflow", workflow: journal.read(workflow.seq) ?? workflow, replayed: false };
    } finally {
      if (idempotency !== null) this.#keysInFlight.delete(idempotency.key);
    }
  }

  /** Goes on with journaled work that nobody is doing: after a restart, or when the adviser is free again. */
  async resume(): Promise<void> {
    const { journal, deps, inputs } = this.#desk;
    const next = this.#desk.waiting.at(-1);
    const item = journal.identity;
    if (next === undefined || item === null || this.#desk.inProgress.size > 0) return;
    const atHand = await inputs.load(item);
    const present = journal.read(next.seq);
    if (present === null || present.status !== "running" || this.#desk.inProgress.size > 0) return;
    this.#run(present, atHand, 0, deps.now() - present.createdAt, {});
  }

  /** From here to the write there is no await: nothing can come between the facts and the decision. */
  #accept(call: TriggerCall, inputs: ItemInputs, loadMs: number): Workflow {
    const { journal, deps } = this.#desk;
    this.#desk.expireOverdue();
    const now = deps.now();
    const seq = journal.nextSeq;
    const identity = this.#desk.identityChange(call.item, inputs);
    if (identity !== undefined) this.#desk.commit({ identity });
    const workflow = receive(
      { ...call.item, id: `${deps.objectId}-${seq}`, seq, trigger: call.trigger, requestId: call.requestId, sender: call.sender, origin: call.origin },
      inputs.terms,
      now,
    );
    const idempotency = idempotencyRow(call, seq, now);

    const newer = this.#newerThan(call.trigger.occurredAt);
    if (newer !== null) {
      return this.#desk.write(transition(touchNew(workflow, now), { type: "overtaken", by: newer.id }, now), { idempotency });
    }
    if (this.#desk.inProgress.size > 0) {
      const overtaken = this.#desk.waiting.map(
        (older) => transition(older, { type: "overtaken", by: workflow.id }, now).workflow,
      );
      const queued = this.#desk.write(changed(touchNew(workflow, now), { also: overtaken }), { idempotency });
      for (const older of overtaken) this.#announce(older.seq);
      return queued;
    }
    return this.#run(workflow, inputs, loadMs, now - call.arrivedAt, { idempotency });
  }

  /** Nodes 2 to 6 in one go, or up to the question to an adviser. */
  #run(workflow: Workflow, inputs: ItemInputs, loadMs: number, waitedMs: number, extras: WriteExtras): Workflow {
    const { deps } = this.#desk;
    const now = deps.now();
    const facts = this.#desk.facts(inputs, workflow.snapshot);
    const { workflow: ready, assessment } = assessed(workflow, facts, loadMs, deps.elapsed, now);
    if (deps.adviser !== null && assessment.input !== null && assessment.plan !== null) {
      const asking = this.#desk.write(changed(reasoning(ready, now)), extras);
      this.#ask(asking, assessment);
      return asking;
    }
    const result = transition(
      ready,
      {
        type: "reasoned",
        facts,
        assessment,
        outcome: { kind: "none" },
        openQuestion: this.#desk.openQuestion,
        latencyMs: Math.max(0, waitedMs),
        elapsed: deps.elapsed,
      },
      now,
    );
    const written = this.#desk.write(result, { ...extras, counted: result.workflow, orders: this.#settledOrders(result.workflow) });
    this.#announce(written.seq);
    return written;
  }

  #ask(workflow: Workflow, assessment: Assessment): void {
    const { deps } = this.#desk;
    const { input, plan } = assessment;
    if (deps.adviser === null || input === null || plan === null) return;
    this.#desk.inProgress.add(workflow.seq);
    const question = {
      workflowId: workflow.id,
      storeId: workflow.storeId,
      productId: workflow.productId,
      snapshot: workflow.snapshot,
      input,
      plan,
      recentDemand: input.history.slice(-RECENT_DEMAND_DAYS),
      usualOrder: null,
      now: deps.now(),
    };
    deps.waitUntil(
      deps.adviser
        .advise(question)
        .then((outcome) => this.#advised(workflow.seq, outcome))
        .catch((cause: unknown) => deps.onFailure("adviser", cause))
        .finally(async () => {
          this.#desk.inProgress.delete(workflow.seq);
          await this.resume();
        }),
    );
  }

  /** The adviser answered or failed: the facts are read anew, since the world went on while it thought. */
  async #advised(seq: number, outcome: AdviceOutcome): Promise<void> {
    const { journal, deps, inputs } = this.#desk;
    const identity = journal.identity;
    if (identity === null) return;
    const atHand = await inputs.load(identity);
    this.#desk.expireOverdue();
    const workflow = journal.read(seq);
    if (workflow === null || workflow.status !== "running") return;
    const now = deps.now();
    const facts = this.#desk.facts(atHand, workflow.snapshot);
    const { workflow: ready, assessment } = assessed(workflow, facts, 0, deps.elapsed, now);
    const result = transition(
      ready,
      {
        type: "reasoned",
        facts,
        assessment,
        outcome,
        openQuestion: this.#desk.openQuestion,
        latencyMs: now - workflow.createdAt,
        elapsed: deps.elapsed,
      },
      now,
    );
    this.#desk.write(result, { counted: result.workflow, orders: this.#settledOrders(result.workflow) });
    this.#announce(seq);
  }

  /** The workflow of a newer count than this one, processed or waiting; null when there is none (I10). */
  #newerThan(occurredAt: number | null): Workflow | null {
    if (occurredAt === null) return null;
    const { newestCounted, open } = this.#desk.journal;
    const candidates = [...(newestCounted === null ? [] : [newestCounted]), ...open.filter((w) => w.status === "running")];
    return candidates.findLast((workflow) => workflow.snapshot.occurredAt > occurredAt) ?? null;
  }

  /** Own orders that the sender's `on_order` shows to be gone: closed together with the decision that saw it. */
  #settledOrders(workflow: Workflow): OrderRow[] {
    const { journal, deps } = this.#desk;
    if (workflow.snapshot.onOrder === null) return [];
    const itemNow = itemTime(workflow.snapshot, deps.now());
    const { settled } = countOrders(journal.openOrders, workflow.snapshot, this.#desk.policy().orderSyncMs, itemNow);
    return settled.flatMap((gone) => {
      const row = journal.orders.find((known) => known.order.workflowId === gone.workflowId);
      if (row === undefined) return [];
      const left = row.order.quantity - gone.quantity;
      return [
        left > 0
          ? { ...row, order: { ...row.order, quantity: left } }
          : { ...row, order: { ...row.order, quantity: 0 }, closedAt: itemNow, closedBy: "settled" as const },
      ];
    });
  }

  /** Waits until the workflow is no longer running, or the caller's patience ends. */
  async #settled(seq: number, waitMs: number): Promise<void> {
    if (waitMs <= 0) return;
    await new Promise<void>((resolve) => {
      const watchers = this.#watchers.get(seq) ?? new Set();
      this.#watchers.set(seq, watchers);
      const finish = (): void => {
        clearTimeout(timer);
        watchers.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, waitMs);
      watchers.add(finish);
    });
  }

  #announce(seq: number): void {
    const workflow = this.#desk.journal.read(seq);
    if (workflow !== null && workflow.status === "running" && !TERMINAL.has(workflow.status)) return;
    for (const finish of this.#watchers.get(seq) ?? []) finish();
    this.#watchers.delete(seq);
  }
}

/** A record's first version. */
function touchNew(workflow: Workflow, now: number): Workflow {
  return touch(workflow, {}, now);
}

function idempotencyRow(call: TriggerCall, seq: number, now: number): IdempotencyRow | undefined {
  if (call.idempotency === null) return undefined;
  return { ...call.idempotency, seq, expiresAt: now + IDEMPOTENCY_MS };
}
