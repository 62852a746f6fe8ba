/**
 * The silence after a campaign: nobody calls the server, only the platform's alarms act.
 *
 * It lasts until every workflow has come to its end and every outcome is sent. An outcome whose attempt has failed is
 * tried again after 5 s, 30 s, 5 min and 30 min, so the silence goes on while one waits for its time: on a machine
 * without CPU to spare attempts are cut off after ten seconds. One that is due and that nobody tries is a fault.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { DUE_GRACE_MS } from "../../src/storage/workflow-log.ts";
import type { ReviewWorld } from "../support/builders/review-world.ts";
import { projectedStatuses, storedDeliveries, type StoredDelivery } from "../support/server-state.ts";
import { unsettled } from "./checks.ts";
import { objectOf } from "./faults/disturbances.ts";

/** A question's time, and the minute that a crash may delay things by, on a machine with more to do than it can. */
const PATIENCE_MS = 150_000;
/** The minute until an item's fallback alarm, an attempt that hangs, and a machine with more to do than it can. */
const LATE_MS = 90_000;
/** The platform sweeps every five minutes. More often here, which finds nothing before it is five minutes late. */
const SWEEP_EVERY_MS = 30_000;
/** Beyond the fourth attempt: five failures in a row are a fault of the campaign. */
const LONGEST_MS = 45 * 60_000;
const LOOK_EVERY_MS = 2_000;
/** Of what else waits, nothing is sent any more once its question is over. */
const OUTCOMES: ReadonlySet<string> = new Set(["outcome", "decision"]);

/** What the alarms have left undone, a line each. */
export function listenInSilence(world: ReviewWorld, workflowIds: readonly string[]): Promise<string[]> {
  return listen(world, workflowIds, { patienceMs: PATIENCE_MS, lateMs: LATE_MS, before: async () => undefined });
}

/** What sweeps have left undone of workflows whose alarms were lost, a line each. */
export async function listenToSweeps(world: ReviewWorld, workflowIds: readonly string[]): Promise<string[]> {
  let nextAt = 0;
  const sweep = async (): Promise<void> => {
    if (Date.now() < nextAt) return;
    nextAt = Date.now() + SWEEP_EVERY_MS;
    await fetch(`${world.server.url}/cdn-cgi/handler/scheduled`).then((answer) => answer.text());
  };
  const late = { patienceMs: PATIENCE_MS + DUE_GRACE_MS, lateMs: LATE_MS + DUE_GRACE_MS };
  const faults = await listen(world, workflowIds, { ...late, before: sweep });
  return faults.map((fault) => `${fault}, after its alarm was lost`);
}

interface Listening {
  /** How long a workflow may take for what no delivery waits for. */
  readonly patienceMs: number;
  /** How long a delivery that is due may wait for its attempt. */
  readonly lateMs: number;
  /** Done before each look. */
  readonly before: () => Promise<void>;
}

async function listen(
  world: ReviewWorld,
  workflowIds: readonly string[],
  { patienceMs, lateMs, before }: Listening,
): Promise<string[]> {
  const startedAt = Date.now();
  const objectIds = new Set(workflowIds.map(objectOf));
  const faults = new Map<string, string>();
  for (;;) {
    if (workflowIds.length > 0) await before();
    const undone = unsettled(world, projectedStatuses(world.persistTo), workflowIds);
    const waiting = storedDeliveries(world.persistTo, objectIds, "waiting").filter(({ purpose }) =>
      OUTCOMES.has(purpose),
    );
    if (undone.length === 0 && waiting.length === 0) return [...faults.values()];
    const now = Date.now();
    const isOver = now - startedAt > LONGEST_MS;
    const onTime = waiting.filter(({ dueAt }) => !isOver && now < dueAt + lateMs);
    if (now - startedAt > patienceMs) {
      for (const delivery of waiting.filter((one) => !onTime.includes(one)))
        faults.set(delivery.workflowId, `${delivery.workflowId}: no alarm has sent ${described(delivery, now)}`);
      for (const id of undone.filter((one) => !onTime.some(({ workflowId }) => workflowId === one)))
        if (!faults.has(id)) faults.set(id, `${id} has not come to its end by alarms alone`);
      if (onTime.length === 0) return [...faults.values()];
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function described({ channel, purpose, attempts, dueAt, error }: StoredDelivery, now: number): string {
  const late = Math.round((now - dueAt) / 1_000);
  return `${channel} ${purpose}, due ${late} s ago, after ${attempts} attempts (${error ?? "no error"})`;
}
