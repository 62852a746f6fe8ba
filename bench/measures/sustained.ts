/**
 * Throughput with the outbox keeping up: the whole Worker under load for a while, then how much is still to be
 * delivered.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { applyLoad } from "./apply-load.ts";
import type { StockwardenServing } from "../stockwarden/system.ts";
import { steadyTrigger } from "../workload/workload.ts";

export interface Sustained {
  readonly seconds: number;
  readonly rps: number;
  readonly decisions: number;
  /** Decisions that the database did not hold yet when the last answer was given. */
  readonly debt: number;
  readonly caughtUpAfterMs: number;
  /** Decisions that it did not hold when patience ended. */
  readonly lost: number;
}

const CONNECTIONS = 16;
/** The alarm retries a failed delivery within five minutes; rows still missing after that are lost. */
const PATIENCE_MS = 330_000;
const POLL_MS = 100;

export async function sustain(serving: StockwardenServing, items: number, seconds: number): Promise<Sustained> {
  const before = await stored(serving);
  const load = await applyLoad({
    serving,
    connections: CONNECTIONS,
    until: { seconds },
    trigger: (n) => steadyTrigger(n % items, n),
  });
  const ended = performance.now();
  // Requests in flight at the end may be decided without being counted; there are never fewer than were acknowledged.
  const missing = async (): Promise<number> => Math.max(0, load.requests - ((await stored(serving)) - before));
  const debt = await missing();
  let lost = debt;
  while (lost > 0 && performance.now() - ended < PATIENCE_MS) {
    await sleep(POLL_MS);
    lost = await missing();
  }
  return {
    seconds: load.seconds,
    rps: load.rps,
    decisions: load.requests,
    debt,
    caughtUpAfterMs: Math.round(performance.now() - ended),
    lost,
  };
}

async function stored({ server }: StockwardenServing): Promise<number> {
  const { rows } = await server.tell({ type: "sql", query: "SELECT count(*) AS n FROM workflows" });
  return Number(rows[0]!["n"]);
}
