/** One round of one system, and the medians of several rounds. */
import { countFsyncs, straceIsThere } from "./fsyncs.ts";
import { applyLoad, type Until } from "./apply-load.ts";
import { cpuSeconds, residentMb } from "../serving/processes.ts";
import type { Serving } from "../serving/serving.ts";
import { steadyTrigger } from "../workload/workload.ts";

export interface Scale {
  readonly rounds: number;
  readonly items: number;
  readonly warmUp: Until;
  readonly at1: Until;
  readonly at16: Until;
  readonly firstTouches: number;
  readonly tracedRequests: number;
}

/** Named as in the JSON report. */
export interface Figures {
  readonly rps_1: number;
  readonly rps_16: number;
  readonly p50_ms_16: number;
  readonly p99_ms_16: number;
  readonly cpu_s_per_1000: number;
  /** Null where strace is not installed. */
  readonly fsyncs_per_request: number | null;
  /** Syncs of every file of the processes, the simulators' and logs included. */
  readonly fsyncs_all_files: number | null;
  readonly first_touch_rps: number;
  readonly first_touch_cpu_s_per_1000: number;
  readonly rss_mb: number;
  readonly startup_ms: number;
}

/** Above 16 connections workerd's event loop flips between two regimes, so figures there mean little. */
const CONNECTIONS = 16;

/** Items `0 .. items` are warmed, then asked in turn. */
export async function measureRound(serving: Serving, scale: Scale): Promise<Figures> {
  const { items } = scale;
  const steady = (n: number) => steadyTrigger(n % items, n);
  await serving.prepare(0, items + scale.firstTouches);
  await applyLoad({ serving, connections: CONNECTIONS, until: { requests: items }, trigger: steady });
  await applyLoad({ serving, connections: CONNECTIONS, until: scale.warmUp, trigger: steady });

  // With delivery, alarms behind projections ring meanwhile, each with syncs of its own.
  const fsyncs = straceIsThere()
    ? await countFsyncs(serving.pids, serving.ownFiles, async () => {
        await applyLoad({ serving, connections: 1, until: { requests: scale.tracedRequests }, trigger: steady });
      })
    : null;

  const alone = await applyLoad({ serving, connections: 1, until: scale.at1, trigger: steady });
  const before = cpuSeconds(serving.pids);
  const busy = await applyLoad({
    serving,
    connections: CONNECTIONS,
    until: scale.at16,
    trigger: steady,
  });
  const cpu = cpuSeconds(serving.pids) - before;
  const rss = residentMb(serving.pids);

  const beforeTouch = cpuSeconds(serving.pids);
  const touch = await applyLoad({
    serving,
    connections: CONNECTIONS,
    until: { requests: scale.firstTouches },
    trigger: (n) => steadyTrigger(items + n, n),
  });
  const touchCpu = cpuSeconds(serving.pids) - beforeTouch;

  return {
    rps_1: alone.rps,
    rps_16: busy.rps,
    p50_ms_16: busy.p50Ms,
    p99_ms_16: busy.p99Ms,
    cpu_s_per_1000: (cpu / busy.requests) * 1_000,
    fsyncs_per_request: fsyncs === null ? null : fsyncs.own / scale.tracedRequests,
    fsyncs_all_files: fsyncs === null ? null : fsyncs.all / scale.tracedRequests,
    first_touch_rps: touch.rps,
    first_touch_cpu_s_per_1000: (touchCpu / touch.requests) * 1_000,
    rss_mb: rss,
    startup_ms: serving.startupMs,
  };
}

export function medians(rounds: readonly Figures[]): Figures {
  const of = (key: keyof Figures): number | null => median(rounds.flatMap((round) => round[key] ?? []));
  return Object.fromEntries(
    Object.keys(rounds[0]!).map((key) => [key, of(key as keyof Figures)]),
  ) as unknown as Figures;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[Math.floor(sorted.length / 2)]!;
}
