/**
 * `npm run eval:llm`: how good a model's advice is, on notes with a known truth and on InventoryBench games, in pairs
 * with the plan. The endpoint is the service's own: OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL (`model#prompt`),
 * LLM_DAILY_BUDGET_USD as the cap of the run. Calls cost money: a full run makes about 80.
 */
import { endpointOf } from "./endpoint.ts";
import { formatCalls, formatGames, formatScenarios } from "./report.ts";
import { playGame, type GameResult } from "./run-games.ts";
import { runScenarios } from "./run-scenarios.ts";
import { readScenarios, SCENARIOS_FILE } from "./scenarios.ts";
import { readData } from "../plan/data-folder.ts";
import { parseInstances, type Instance } from "../plan/inventory-bench.ts";
import { commandFlags, countFlag } from "../../scripts/lib/command/command-flags.ts";
import { fromInvocationFolder } from "../../scripts/lib/command/invocation.ts";
import { runProgram, StartupProblem } from "../../scripts/lib/command/startup-problem.ts";

const USAGE = `npm run eval:llm -- [--scenarios FILE] [--games 3] [--periods 12] [--concurrency 4]
Measures whether the configured language model improves on the plan: on notes whose truth is known, and in games.
  --scenarios FILE   other notes than those of bench/llm/scenarios.json
  --games N          games of InventoryBench
  --periods N        periods of each game
  --concurrency N    calls at a time`;

const FLAGS = {
  scenarios: { type: "string" },
  games: { type: "string", default: "3" },
  periods: { type: "string", default: "12" },
  concurrency: { type: "string", default: "4" },
} as const;

await runProgram(async () => {
  const flags = commandFlags(USAGE, FLAGS);
  const endpoint = endpointOf(process.env);
  if (!endpoint.ok) throw new StartupProblem(`${endpoint.problem}\n${USAGE}`);
  const scenarios = readScenarios(
    flags.scenarios === undefined ? SCENARIOS_FILE : fromInvocationFolder(flags.scenarios),
  );
  const scenarioResults = await runScenarios(
    scenarios,
    endpoint.adviser,
    countFlag("--concurrency", flags.concurrency),
  );
  console.log(`${formatScenarios(scenarioResults)}\n`);

  const games: GameResult[] = [];
  for (const instance of someInstances(countFlag("--games", flags.games, 0))) {
    games.push(await playGame(instance, countFlag("--periods", flags.periods), endpoint.adviser));
  }
  if (games.length > 0) console.log(`${formatGames(games)}\n`);
  console.log(
    formatCalls([...scenarioResults.map(({ record }) => record), ...games.flatMap(({ records }) => records)]),
  );
});

/** Spread over the whole set, so that few games still show different leads and patterns. */
function someInstances(wanted: number): Instance[] {
  if (wanted === 0) return [];
  const text = readData("inventorybench_dev.jsonl");
  if (text === null) return [];
  const all = parseInstances(text);
  return Array.from(
    { length: Math.min(wanted, all.length) },
    (_, index) => all[Math.floor((index * all.length) / wanted)]!,
  );
}
