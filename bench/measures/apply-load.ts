/** Load by autocannon: a fixed number of connections, each waiting for its answer before it asks again. */
import { installPackages } from "./install.ts";
import type { Serving } from "../serving/serving.ts";
import type { TriggerRequest } from "../workload/workload.ts";

/** Stop after this long, or after this many requests. */
export type Until = { readonly seconds: number } | { readonly requests: number };

export interface Load {
  readonly serving: Serving;
  readonly connections: number;
  readonly until: Until;
  /** The n-th trigger of this load, from 0. */
  readonly trigger: (n: number) => TriggerRequest;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly rps: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Interval of reading the counters: short beside the shortest load. */
const SAMPLE_MS = 100;
/** A machine under other load may keep a request waiting; only a lost one takes this long. */
const TIMEOUT_S = 60;

interface AutocannonResult {
  readonly "2xx": number;
  readonly non2xx: number;
  readonly errors: number;
  readonly latency: { readonly p50: number; readonly p99: number };
}

type Autocannon = (options: Readonly<Record<string, unknown>>) => Promise<AutocannonResult>;

/** Rejects when any answer was not a 2xx: a refused request is fast and would improve the figures. */
export async function applyLoad({ serving, connections, until, trigger }: Load): Promise<LoadResult> {
  const autocannon = await loadAutocannon();
  let sent = 0;
  const started = performance.now();
  const result = await autocannon({
    url: serving.url,
    connections: "requests" in until ? Math.min(connections, until.requests) : connections,
    ...("seconds" in until ? { duration: until.seconds } : { amount: until.requests }),
    sampleInt: SAMPLE_MS,
    timeout: TIMEOUT_S,
    requests: [
      {
        method: "POST",
        headers: serving.headers,
        setupRequest: (request: Readonly<Record<string, unknown>>) => {
          const next = trigger(sent++);
          return { ...request, path: serving.path(next), body: JSON.stringify(next) };
        },
      },
    ],
  });
  const seconds = (performance.now() - started) / 1_000;
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} failed of ${sent} requests`);
  const requests = result["2xx"];
  return { requests, seconds, rps: requests / seconds, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}

/** Installed in `bench/` only, so its types are stated here. */
async function loadAutocannon(): Promise<Autocannon> {
  installPackages();
  const name: string = "autocannon";
  return ((await import(name)) as { default: Autocannon }).default;
}
