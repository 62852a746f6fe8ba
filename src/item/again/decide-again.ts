/**
 * Decides the item again from its last count, for a run of its store or after a cut-off: once for each, and only where
 * something new is known.
 */
import { presentSnapshot } from "../../workflow/steps/validate.ts";
import { asTrigger, isRecent, isUnchanged } from "../../workflow/last-count.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { RunAnswer, RunCall } from "../../store/runs/run.ts";
import type { Item } from "../item.ts";
import type { Journal } from "../store/journal.ts";
import type { TriggerCall } from "../trigger-call.ts";
import type { Triggers } from "../triggers.ts";
import { MINUTE_MS } from "../../shared/durations.ts";

/** The clocks of a store's object and of an item's may differ by this much. */
const CLOCKS_DIFFER_MS = MINUTE_MS;

export async function decideAgain(
  item: Item,
  triggers: Triggers,
  { item: identity, runId, startedAt, versions, known, takesBack }: RunCall,
  label = `run ${runId.slice(-12)}`,
): Promise<RunAnswer> {
  const { journal, deps } = item;
  const key = `run/${runId}`;
  if (journal.workflows.newestCount === null) return { kind: "skipped", why: "no_recent_count" };

  const inputs = item.knowledge.fresh(versions) ?? (await item.knowledge.load(identity, versions, known));
  // From here to the trigger there is no await.
  item.expireOverdue();
  const now = deps.now();
  const decided = decidedUnder(journal, key, now) ?? decidedBy(journal, runId, startedAt);
  if (decided !== null) {
    // A crash may have come between the decision and its way to the database.
    item.projections.start();
    await item.alarm.repeatedly(async () => undefined);
    return answerOf(item.asOfNow(decided));
  }
  const last = journal.workflows.read(journal.workflows.newestCount.seq);
  if (last === null) return { kind: "skipped", why: "no_recent_count" };
  const facts = item.facts(inputs, last.snapshot);
  if (!isRecent(last.snapshot, facts, now)) return { kind: "skipped", why: "no_recent_count" };
  if (takesBack === undefined && isUnchanged(last, facts, now)) return { kind: "unchanged" };

  const call: TriggerCall = {
    schema: 1,
    item: identity,
    trigger: asTrigger(presentSnapshot(last.snapshot, facts, now)),
    storeVersions: versions,
    idempotency: { key, bodyHash: "", ...(startedAt === undefined ? {} : { isKept: false }) },
    waitMs: 0,
    arrivedAt: now,
    requestId: null,
    // The sender of the count stays the sender: four eyes then applies to them.
    sender: { principal: last.sentBy ?? "run", label },
    origin: last.origin,
    runId,
    takesBack,
  };
  const handle = () => triggers.handle(call);
  const handled = await (startedAt === undefined ? handle() : item.alarm.repeatedly(handle));
  if (handled.kind === "workflow") return answerOf(handled.workflow);
  return handled.reason === "safety_stock_unknown"
    ? { kind: "skipped", why: "safety_stock_unknown" }
    : { kind: "failed" };
}

/** Where the caller does not say when its run began, the run has a key. */
function decidedUnder({ idempotencyKeys, workflows }: Journal, key: string, now: number): Workflow | null {
  const before = idempotencyKeys.find(key, now);
  return before === null ? null : workflows.read(before.seq);
}

/**
 * What the run has decided here; after a crash it asks a page again. Only workflows since it began are read, which are
 * none at the first call.
 */
function decidedBy({ workflows }: Journal, runId: string, startedAt = Infinity): Workflow | null {
  for (let seq = workflows.lastSeq; seq > 0; seq--) {
    const workflow = workflows.read(seq);
    if (workflow === null || workflow.createdAt < startedAt - CLOCKS_DIFFER_MS) return null;
    if (workflow.runId === runId) return workflow;
  }
  return null;
}

/** A trigger that repeats the open question waits with it; one that is with an adviser may come to wait. */
function answerOf({ id, status, decision, supersededBy }: Workflow): RunAnswer {
  const waits = status === "awaiting_human_review" || status === "superseded" || status === "running";
  return { kind: "decided", action: decision?.action ?? "hold", waits: waits ? (supersededBy ?? id) : null };
}
