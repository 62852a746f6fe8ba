/** The sample store over HTTP: its data goes up once, then the morning's counts are posted and the answers told. */
import { ApiClient, type Question, type Workflow } from "../../api-client.ts";
import { forEachLimited } from "../command/limited.ts";
import type { StockedSample } from "./sample-store.ts";
import { formatTable, type Column } from "../command/table.ts";

export interface MorningLine {
  readonly sample: StockedSample;
  readonly workflow: Workflow;
}

/** Enough to keep a local server busy, few enough to leave it responsive. */
const AT_ONCE = 8;

const COLUMNS: readonly Column[] = [
  { title: "item" },
  { title: "stock", align: "right" },
  { title: "on order", align: "right" },
  { title: "forecast", align: "right" },
  { title: "action" },
  { title: "quantity", align: "right" },
  { title: "confidence", align: "right" },
  { title: "decided by" },
];

export async function loadSampleStore(
  client: ApiClient,
  samples: readonly StockedSample[],
  run: string,
): Promise<void> {
  await forEachLimited(samples, AT_ONCE, async (sample) => {
    await client.putSettings(sample, sample.settings);
    if (sample.history !== null) await client.putHistory(sample, sample.history);
    if (sample.forecast !== null) await client.putForecast(sample, sample.forecast);
    if (sample.stockYesterday !== null) {
      const evening = await client.trigger(
        { ...triggerOf(sample, sample.stockYesterday), occurred_at: yesterdayEvening() },
        `${run}-evening-${sample.productId}`,
      );
      await agree(client, evening);
    }
  });
}

export async function postMorning(
  client: ApiClient,
  samples: readonly StockedSample[],
  run: string,
): Promise<MorningLine[]> {
  const lines = new Map<StockedSample, Workflow>();
  await forEachLimited(samples, AT_ONCE, async (sample) => {
    lines.set(sample, await client.trigger(triggerOf(sample, sample.stock), `${run}-morning-${sample.productId}`));
  });
  return samples.flatMap((sample) => {
    const workflow = lines.get(sample);
    return workflow === undefined ? [] : [{ sample, workflow }];
  });
}

export function formatMorning(lines: readonly MorningLine[]): string {
  return formatTable(COLUMNS, lines.map(row));
}

export function isWaiting({ workflow }: MorningLine): boolean {
  return workflow.status === "awaiting_human_review";
}

/** What to type to answer a question. */
export function approveCommand(url: string, key: string, question: Question): string {
  const body = JSON.stringify({ decision: "approve", revision: question.revision });
  return [
    `curl -X POST ${url}/approve/${question.workflow_id}`,
    `-H "Authorization: Bearer ${key}" -H "Content-Type: application/json"`,
    `-d '${body}'`,
  ].join(" \\\n      ");
}

function row({ sample, workflow }: MorningLine): string[] {
  const { decision } = workflow;
  if (decision === null || decision === undefined)
    return [sample.productId, String(sample.stock), "", "", "", "", "", workflow.status];
  const position = decision.evidence?.inventory_position ?? sample.stock;
  const restock = decision.recommended_action === "restock";
  return [
    sample.productId,
    String(sample.stock),
    position > sample.stock ? String(position - sample.stock) : "",
    forecastOf(workflow),
    decision.recommended_action,
    restock ? String(decision.recommended_quantity) : "",
    decision.confidence_score.toFixed(2),
    workflow.status === "awaiting_human_review" ? "waits for you" : decision.decided_by,
  ];
}

function forecastOf({ decision }: Workflow): string {
  const perDay = decision?.evidence?.mean_demand_per_day;
  return typeof perDay === "number" ? `${perDay.toFixed(1)} a day` : "none";
}

function triggerOf(sample: StockedSample, stock: number): Readonly<Record<string, unknown>> {
  return {
    product_id: sample.productId,
    store_id: sample.storeId,
    current_stock: stock,
    safety_stock_level: sample.safetyStock,
  };
}

function yesterdayEvening(): string {
  return `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}T18:00:00Z`;
}

/** Yesterday is over: whatever was asked then was answered. */
async function agree(client: ApiClient, workflow: Workflow): Promise<void> {
  if (workflow.status !== "awaiting_human_review") return;
  await client.decide(workflow.workflow_id, {
    decision: "approve",
    reviewer: "sample owner",
    revision: workflow.revision,
  });
}
