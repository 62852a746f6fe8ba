/** What an evaluation found, as text: scores in pairs with the plan's, agreement, calls, cost and faults. */
import { formatTable } from "../../scripts/lib/command/table.ts";
import type { AdviceRecord } from "../../src/workflow/advice/advice.ts";
import { meanOf, pairedInterval, shownInterval } from "../plan/statistics.ts";
import type { GameResult } from "./run-games.ts";
import type { ScenarioResult } from "./run-scenarios.ts";

const LEFT_THEN_RIGHT = (titles: readonly string[]) =>
  titles.map((title, index) => ({ title, align: index === 0 ? ("left" as const) : ("right" as const) }));

export function formatScenarios(results: readonly ScenarioResult[]): string {
  const kinds = [...new Set(results.map(({ scenario }) => scenario.kind))];
  const rows = [
    ...kinds.map((kind) => [kind, results.filter(({ scenario }) => scenario.kind === kind)] as const),
    ["all", results] as const,
  ].map(([name, group]) => [
    name,
    String(group.length),
    share(group.filter(agrees).length, group.length),
    share(group.filter(({ asks }) => asks).length, group.length),
    meanOf(group.map(({ plannedCost }) => plannedCost)).toFixed(1),
    meanOf(group.map(({ aloneCost }) => aloneCost)).toFixed(1),
    meanOf(group.map(({ advisedCost }) => advisedCost)).toFixed(1),
  ]);
  const table = formatTable(LEFT_THEN_RIGHT(["notes about", "n", "agrees", "asks", "plan", "alone", "approved"]), rows);
  const paired = (pick: (result: ScenarioResult) => number) =>
    shownInterval(
      pairedInterval(
        results.map(pick),
        results.map(({ plannedCost }) => plannedCost),
      ),
      2,
    );
  const missed = results.filter((result) => result.direction !== null && !agrees(result));
  return [
    "Scenarios: mean cost of the order by the plan, by the adviser alone (a person's question leaves the " +
      "plan's), and with every question approved.",
    table,
    "cost against the plan, 95 % interval of the paired difference (negative is better): alone " +
      `${paired(({ aloneCost }) => aloneCost)}, approved ${paired(({ advisedCost }) => advisedCost)}`,
    ...missed.map(
      ({ scenario, direction, planned, advised }) =>
        `  ${scenario.id}: expected ${scenario.expect}, got ${direction} (${planned} -> ${advised})`,
    ),
  ].join("\n");
}

export function formatGames(results: readonly GameResult[]): string {
  const rows = results.map((result) => [
    result.id,
    result.planScore.toFixed(4),
    result.advisedScore.toFixed(4),
    share(result.asked, result.records.length),
  ]);
  const paired = pairedInterval(
    results.map(({ advisedScore }) => advisedScore),
    results.map(({ planScore }) => planScore),
  );
  return [
    "InventoryBench: score of an instance by the plan, and with the adviser where no person would be asked.",
    formatTable(LEFT_THEN_RIGHT(["instance", "plan", "advised", "asks"]), rows),
    `score against the plan, 95 % interval of the paired difference (positive is better): ${shownInterval(paired)}`,
  ].join("\n");
}

export function formatCalls(records: readonly AdviceRecord[]): string {
  const outcomes = new Map<string, number>();
  for (const { outcome } of records) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const latencies = records.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
  const sum = (pick: (record: AdviceRecord) => number) => records.reduce((total, record) => total + pick(record), 0);
  const quantile = (q: number) =>
    `${Math.round(latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))] ?? 0)} ms`;
  return [
    `Calls: ${records.length} (${sum(({ attempts }) => attempts)} requests) of ` +
      `${[...new Set(records.map(({ model, promptVersion }) => `${model}#${promptVersion}`))].join(", ")}`,
    `  outcomes: ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(", ")}`,
    `  latency: median ${quantile(0.5)}, 95 % ${quantile(0.95)}`,
    `  tokens: ${sum(({ tokensIn }) => tokensIn)} in, ${sum(({ tokensOut }) => tokensOut)} out; cost ` +
      `${sum(({ costUsd }) => costUsd).toFixed(4)} USD`,
  ].join("\n");
}

function agrees({ direction, scenario }: ScenarioResult): boolean {
  return direction === scenario.expect;
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : `${Math.round((100 * part) / whole)} %`;
}
