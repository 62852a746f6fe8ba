/**
 * Checks in every run, before anything is timed, that the comparison is fair: each system gives the same
 * decisions, and every acknowledged write is found after SIGKILL and a restart on the same state.
 */
import type { Acknowledged, Serving, SystemUnderTest } from "./serving.ts";
import { probeTriggers, steadyTrigger, type TriggerRequest } from "./workload.ts";

const PROBE_ITEM = 0;
/** Acknowledged writes that are checked after the crash. */
const WRITES = 32;

interface WireAnswer extends Acknowledged {
  readonly status: string;
  readonly decision: {
    readonly recommended_action: string;
    readonly recommended_quantity: number;
    readonly confidence_score: number;
  };
}

/** The decisions as one line each, to be compared between systems. */
export async function decisionsOf(serving: Serving): Promise<string[]> {
  const triggers = probeTriggers(PROBE_ITEM);
  await serving.prepare(PROBE_ITEM, PROBE_ITEM + triggers.length);
  const lines: string[] = [];
  for (const trigger of triggers) {
    const { status, decision } = (await post(serving, trigger)) as WireAnswer;
    lines.push(
      `stock ${trigger.current_stock}: ${status} ${decision.recommended_action} ` +
        `${decision.recommended_quantity} at ${decision.confidence_score}`,
    );
  }
  return lines;
}

/** Writes, is killed, starts again; returns how many of the acknowledged writes are lost. */
export async function lostAfterKill(
  system: SystemUnderTest,
  folder: string,
): Promise<{ readonly written: number; readonly lost: number }> {
  const first = await system.start(folder);
  await first.prepare(0, WRITES);
  const answers = await Promise.all(Array.from({ length: WRITES }, (_, n) => post(first, steadyTrigger(n, n))));
  await first.kill();
  const second = await system.start(folder);
  try {
    const stored = await Promise.all(answers.map((answer) => second.isStored(answer)));
    return { written: answers.length, lost: stored.filter((found) => !found).length };
  } finally {
    await second.kill();
  }
}

async function post(serving: Serving, trigger: TriggerRequest): Promise<Acknowledged> {
  const response = await fetch(`${serving.url}${serving.path(trigger)}`, {
    method: "POST",
    headers: serving.headers,
    body: JSON.stringify(trigger),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Acknowledged;
}
