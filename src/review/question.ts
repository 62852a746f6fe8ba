/**
 * What is asked, as plain values: built once from a stored workflow and rendered by mail, Slack and page alike, so
 * every channel shows the same numbers. Everything comes from stored numbers; only `modelWords` and `notes` are somebody's
 * words, and every channel marks them as such.
 */
import type { OrderConstraints } from "../replenishment/types.ts";
import type { ReviewReason } from "../workflow/review.ts";
import type { Action, Workflow } from "../workflow/types.ts";
import { singleLine } from "./safe-text.ts";
import { confidenceText, quantityText, reasonText } from "./wording.ts";

const DAY_MS = 86_400_000;
/** Text from outside is cut at this length. */
const WORDS_MAX_LENGTH = 600;
const NAME_MAX_LENGTH = 128;

export interface Question {
  readonly workflowId: string;
  readonly revision: number;
  readonly storeId: string;
  readonly productId: string;
  readonly action: Action;
  readonly quantity: number;
  /** Order value in the user's currency; null without a unit cost. */
  readonly value: number | null;
  readonly unitCost: number | null;
  readonly arrivesAt: number;
  readonly leadTimeDays: number;
  readonly stock: StockFacts;
  readonly confidence: { readonly score: number; readonly words: string };
  /** Probability that stock runs out before the next order could arrive, if nothing is ordered; null under the plain rule, which knows no demand. */
  readonly stockoutRiskIfHold: number | null;
  readonly inStockProbability: number | null;
  readonly reasons: readonly ReviewReason[];
  readonly why: readonly string[];
  readonly rationale: string;
  readonly numbers: readonly string[];
  readonly modelWords: string | null;
  readonly notes: string | null;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly approvals: { readonly given: number; readonly needed: number; readonly by: readonly string[] };
  readonly constraints: OrderConstraints;
  /** What happens when nobody answers. */
  readonly silence: string;
}

export interface StockFacts {
  readonly onHand: number;
  readonly onOrder: number;
  readonly backordered: number;
  readonly position: number;
  readonly safetyStock: number;
  readonly meanDemandPerDay: number | null;
  /** Days that the stock on hand, and the whole position, last at mean demand. */
  readonly daysOfCover: number | null;
  readonly daysOfCoverWithOrders: number | null;
}

/** Null when the workflow never asked anybody. */
export function questionOf(workflow: Workflow, expiryOutcome: "hold" | "fallback"): Question | null {
  const { review, recommendation, decision, snapshot } = workflow;
  if (review === null || recommendation === null || decision === null) return null;
  const evidence = decision.evidence;
  return {
    workflowId: workflow.id,
    revision: workflow.revision,
    storeId: singleLine(workflow.storeId, NAME_MAX_LENGTH),
    productId: singleLine(workflow.productId, NAME_MAX_LENGTH),
    action: recommendation.action,
    quantity: recommendation.quantity,
    value: snapshot.unitCost === null ? null : snapshot.unitCost * recommendation.quantity,
    unitCost: snapshot.unitCost,
    arrivesAt: review.askedAt + snapshot.leadTimeDays * DAY_MS,
    leadTimeDays: snapshot.leadTimeDays,
    stock: stockFacts(workflow),
    confidence: { score: recommendation.confidence, words: confidenceText(recommendation.confidence) },
    stockoutRiskIfHold: evidence.meanDemandPerDay === null ? null : evidence.stockoutProbabilityIfHold,
    inStockProbability: decision.inStockProbability,
    reasons: review.reasons,
    why: review.reasons.map(reasonText),
    rationale: singleLine(decision.rationale, WORDS_MAX_LENGTH),
    numbers: decision.reasons.map((reason) => singleLine(reason, WORDS_MAX_LENGTH)),
    modelWords:
      decision.modelWords === undefined || decision.modelWords === null
        ? null
        : singleLine(decision.modelWords, WORDS_MAX_LENGTH),
    notes: snapshot.notes === null ? null : singleLine(snapshot.notes, WORDS_MAX_LENGTH),
    askedAt: review.askedAt,
    expiresAt: review.expiresAt,
    approvals: {
      given: review.approvals.length,
      needed: review.approvalsNeeded,
      by: review.approvals.map((approval) => singleLine(approval.actor.label, NAME_MAX_LENGTH)),
    },
    constraints: snapshot.constraints,
    silence:
      expiryOutcome === "hold"
        ? "If nobody answers, nothing is ordered."
        : "If nobody answers, the plain rule fills the safety stock.",
  };
}

export function stockFacts({ snapshot, decision }: Pick<Workflow, "snapshot" | "decision">): StockFacts {
  const position =
    decision?.evidence.inventoryPosition ?? snapshot.onHand - snapshot.backordered + (snapshot.onOrder ?? 0);
  const mean = decision?.evidence.meanDemandPerDay ?? null;
  const coverOf = (units: number): number | null => (mean === null || mean <= 0 ? null : Math.max(0, units) / mean);
  return {
    onHand: snapshot.onHand,
    onOrder: Math.max(0, position - snapshot.onHand + snapshot.backordered),
    backordered: snapshot.backordered,
    position,
    safetyStock: snapshot.safetyStock,
    meanDemandPerDay: mean,
    daysOfCover: coverOf(snapshot.onHand - snapshot.backordered),
    daysOfCoverWithOrders: coverOf(position),
  };
}

/** The question in one line: `Order 120 of SKU-1 for tokyo-3`. */
export function headline(question: Pick<Question, "action" | "quantity" | "productId" | "storeId">): string {
  return question.action === "restock"
    ? `Order ${quantityText(question.quantity)} of ${question.productId} for ${question.storeId}`
    : `Order nothing of ${question.productId} for ${question.storeId}`;
}
