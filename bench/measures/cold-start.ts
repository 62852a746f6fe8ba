/**
 * Measures a cold start: from the process's start to the first answered trigger, on existing state, with its CPU and
 * memory use.
 */
import { join } from "node:path";
import { cpuSeconds, residentMb } from "../serving/processes.ts";
import type { Acknowledged, Serving, SystemUnderTest } from "../serving/serving.ts";
import { steadyTrigger } from "../workload/workload.ts";

export interface ColdStart {
  readonly ms: number;
  readonly cpu_s: number;
  /** Memory of the serving process once it has answered and is idle. */
  readonly idle_mb: number;
}

export interface ColdStarts {
  readonly ours: ColdStart;
  readonly floor: ColdStart;
}

/** Starts the two in turn, each on its own folder that a first start has filled; medians of the rounds. */
export async function measureColdStarts(
  ours: SystemUnderTest,
  floor: SystemUnderTest,
  work: string,
  rounds: number,
): Promise<ColdStarts> {
  const folderOf = ({ name }: SystemUnderTest): string => join(work, `${name}-cold`);
  for (const system of [ours, floor]) {
    const first = await system.start(folderOf(system));
    await first.prepare(0, 1);
    await first.stop();
  }
  const measured: { ours: ColdStart[]; floor: ColdStart[] } = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round++) {
    measured.floor.push(await coldStart(floor, folderOf(floor)));
    measured.ours.push(await coldStart(ours, folderOf(ours)));
  }
  return { ours: medianOf(measured.ours), floor: medianOf(measured.floor) };
}

async function coldStart(system: SystemUnderTest, folder: string): Promise<ColdStart> {
  const started = performance.now();
  const serving = await system.start(folder, { withoutSimulators: true });
  try {
    const answer = await askOnce(serving);
    const figures = {
      ms: performance.now() - started,
      cpu_s: cpuSeconds(serving.pids),
      idle_mb: residentMb(serving.pids),
    };
    if (!(await serving.isStored(answer))) throw new Error("what a cold start answered is not stored");
    return figures;
  } finally {
    await serving.kill();
  }
}

async function askOnce(serving: Serving): Promise<Acknowledged> {
  const trigger = steadyTrigger(0, 0);
  const response = await fetch(`${serving.url}${serving.path(trigger)}`, {
    method: "POST",
    headers: serving.headers,
    body: JSON.stringify(trigger),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`the first trigger of a cold start: ${response.status} ${text}`);
  return JSON.parse(text) as Acknowledged;
}

function medianOf(starts: readonly ColdStart[]): ColdStart {
  const of = (key: keyof ColdStart): number =>
    starts.map((start) => start[key]).toSorted((a, b) => a - b)[Math.floor(starts.length / 2)]!;
  return { ms: of("ms"), cpu_s: of("cpu_s"), idle_mb: of("idle_mb") };
}
