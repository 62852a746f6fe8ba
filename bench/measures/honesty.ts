/**
 * Checks in every run, before anything is timed, that the comparison is fair: each system gives the same
 * decisions, and every acknowledged write is found after SIGKILL and a restart on the same state.
 */
import type { Acknowledged, Serving, SystemUnderTest } from "../serving/serving.ts";
import { probeTriggers, steadyTrigger, type TriggerRequest } from "../workload/workload.ts";

/** Acknowledged writes that are checked after the crash. */
const WRITES = 32;
/** Behind the items that are written to. */
const PROBE_ITEM = WRITES;

interface WireAnswer extends Acknowledged {
  readonly status: string;
  readonly decision: {
    readonly recommended_action: string;
    readonly recommended_quantity: number;
    readonly confidence_score: number;
  };
}

export interface Probed {
  /** One line each, to be compared between systems; none of a system that decides nothing. */
  readonly decisions: readonly string[];
  readonly written: number;
  /** Acknowledged writes that were not found again. */
  readonly lost: number;
}

/** Asks for decisions, writes, is killed, starts again on the same state and looks for what was written. */
export async function probe(system: SystemUnderTest, folder: string, decides: boolean): Promise<Probed> {
  const first = await system.start(folder);
  const triggers = probeTriggers(PROBE_ITEM);
  await first.prepare(0, PROBE_ITEM + triggers.length);
  const decisions = decides ? await decisionsOf(first, triggers) : [];
  const answers = await Promise.all(Array.from({ length: WRITES }, (_, n) => post(first, steadyTrigger(n, n))));
  await first.kill();
  const second = await system.start(folder);
  try {
    const stored = await Promise.all(answers.map((answer) => second.isStored(answer)));
    return { decisions, written: answers.length, lost: stored.filter((found) => !found).length };
  } finally {
    await second.kill();
  }
}

async function decisionsOf(serving: Serving, triggers: readonly TriggerRequest[]): Promise<string[]> {
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

async function post(serving: Serving, trigger: TriggerRequest): Promise<Acknowledged> {
  const response = await fetch(`${serving.url}${serving.path(trigger)}`, {
    method: "POST",
    headers: serving.headers,
    body: JSON.stringify(trigger),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Acknowledged;
}
