/**
 * How far a model may move the baseline, and which proposals a person must see. Pure: numbers in, numbers out.
 *
 * - The quantity is feasible under the constraints, or it is the baseline.
 * - It stays inside a band around the baseline. Only an event that the notes really name widens the band.
 * - It never costs more than the maximum order value, unless the baseline already does (and people are then asked
 *   anyway).
 * - The model's claimed certainty never takes a reason for review away; its doubt may add one.
 */
import { checkQuantity, packOf, roundOrder, wholePacks } from "../../replenishment/order/constraints.ts";
import { assessQuantity } from "../../replenishment/plan.ts";
import type { Plan, PlanInput, QuantityAssessment } from "../../replenishment/types.ts";
import type { ReviewReason } from "../../workflow/review.ts";
import { comparable } from "./clean-text.ts";
import type { Reply } from "./reply.ts";

/**
 * Half-width of the band as a share of the span (below), when the model names no event: a correction, not a new plan.
 */
const PLAIN_BAND = 0.25;
/** The same with a named event: from nothing to twice the span. More than a doubling is a person's decision to make. */
const EVENT_BAND = 1;
/** A move past this share of the span goes to a person even inside the band. */
const MUCH = 0.5;
/** Below this share of the baseline's confidence the numbers contradict the model. Any move away from it loses some. */
const CONTRADICTED = 0.5;
/** A person must answer when the model moves the quantity and itself says that it is guessing. */
const GREAT_DOUBT = 0.5;
/** Shorter quotations are found in any text by chance. Two characters are a word in Japanese and Chinese. */
const SHORTEST_QUOTE = 2;

const FLOAT_SLACK = 1e-9;

export interface BoundsInput {
  readonly plan: Plan;
  readonly input: PlanInput;
  readonly reply: Reply;
  /** The outside text that the model was shown, as it was shown. */
  readonly notes: string;
  /** In the store's money, as the limit; null = unknown. */
  readonly unitCost: number | null;
  /** Null = no limit. */
  readonly maximumOrderValue: number | null;
}

export interface BoundedAdvice extends QuantityAssessment {
  readonly quantity: number;
  readonly reviewReasons: readonly ReviewReason[];
}

export function holdInBounds({ plan, input, reply, notes, unitCost, maximumOrderValue }: BoundsInput): BoundedAdvice {
  const baseline = plan.quantity;
  const wanted = wantedQuantity(reply, baseline);
  const span = spanOf(plan, input);
  const eventNamed = namesEvent(reply, notes);
  const width = span * (eventNamed ? EVENT_BAND : PLAIN_BAND);
  const affordable =
    unitCost !== null && unitCost > 0 && maximumOrderValue !== null ? maximumOrderValue / unitCost : Infinity;
  const lower = Math.max(0, baseline - width);
  const upper = Math.min(baseline + width, Math.max(baseline, affordable));
  const held = Math.min(upper, Math.max(lower, wanted));
  const quantity = feasibleWithin(held, { lower, upper }, plan, input);

  // Measured by the band, not by the wanted quantity, which may be arbitrarily large.
  const slack = FLOAT_SLACK * Math.max(1, upper);
  const leftBand = Math.abs(wanted - held) > slack;
  const moved = quantity !== baseline;
  const assessed = moved
    ? assessQuantity(input, quantity)
    : { confidence: plan.confidence, inStockProbability: plan.inStockProbability };
  const disagrees =
    saysOtherThanItDoes(reply, wanted, baseline, slack) ||
    (reply.event !== null && !eventNamed) ||
    (moved &&
      (quantity > 0 !== baseline > 0 ||
        Math.abs(quantity - baseline) > MUCH * span + slack ||
        reply.evidence.length === 0 ||
        !(reply.doubt < GREAT_DOUBT) ||
        assessed.confidence < plan.confidence * CONTRADICTED));
  const reviewReasons: ReviewReason[] = [];
  if (leftBand) reviewReasons.push("model_left_band");
  if (disagrees) reviewReasons.push("model_disagrees");
  return { quantity, ...assessed, reviewReasons };
}

function wantedQuantity(reply: Reply, baseline: number): number {
  if (reply.proposal === "multiplier") return baseline * (reply.multiplier ?? 1);
  if (reply.proposal === "quantity") return reply.quantity ?? baseline;
  return baseline;
}

/** The scale of a move: the order itself, or for small ones what sells between two orders. */
function spanOf(plan: Plan, input: PlanInput): number {
  return Math.max(plan.quantity, plan.evidence.meanDemand * Math.max(1, input.reviewPeriod));
}

/** True when the model names an event and quotes words that the notes really hold. */
function namesEvent(reply: Reply, notes: string): boolean {
  if (reply.event === null) return false;
  const quote = comparable(reply.event.quote);
  return [...quote].length >= SHORTEST_QUOTE && comparable(notes).includes(quote);
}

/** Packs round up, or down when that would leave the band. When no quantity is feasible, the baseline is kept. */
function feasibleWithin(held: number, band: { lower: number; upper: number }, plan: Plan, input: PlanInput): number {
  const position = plan.evidence.inventoryPosition;
  const pack = packOf(input.constraints);
  const slack = FLOAT_SLACK * Math.max(1, band.upper);
  const candidates = [
    roundOrder(held, input.constraints, position).quantity,
    wholePacks(Math.floor(held / pack + FLOAT_SLACK), pack),
  ];
  const feasible = (quantity: number) =>
    quantity >= band.lower - slack &&
    quantity <= band.upper + slack &&
    (held <= 0 || quantity > 0) &&
    checkQuantity(quantity, input.constraints, position) === null;
  return candidates.find(feasible) ?? plan.quantity;
}

function saysOtherThanItDoes(reply: Reply, wanted: number, baseline: number, slack: number): boolean {
  const does = Math.abs(wanted - baseline) <= slack ? "keep" : wanted > baseline ? "raise" : "lower";
  // A multiplier cannot move a baseline of zero, so a person sees that the model wanted more.
  return reply.direction !== does;
}
