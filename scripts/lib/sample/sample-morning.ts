/** The sample store over HTTP: its data goes up once, then the morning's counts are posted and the answers shown. */
import type { Reviews, Stockwarden, Trigger, Workflow } from "../../../src/client/client.ts";
import { unlessRefused } from "../server/service-client.ts";
import { concurrently } from "../../../src/shared/concurrently.ts";
import type { SampleSupplier } from "./sample-suppliers.ts";
import { SAMPLE_STORE, SAMPLE_STORE_ID, type StockedSample } from "./sample-store.ts";
import { formatTable, type Column } from "../command/table.ts";

/** What a person is asked. */
export interface Question {
  readonly workflowId: string;
  readonly productId: string;
  readonly revision: number;
  readonly reason: string;
  readonly recommendation: Workflow["recommendation"];
}

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
  client: Stockwarden,
  samples: readonly StockedSample[],
  suppliers: readonly SampleSupplier[],
  run: string,
): Promise<void> {
  await client.putStore(SAMPLE_STORE_ID, SAMPLE_STORE);
  for (const { supplierId, settings } of suppliers) await client.putSupplier(supplierId, settings);
  await concurrently(samples, AT_ONCE, async (sample) => {
    const { productId, storeId } = sample;
    // What was ordered yesterday was ordered by phone: its supplier comes with the settings of this morning.
    const { supplier_id: _byPhone, ...yesterday } = sample.settings;
    await client.putProduct(productId, sample.stockYesterday === null ? sample.settings : yesterday, storeId);
    if (sample.history !== null) await client.putHistory(productId, sample.history, storeId);
    if (sample.forecast !== null) await client.putForecast(productId, sample.forecast, storeId);
    if (sample.stockYesterday !== null) {
      const evening = await client.trigger(
        { ...triggerOf(sample, sample.stockYesterday), occurred_at: yesterdayEvening() },
        { idempotencyKey: `${run}-evening-${productId}` },
      );
      await agree(client, evening);
      const placed = client.changeOrder(productId, evening.workflow_id, { reference: "by phone" }, storeId);
      await unlessRefused([404], placed);
      await client.putProduct(productId, sample.settings, storeId);
    }
  });
}

export async function postMorning(
  client: Stockwarden,
  samples: readonly StockedSample[],
  run: string,
): Promise<MorningLine[]> {
  const lines = new Map<StockedSample, Workflow>();
  await concurrently(samples, AT_ONCE, async (sample) => {
    const idempotencyKey = `${run}-morning-${sample.productId}`;
    lines.set(sample, await client.trigger(triggerOf(sample, sample.stock), { idempotencyKey }));
  });
  return samples.flatMap((sample) => {
    const workflow = lines.get(sample);
    return workflow === undefined ? [] : [{ sample, workflow }];
  });
}

/** How many questions each guard asks: `Asked about 3 of 40 (7.5 %): stale history 1, …`. */
export function askedText(lines: readonly MorningLine[]): string {
  const waiting = lines.filter(isWaiting);
  const reasons = Map.groupBy(waiting, ({ workflow }) => questionOf(workflow).reason.replaceAll("_", " "));
  const each = [...reasons].map(([reason, asked]) => `${reason} ${asked.length}`).join(", ");
  const share = Math.round((1_000 * waiting.length) / Math.max(1, lines.length)) / 10;
  return `Asked about ${waiting.length} of ${lines.length} (${share} %)${each === "" ? "" : `: ${each}`}.`;
}

export function formatMorning(lines: readonly MorningLine[]): string {
  return formatTable(COLUMNS, lines.map(row));
}

export function isWaiting({ workflow }: MorningLine): boolean {
  return workflow.status === "awaiting_human_review";
}

/** The list of reviews follows the items a moment later; the workflow itself already has its question. */
export function questionOf({ workflow_id, product_id, revision, review, recommendation }: Workflow): Question {
  return { workflowId: workflow_id, productId: product_id, revision, reason: review?.reason ?? "", recommendation };
}

export function listedQuestion(row: Reviews["reviews"][number]): Question {
  const { workflow_id, product_id, revision, reason, recommendation } = row;
  return { workflowId: workflow_id, productId: product_id, revision, reason: reason ?? "", recommendation };
}

/** What to type to answer a question. The id has a line of its own: with the address it is wider than a terminal. */
export function approveCommand(url: string, key: string, question: Question): string {
  const body = JSON.stringify({ decision: "approve", revision: question.revision });
  return [
    `ID=${question.workflowId}\n    curl -X POST ${url}/approve/$ID`,
    `-H "Authorization: Bearer ${key}"`,
    `-H "Content-Type: application/json"`,
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

function triggerOf(sample: StockedSample, stock: number): Trigger {
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

/** Yesterday is over: its questions were answered. */
async function agree(client: Stockwarden, workflow: Workflow): Promise<void> {
  if (workflow.status !== "awaiting_human_review") return;
  const { workflow_id, revision } = workflow;
  const verdict = { decision: "approve", reviewer: "sample owner", revision } as const;
  await unlessRefused([409], client.decide(workflow_id, verdict));
}
