/**
 * Runs an item's triggers, one workflow at a time. The statistical path has no await between reading the facts and
 * writing the decision. While an adviser is being asked, the newest trigger waits, journaled, and supersedes older
 * waiting ones.
 */
import type { AdviceOutcome } from "../workflow/advice/advice.ts";
import { assess } from "../workflow/steps/assess.ts";
import { itemTime } from "../workflow/decision-time.ts";
import { isUnknown, type Facts, type ItemInputs } from "../workflow/facts.ts";
import { recordOf } from "../workflow/steps/reason.ts";
import { arrivedUnlisted } from "../workflow/unlisted-orders.ts";
import { withoutSilence } from "../workflow/last-count.ts";
import { transition } from "../workflow/transition.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import { makeWorkflowId } from "../workflow/workflow-id.ts";
import type { WriteExtras } from "./change-of.ts";
import type { Item } from "./item.ts";
import { goneOrders } from "./orders/gone-orders.ts";
import { firstUse } from "./store/idempotency-keys.ts";
import { learnedIdentity } from "./store/identity-row.ts";
import { reasonOrAsk, type ToAsk } from "./reason-or-ask.ts";
import { workflowAnswer, type TriggerAnswer, type TriggerCall, type TriggerRefusal } from "./trigger-call.ts";
import { RepeatedTriggers, type HandledTrigger } from "./again/repeated-triggers.ts";
import { Waiters } from "./waiters.ts";

export class Triggers {
  readonly #item: Item;
  readonly #waiters = new Waiters();
  readonly #repeats: RepeatedTriggers;

  constructor(item: Item) {
    this.#item = item;
    this.#repeats = new RepeatedTriggers(item);
  }

  async answer(call: TriggerCall): Promise<TriggerAnswer> {
    const handled = await this.handle(call);
    return handled.kind === "refused" ? handled : workflowAnswer(handled.workflow, handled.replayed);
  }

  async handle(call: TriggerCall): Promise<HandledTrigger | TriggerRefusal> {
    return this.#repeats.once(call, () => this.#handleNew(call));
  }

  async #handleNew(call: TriggerCall): Promise<HandledTrigger | TriggerRefusal> {
    const { journal, deps } = this.#item;
    const started = deps.elapsed();
    const { item, storeVersions } = call;
    const inputs = this.#item.knowledge.fresh(storeVersions) ?? (await this.#item.knowledge.load(item, storeVersions));
    if (deps.settings.items === "known" && isUnknown(inputs)) return { kind: "refused", reason: "unknown_item" };
    if (call.trigger.safetyStock === null && inputs.terms.safetyStock === undefined)
      return { kind: "refused", reason: inputs.unavailable ? "settings_away" : "safety_stock_unknown" };
    const workflow = this.#accept(call, inputs, deps.elapsed() - started);
    if (workflow.status !== "running") return { kind: "workflow", workflow, replayed: false };
    await this.#waiters.until(workflow.seq, call.waitMs);
    return { kind: "workflow", workflow: journal.workflows.read(workflow.seq) ?? workflow, replayed: false };
  }

  /** Continues journaled work that nothing is processing: after a restart, or when the adviser is free again. */
  async resume(): Promise<void> {
    const { journal, deps, inProgress } = this.#item;
    if (journal.identity === null || this.#item.waiting.length === 0 || inProgress.size > 0) return;
    const inputs = await this.#item.knowledge.load(journal.identity);
    // A trigger may have come while the inputs were loaded. From here on there is no await.
    const { waiting } = this.#item;
    const next = waiting.at(-1);
    if (next === undefined || inProgress.size > 0) return;
    // After a restart several may wait, and a newer one may already be decided: only the newest count is decided
    // (I10).
    const { newestCount } = journal.workflows;
    const newest = newestCount !== null && newestCount.seq > next.seq ? newestCount : next;
    for (const older of waiting.filter((workflow) => workflow !== newest)) {
      this.#waiters.announce(this.#item.apply(transition(older, { type: "overtaken", by: newest.id }, deps.now())));
    }
    if (newest === next) this.#run(next, inputs, 0, deps.now() - next.createdAt, {});
  }

  /** From here to the write there is no await: nothing can come between the facts and the decision. */
  #accept(call: TriggerCall, inputs: ItemInputs, loadMs: number): Workflow {
    const { journal, deps, inProgress } = this.#item;
    this.#item.expireOverdue();
    const now = deps.now();
    const seq = journal.workflows.lastSeq + 1;
    const { item, trigger, requestId, traceparent, sender, origin, runId, takesBack } = call;
    const id = makeWorkflowId(deps.objectId, seq);
    const arrival = { ...item, id, seq, trigger, requestId, traceparent, sender, origin, runId, takesBack };
    const { workflow } = transition(
      null,
      {
        type: "received",
        arrival,
        terms: inputs.terms,
        world: this.#item.world,
        openQuestion: this.#item.openQuestion,
      },
      now,
    );
    const extras: WriteExtras = {
      identity: learnedIdentity(journal, item, inputs),
      idempotency: firstUse(call.idempotency, seq, now),
    };

    const newer = this.#newerThan(trigger.occurredAt);
    if (newer !== null) return this.#item.apply(transition(workflow, { type: "overtaken", by: newer.id }, now), extras);
    if (inProgress.size === 0) return this.#run(workflow, inputs, loadMs, now - call.arrivedAt, extras);
    const others = this.#item.waiting.map(
      (older) => transition(older, { type: "overtaken", by: workflow.id }, now).workflow,
    );
    const queued = this.#item.apply({ ...transition(workflow, { type: "queued" }, now), others }, extras);
    for (const older of others) this.#waiters.announce(older);
    return queued;
  }

  /** Nodes 2 to 6 in one go, or up to the question to an adviser. */
  #run(received: Workflow, inputs: ItemInputs, loadMs: number, waitedMs: number, extras: WriteExtras): Workflow {
    const { deps, journal } = this.#item;
    const now = deps.now();
    const known = this.#item.facts(inputs, received.snapshot);
    const facts = received.runId === undefined ? known : withoutSilence(known);
    const { workflow, assessment } = this.#assess(received, facts, loadMs, now);
    const reasoned = reasonOrAsk(deps, workflow, assessment, facts);
    if (reasoned.kind === "to_ask") return this.#ask(reasoned, workflow, extras);
    const result = transition(
      workflow,
      {
        type: "reasoned",
        facts,
        assessment,
        outcome: reasoned,
        openQuestion: this.#item.openQuestion,
        track: journal.workflows.newestCount?.track ?? null,
        latencyMs: Math.max(0, waitedMs),
        elapsed: deps.elapsed,
      },
      now,
    );
    const { gone } = assessment.orders;
    const written = this.#item.apply(result, {
      ...extras,
      isCount: true,
      orders: goneOrders(
        journal.orders.rows,
        gone,
        arrivedUnlisted(gone, journal.orders.rows, workflow.snapshot, journal.workflows.newestCount?.snapshot ?? null),
        itemTime(workflow.snapshot, now),
      ),
    });
    this.#waiters.announce(written);
    return written;
  }

  #assess(received: Workflow, facts: Facts, forecastMs: number, now: number) {
    const { elapsed } = this.#item.deps;
    const startedAt = elapsed();
    const assessment = assess(received.snapshot, facts, now);
    const event = { type: "assessed", assessment, forecastMs, assessMs: elapsed() - startedAt } as const;
    return { workflow: transition(received, event, now).workflow, assessment };
  }

  /** Journals that the adviser is asked, and asks; the answer comes back by `#advised`. */
  #ask({ adviser, request }: ToAsk, workflow: Workflow, extras: WriteExtras): Workflow {
    const { deps, inProgress } = this.#item;
    const { seq } = workflow;
    // Before the write, since it decides when the alarm that covers a crash is due.
    inProgress.add(seq);
    let asking: Workflow;
    try {
      asking = this.#item.apply(
        transition(workflow, { type: "adviser_called", model: adviser.model }, deps.now()),
        extras,
      );
    } catch (cause) {
      inProgress.delete(seq);
      throw cause;
    }
    deps.waitUntil(
      adviser
        .advise(request)
        .then((outcome) => this.#advised(seq, outcome))
        .catch((cause: unknown) => deps.onFailure("adviser", cause))
        .finally(async () => {
          inProgress.delete(seq);
          await this.resume();
        }),
    );
    return asking;
  }

  /**
   * The adviser answered or failed. The answer is on disk before anything is awaited, so it is paid for only once. It
   * is then judged with present facts, which may have changed since the question.
   */
  async #advised(seq: number, outcome: AdviceOutcome): Promise<void> {
    const { journal, deps } = this.#item;
    const asked = journal.workflows.read(seq);
    if (journal.identity === null || asked === null || asked.status !== "running") return;
    const answered = transition(asked, { type: "adviser_answered", record: recordOf(outcome) }, deps.now());
    let workflow: Workflow | null = answered.workflow;
    let inputs = this.#item.knowledge.fresh(undefined);
    if (inputs === null) {
      this.#item.apply(answered);
      inputs = await this.#item.knowledge.load(journal.identity);
      workflow = journal.workflows.read(seq);
      if (workflow === null || workflow.status !== "running") return;
    }
    this.#item.expireOverdue();
    this.#run(workflow, inputs, 0, deps.now() - workflow.createdAt, {});
  }

  /** The workflow of a newer count than this one, processed or waiting; null when there is none (I10). */
  #newerThan(occurredAt: number | null): Pick<Workflow, "id"> | null {
    if (occurredAt === null) return null;
    const { newestCount, open } = this.#item.journal.workflows;
    const running = open.filter((workflow) => workflow.status === "running");
    const counts = [...(newestCount === null ? [] : [newestCount]), ...running];
    return counts.findLast(({ snapshot }) => snapshot.occurredAt > occurredAt) ?? null;
  }
}
