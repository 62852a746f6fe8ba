/** CPU time of a plan, in the common case and in the rollout: every trigger pays it. */
import { cpus } from "node:os";
import { plan, prepare } from "../../src/replenishment/plan.ts";
import type { PlanInput } from "../../src/replenishment/types.ts";
import { parsePlanInput } from "../../scripts/plan-input.ts";
import { mulberry32 } from "./statistics.ts";

const ITEMS = 64;
const PERIODS = 104;
/** The first blocks warm up. */
const BLOCKS = 12;
const BLOCK_MS = 250;

/** Limits of the issue: common case and rollout, milliseconds. */
const COMMON_LIMIT_MS = 0.15;
const ROLLOUT_LIMIT_MS = 4;

export function reportSpeed(): void {
  console.log(`\nCPU of a plan: ${PERIODS} periods of history, lead time 4; Node ${process.versions.node}, ${cpus()[0]?.model ?? "unknown processor"}`);
  const common = inputs({});
  const rollout = inputs({ observed: [4, 5, 3] });
  line("as promised, models fitted anew", cpuOf(common, (input) => plan(input)), COMMON_LIMIT_MS);
  const prepared = new Map(common.map((input) => [input, prepare(input)]));
  line("as promised, models kept", cpuOf(common, (input) => plan(input, prepared.get(input) ?? null)), COMMON_LIMIT_MS);
  line("supplier unreliable (rollout)", cpuOf(rollout, (input) => plan(input)), ROLLOUT_LIMIT_MS);
  line("intermittent", cpuOf(inputs({ zeros: 0.6 }), (input) => plan(input)), ROLLOUT_LIMIT_MS);
  line("90 days of lead, two years of days", cpuOf(inputs({ lead: 90, periods: 730 }), (input) => plan(input)), ROLLOUT_LIMIT_MS);
}

function line(name: string, ms: number, limit: number): void {
  console.log(`${name.padEnd(36)} ${ms.toFixed(3)} ms  ${Math.round(1000 / ms).toLocaleString("en")} plans/s/core  ${ms <= limit ? "within" : "OVER"} ${limit} ms`);
}

/** CPU milliseconds a call, user and system: the least of several blocks, since the machine may be shared. */
function cpuOf(cases: readonly PlanInput[], call: (input: PlanInput) => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let block = 0; block < BLOCKS; block++) {
    const start = process.cpuUsage();
    const until = performance.now() + BLOCK_MS;
    let calls = 0;
    while (performance.now() < until) for (const input of cases) if (call(input) !== null) calls++;
    const spent = process.cpuUsage(start);
    least = Math.min(least, (spent.user + spent.system) / 1000 / calls);
  }
  return least;
}

function inputs({ observed = [], zeros = 0, lead = 4, periods = PERIODS }: { observed?: number[]; zeros?: number; lead?: number; periods?: number }): PlanInput[] {
  const random = mulberry32(7);
  return Array.from({ length: ITEMS }, (_, item) => {
    const level = 5 + item * 3;
    const history = Array.from({ length: periods }, () => (random() < zeros ? 0 : Math.round(level * (0.4 + 1.2 * random()))));
    return parsePlanInput({
      history,
      on_hand: Math.round(level * random() * 3),
      open_orders: [1, 2].map((age) => ({ quantity: level, age })),
      lead_time: { promised: lead, observed },
      period_days: lead > 20 ? 1 : 7,
      costs: { holding: 0.2, shortage: 1 },
    });
  });
}
