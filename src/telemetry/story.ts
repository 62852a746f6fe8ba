/**
 * One workflow's story in order, built from its stored record: what arrived, what each node found and how long it took,
 * who was asked and answered, what was sent. As text for a person, and as data.
 */
import { exactly } from "../replenishment/words/numbers.ts";
import type { AdviceRecord } from "../workflow/advice/advice.ts";
import { countShown } from "../workflow/asking/shelf.ts";
import type { AuditEntry } from "../workflow/types/audit-entry.ts";
import type { Delivery } from "../workflow/types/delivery.ts";
import type { NodeRecord } from "../workflow/types/node-record.ts";
import type { Workflow } from "../workflow/types/workflow.ts";

export interface StoryStep {
  /** Epoch ms; null where only the order is known. */
  readonly at: number | null;
  readonly kind: "event" | "node" | "adviser" | "effect";
  readonly what: string;
  readonly actor: string | null;
  readonly channel: string | null;
  readonly detail: string | null;
  readonly durationMs: number | null;
}

export function tellStory(workflow: Workflow): StoryStep[] {
  const [arrival, ...later] = workflow.audit.map(eventStep);
  return [
    ...(arrival === undefined ? [] : [{ ...arrival, detail: arrival.detail ?? stockOf(workflow) }]),
    ...workflow.nodes
      .filter(({ status }) => status === "done" || status === "skipped")
      .flatMap((node) => nodeSteps(node, workflow)),
    ...later,
    ...workflow.deliveries.map(effectStep),
  ];
}

export function storyAsJson(workflow: Workflow) {
  return {
    workflow_id: workflow.id,
    product_id: workflow.productId,
    store_id: workflow.storeId,
    status: workflow.status,
    steps: tellStory(workflow).map(({ at, durationMs, ...step }) => ({
      at: iso(at),
      ...step,
      duration_ms: durationMs,
    })),
  };
}

export function storyAsText(workflow: Workflow): string {
  const title = `${workflow.productId} at ${workflow.storeId}: workflow ${workflow.id} is ${workflow.status}`;
  const lines = tellStory(workflow).map(({ at, kind, what, actor, channel, detail, durationMs }) => {
    const time = iso(at) ?? " ".repeat(24);
    const by = actor === null ? "" : ` by ${actor}${channel === null ? "" : ` (${channel})`}`;
    const took = durationMs === null ? "" : ` (${durationMs.toFixed(1)} ms)`;
    return `${time}  ${kind.padEnd(7)}  ${what}${by}${took}${detail === null ? "" : `: ${detail}`}`;
  });
  return `${[title, ...lines].join("\n")}\n`;
}

function eventStep({ at, event, actor, label, channel, detail }: AuditEntry): StoryStep {
  const by = label === undefined ? actor : `${actor} for ${label}`;
  return {
    at,
    kind: "event",
    what: event,
    actor: by,
    channel: channel ?? null,
    detail: detail ?? null,
    durationMs: null,
  };
}

function nodeSteps({ node, status, durationMs, note }: NodeRecord, { advice }: Workflow): StoryStep[] {
  const step: StoryStep = {
    at: null,
    kind: "node",
    what: status === "skipped" ? `${node} skipped` : node,
    actor: null,
    channel: null,
    detail: note ?? null,
    durationMs,
  };
  if (node !== "reason" || !advice) return [step];
  return [
    adviserStep(advice, advice.model),
    ...(advice.shadow ? [adviserStep(advice.shadow, `${advice.shadow.model} as shadow`)] : []),
    step,
  ];
}

function adviserStep(
  { attempts, outcome, tokensIn, tokensOut, costUsd, latencyMs, quantity, isEstimate }: Omit<AdviceRecord, "shadow">,
  what: string,
): StoryStep {
  const held = quantity === undefined ? "" : ` for ${exactly(quantity)}`;
  const about = isEstimate === true ? "about " : "";
  const spent = `${about}${tokensIn}+${tokensOut} tokens, ${about}${costUsd} USD`;
  const detail = `${outcome}${held} after ${attempts} attempts, ${spent}`;
  return { at: null, kind: "adviser", what, actor: null, channel: null, detail, durationMs: latencyMs };
}

function effectStep({ channel, purpose, recipient, status, attempts, dueAt, error }: Delivery): StoryStep {
  return {
    at: status === "pending" ? dueAt : null,
    kind: "effect",
    what: `${channel} ${purpose}${recipient === undefined ? "" : ` to ${recipient}`}`,
    actor: null,
    channel,
    detail: `${status} after ${attempts} attempts${error === undefined ? "" : `, ${error}`}`,
    durationMs: null,
  };
}

function stockOf({ snapshot }: Workflow): string {
  const { backordered, safetyStock } = snapshot;
  const counted = exactly(countShown(snapshot));
  return `${counted} on hand, ${exactly(backordered)} backordered, safety stock ${exactly(safetyStock)}`;
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
