/**
 * The end of a replay: every question is closed, and every workflow is read again and compared with what was
 * answered.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Stockwarden, Workflow } from "../../../src/client/client.ts";
import { unlessRefused } from "../server/service-client.ts";
import { concurrently } from "../../../src/shared/concurrently.ts";

/** How a fault begins: a trigger was not decided exactly once, or otherwise than the answer said. */
export const DECIDED_OTHERWISE = "[decided otherwise]";

export interface PostedTrigger {
  /** Day and item, for the reader of a fault. */
  readonly what: string;
  /** As last answered during the replay. */
  readonly workflow: Workflow;
}

export interface Verified {
  readonly faults: readonly string[];
  readonly reviews: Readonly<Record<"approved" | "rejected" | "expired" | "superseded", number>>;
}

/** Questions that expire later than this are refused instead of waited for. */
const WAIT_FOR_EXPIRY_MS = 60_000;
/** The deadline itself counts as expired; this only keeps the poll off the exact millisecond. */
const PAST_DEADLINE_MS = 100;

export async function settleOpenReviews(client: Stockwarden, posted: readonly PostedTrigger[]): Promise<void> {
  for (const { workflow } of posted.filter((trigger) => trigger.workflow.status === "awaiting_human_review")) {
    const open = await client.workflow(workflow.workflow_id);
    if (open.status !== "awaiting_human_review") continue;
    const waitMs = Date.parse(open.review?.expires_at ?? "") - Date.now() + PAST_DEADLINE_MS;
    if (waitMs <= WAIT_FOR_EXPIRY_MS) await sleep(Math.max(0, waitMs));
    else await refuse(client, open);
  }
}

/** 409: another answer or event came first, which closes the question too. */
async function refuse(client: Stockwarden, { workflow_id, revision }: Workflow): Promise<void> {
  const verdict = { decision: "reject", revision, comment: "the replay is over" } as const;
  await unlessRefused([409], client.decide(workflow_id, verdict));
}

export async function verifyWorkflows(
  client: Stockwarden,
  posted: readonly PostedTrigger[],
  concurrency: number,
): Promise<Verified> {
  const ends = new Map<string, Workflow>();
  await concurrently(posted, concurrency, async ({ workflow }) => {
    ends.set(workflow.workflow_id, await client.workflow(workflow.workflow_id));
  });
  const faults = posted.flatMap((trigger) =>
    faultsOf(trigger, ends).map((fault) => `${DECIDED_OTHERWISE} ${trigger.what}: ${fault}`),
  );
  if (ends.size !== posted.length)
    faults.push(`${DECIDED_OTHERWISE} ${posted.length} triggers, but ${ends.size} workflows`);
  const count = (status: string): number => [...ends.values()].filter((end) => end.review?.status === status).length;
  const approved = count("approved");
  return {
    faults,
    reviews: { approved, rejected: count("rejected"), expired: count("expired"), superseded: count("superseded") },
  };
}

function faultsOf({ workflow: answered }: PostedTrigger, ends: ReadonlyMap<string, Workflow>): string[] {
  const end = ends.get(answered.workflow_id);
  if (end === undefined) return [`workflow ${answered.workflow_id} is not there any more`];
  const id = `workflow ${end.workflow_id}`;
  switch (end.status) {
    case "running":
    case "awaiting_human_review":
      return [`${id} is still ${end.status}`];
    case "superseded":
      return decidedInTheEnd(end, ends)
        ? wasOrdered(answered, end)
        : [`${id} is superseded by nothing that was decided`];
    case "completed":
    case "rejected":
    case "expired":
      return wasOrdered(answered, end);
  }
}

/** The workflow must still show what the store acted on during the replay. */
function wasOrdered(answered: Workflow, end: Workflow): string[] {
  const before = orderedUnits(answered);
  const after = orderedUnits(end);
  if (before === after) return [];
  return [
    `workflow ${end.workflow_id} ordered ${after} units (${end.status}), but its answer was ${before} ` +
      `(${answered.status})`,
  ];
}

function orderedUnits({ status, decision }: Workflow): number {
  const acts = status === "completed" || status === "expired";
  return acts && decision?.recommended_action === "restock" ? decision.recommended_quantity : 0;
}

function decidedInTheEnd(superseded: Workflow, ends: ReadonlyMap<string, Workflow>): boolean {
  const seen = new Set<string>();
  let current: Workflow | undefined = superseded;
  while (current?.status === "superseded" && !seen.has(current.workflow_id)) {
    seen.add(current.workflow_id);
    current = ends.get(current.superseded_by ?? "");
  }
  return current !== undefined && ["completed", "rejected", "expired"].includes(current.status);
}
