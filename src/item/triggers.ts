/**
 * A trigger arrives at its item. One workflow runs at a time: on the statistical path a decision is made without an await
 * between reading the facts and writing the answer; while an adviser is being asked, the newest trigger waits, journaled,
 * and supersedes the older ones that waited.
 */
import type { ItemIdentity } from "../storage/identity.ts";
import { itemTime, type ItemInputs, type Trigger } from "../workflow/facts.ts";
import { assess, type Assessment } from "../workflow/assess.ts";
import { recordOf, timesAsked, type Reasoned } from "../workflow/reason.ts";
import { usualOrder } from "../workflow/route-review.ts";
import { transition } from "../workflow/transition.ts";
import type { AdviceOutcome } from "../workflow/advice.ts";
import type { Workflow } from "../workflow/types.ts";
import { makeWorkflowId } from "../workflow/workflow-id.ts";
import type { Adviser, Question } from "../adviser/adviser.ts";
import { judgeAgain, lostCall } from "../adviser/judge.ts";
import type { Desk, WriteExtras } from "./item.ts";
import { IDEMPOTENCY_MS, type IdempotencyRow } from "./store/journal.ts";
import type { OrderRow } from "./store/order-book.ts";
import { questionAbout } from "./question.ts";

/** A call that its object did not survive is paid again once; an object that dies twice over it goes on without. */
const MOST_CALLS = 2;

export interface TriggerCall {
  /** 2 = the caller takes a `TriggerAnswer`; 1 = the outcome itself. */
  readonly schema: 1 | 2;
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

export type TriggerOutcome =
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

  async handle(call: TriggerCall): Promise<TriggerOutcome> {
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
      if (workflow.status !== "running") return { kind: "workflow", workflow, replayed: false };
      await this.#settled(workflow.seq, call.waitMs);
      return { kind: "workflow", workflow: journal.read(workflow.seq) ?? workflow, replayed: false };
    } finally {
      if (idempotency !== null) this.#keysInFlight.delete(idempotency.key);
    }
  }

  /** Goes on with journaled work that nobody is doing: after a restart, or when the adviser is free again. */
  async resume(): Promise<void> {
    const { journal, deps, inputs } = this.#desk;
    const item = journal.identity;
    if (item === null || this.#desk.waiting.length === 0 || this.#desk.inProgress.size > 0) return;
    const atHand = await inputs.load(item);
    // A trigger may have come while the inputs were loaded. From here on there is no await.
    const waiting = this.#desk.waiting;
    const next = waiting.at(-1);
    if (next === undefined || this.#desk.inProgress.size > 0) return;
    // After a restart several may wait, and a newer one may be decided since: only the newest count is decided on (I10).
    const counted = journal.newestCounted;
    const newest = counted !== null && counted.seq > next.seq ? counted : next;
    for (const older of waiting.filter((workflow) => workflow !== newest)) {
      this.#announce(this.#desk.write(transition(older, { type: "overtaken", by: newest.id }, deps.now())));
    }
    if (newest === next) this.#run(next, atHand, 0, deps.now() - next.createdAt, {});
  }

  /** From here to the write there is no await: nothing can come between the facts and the decision. */
  #accept(call: TriggerCall, inputs: ItemInputs, loadMs: number): Workflow {
    const { journal, deps } = this.#desk;
    this.#desk.expireOverdue();
    const now = deps.now();
    const seq = journal.nextSeq;
    const arrival = {
      ...call.item,
      id: makeWorkflowId(deps.objectId, seq),
      seq,
      trigger: call.trigger,
      requestId: call.requestId,
      sender: call.sender,
      origin: call.origin,
    };
    const { workflow } = transition(null, { type: "received", arrival, terms: inputs.terms }, now);
    const extras: WriteExtras = {
      identity: this.#desk.identityChange(call.item, inputs),
      idempotency: idempotencyRow(call, seq, now),
    };

    const newer = this.#newerThan(call.trigger.occurredAt);
    if (newer !== null) {
      return this.#desk.write(transition(workflow, { type: "overtaken", by: newer.id }, now), extras);
    }
    if (this.#desk.inProgress.size > 0) {
      const overtaken = this.#desk.waiting.map(
        (older) => transition(older, { type: "overtaken", by: workflow.id }, now).workflow,
      );
      const queued = this.#desk.write({ ...transition(workflow, { type: "queued" }, now), others: overtaken }, extras);
      for (const older of overtaken) this.#announce(older);
      return queued;
    }
    return this.#run(workflow, inputs, loadMs, now - call.arrivedAt, extras);
  }

  /** Nodes 2 to 6 in one go, or up to the question to an adviser. */
  #run(workflow: Workflow, inputs: ItemInputs, loadMs: number, waitedMs: number, extras: WriteExtras): Workflow {
    const { deps } = this.#desk;
    const now = deps.now();
    const facts = this.#desk.facts(inputs, workflow.snapshot);
    const startedAt = deps.elapsed();
    const assessment = assess(workflow.snapshot, facts, now);
    const assessMs = deps.elapsed() - startedAt;
    const assessed = { type: "assessed", assessment, forecastMs: loadMs, assessMs } as const;
    const { workflow: ready } = transition(workflow, assessed, now);
    const question =
      deps.adviser === null ? null : questionAbout(ready, assessment, usualOrder(facts.recentOrders), now);
    let outcome: Reasoned = { kind: "none" };
    if (deps.adviser !== null && question !== null) {
      if (ready.advice != null) outcome = judgeAgain(ready.advice, question, facts.policy.valueAbove);
      else if (timesAsked(ready) >= MOST_CALLS) outcome = lostCall(deps.adviser.model);
      else return this.#ask(deps.adviser, question, ready, extras);
    }
    const result = transition(
      ready,
      {
        type: "reasoned",
        facts,
        assessment,
        outcome,
        openQuestion: this.#desk.openQuestion,
        track: this.#desk.journal.newestCounted?.track ?? null,
        latencyMs: Math.max(0, waitedMs),
        elapsed: deps.elapsed,
      },
      now,
    );
    const written = this.#desk.write(result, {
      ...extras,
      counted: result.workflow,
      orders: this.#settledOrders(assessment, itemTime(ready.snapshot, now)),
    });
    this.#announce(written);
    return written;
  }

  /** Journals that the adviser is asked, and asks; the answer comes back by `#advised`. */
  #ask(adviser: Adviser, question: Question, ready: Workflow, extras: WriteExtras): Workflow {
    const { deps, inProgress } = this.#desk;
    // Before the write, since it decides when the alarm that covers a crash is due.
    inProgress.add(ready.seq);
    let asking: Workflow;
    try {
      asking = this.#desk.write(
        transition(ready, { type: "adviser_called", model: adviser.model }, deps.now()),
        extras,
      );
    } catch (cause) {
      inProgress.delete(ready.seq);
      throw cause;
    }
    deps.waitUntil(
      adviser
        .advise(question)
        .then((outcome) => this.#advised(asking.seq, outcome))
        .catch((cause: unknown) => deps.onFailure("adviser", cause))
        .finally(async () => {
          inProgress.delete(asking.seq);
          await this.resume();
        }),
    );
    return asking;
  }

  /**
   * The adviser answered or failed. The answer is on disk before anything is awaited, so that it is paid for once; it is
   * then judged under the facts as they are now, since the world went on while the adviser thought.
   */
  async #advised(seq: number, outcome: AdviceOutcome): Promise<void> {
    const { journal, deps, inputs } = this.#desk;
    const asked = journal.read(seq);
    if (journal.identity === null || asked === null || asked.status !== "running") return;
    const answered = transition(asked, { type: "adviser_answered", record: recordOf(outcome) }, deps.now());
    let workflow: Workflow | null = answered.workflow;
    let atHand = inputs.fresh();
    if (atHand === null) {
      this.#desk.write(answered);
      atHand = await inputs.load(journal.identity);
      workflow = journal.read(seq);
      if (workflow === null || workflow.status !== "running") return;
    }
    this.#desk.expireOverdue();
    this.#run(workflow, atHand, 0, deps.now() - workflow.createdAt, {});
  }

  /** The workflow of a newer count than this one, processed or waiting; null when there is none (I10). */
  #newerThan(occurredAt: number | null): Pick<Workflow, "id"> | null {
    if (occurredAt === null) return null;
    const { newestCounted, open } = this.#desk.journal;
    const candidates = [
      ...(newestCounted === null ? [] : [newestCounted]),
      ...open.filter((w) => w.status === "running"),
    ];
    return candidates.findLast((workflow) => workflow.snapshot.occurredAt > occurredAt) ?? null;
  }

  /** Own orders that the sender's `on_order` shows to be gone: closed together with the decision that saw it. */
  #settledOrders({ orders: { gone } }: Assessment, itemNow: number): OrderRow[] {
    const { journal } = this.#desk;
    return gone.flatMap((left) => {
      const row = journal.orders.find((known) => known.order.workflowId === left.workflowId);
      if (row === undefined) return [];
      const outstanding = row.order.quantity - left.quantity;
      return [
        outstanding > 0
          ? { ...row, order: { ...row.order, quantity: outstanding } }
          : { ...row, order: { ...row.order, quantity: 0 }, closedAt: itemNow, closedBy: "gone" as const },
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

  #announce({ seq, status }: Workflow): void {
    if (status === "running") return;
    for (const finish of this.#watchers.get(seq) ?? []) finish();
    this.#watchers.delete(seq);
  }
}

function idempotencyRow(call: TriggerCall, seq: number, now: number): IdempotencyRow | undefined {
  if (call.idempotency === null) return undefined;
  return { ...call.idempotency, seq, expiresAt: now + IDEMPOTENCY_MS };
}
