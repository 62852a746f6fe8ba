/**
 * What is asked, as plain values: built once from a stored workflow and rendered by mail, Slack and page alike, so
 * every channel shows the same numbers. Everything comes from stored numbers; only `modelWords` and `notes` are
 * somebody's words, and every channel marks them as such.
 */
import type { OrderConstraints } from "../replenishment/types.ts";
import { countShown } from "../workflow/asking/shelf.ts";
import type { ReviewReason } from "../workflow/review.ts";
import type { ShownAs } from "../workflow/asking/shown-as.ts";
import type { Action } from "../workflow/types/decision.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import { localDay } from "../world/zones.ts";
import { formatsOf } from "../shared/formats.ts";
import { doubtsOf } from "./doubts.ts";
import { lastingText, type LastingFacts } from "./lasting-text.ts";
import { orderSum, type OrderSum } from "./order-sum.ts";
import { NAME_MAX_LENGTH, singleLine } from "./safe-text.ts";
import { confidenceText, proseOf, reasonText } from "./wording.ts";

/** Text from outside is cut at this length. */
const WORDS_MAX_LENGTH = 600;

export interface Question {
  readonly workflowId: string;
  readonly revision: number;
  readonly storeId: string;
  readonly productId: string;
  /** Names, and the store's formats of numbers and times; input of `formatsOf`. */
  readonly shownAs: ShownAs;
  readonly action: Action;
  readonly quantity: number;
  /** Order value in the currency of the unit cost; null without one. */
  readonly value: number | null;
  readonly unitCost: number | null;
  /** Day of the store's calendar. */
  readonly arrivesOn: number;
  readonly leadTimeDays: number;
  /** Null when demand is unknown. */
  readonly lasting: LastingFacts | null;
  readonly sum: OrderSum | null;
  /** Why the confidence is low; empty where it is not. */
  readonly doubts: readonly string[];
  readonly stock: StockFacts;
  readonly confidence: { readonly score: number; readonly words: string };
  /**
   * Probability that stock runs out before the next order could arrive, if nothing is ordered; null under the plain
   * rule, which knows no demand.
   */
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
  readonly approvals: {
    readonly given: number;
    readonly needed: number;
    /** Who, and for how many units where that is not what is asked. */
    readonly by: readonly string[];
    /** Another quantity than the one that is asked was approved. */
    readonly ofOther: boolean;
  };
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
  const shownAs = safelyShown(workflow.shownAs ?? {});
  const formats = formatsOf(shownAs);
  const arrivesOn = arrivalOf(workflow, review.askedAt);
  return {
    workflowId: workflow.id,
    revision: workflow.revision,
    storeId: singleLine(workflow.storeId, NAME_MAX_LENGTH),
    productId: singleLine(workflow.productId, NAME_MAX_LENGTH),
    shownAs,
    action: recommendation.action,
    quantity: recommendation.quantity,
    value: snapshot.unitCost === null ? null : snapshot.unitCost * recommendation.quantity,
    unitCost: snapshot.unitCost,
    arrivesOn,
    leadTimeDays: snapshot.leadTimeDays,
    lasting: lastingOf(workflow, arrivesOn),
    sum: orderSum({ ...snapshot, quantity: recommendation.quantity, evidence }, formats),
    doubts: doubtsOf(workflow, recommendation.confidence),
    stock: stockFacts(workflow),
    confidence: { score: recommendation.confidence, words: confidenceText(recommendation.confidence) },
    stockoutRiskIfHold: evidence.meanDemandPerDay === null ? null : evidence.stockoutProbabilityIfHold,
    inStockProbability: decision.inStockProbability,
    reasons: review.reasons,
    why: review.reasons.map(reasonText),
    rationale: proseOf(singleLine(decision.rationale, WORDS_MAX_LENGTH), formats),
    numbers: decision.reasons.map((reason) => proseOf(singleLine(reason, WORDS_MAX_LENGTH), formats)),
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
      by: review.approvals.map(({ actor, quantity }) => {
        const label = singleLine(actor.label, NAME_MAX_LENGTH);
        return isOther(quantity, recommendation.quantity) ? `${label} for ${formats.quantity(quantity)}` : label;
      }),
      ofOther: review.approvals.some(({ quantity }) => isOther(quantity, recommendation.quantity)),
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
    onHand: countShown(snapshot),
    onOrder: Math.max(0, position - snapshot.onHand + snapshot.backordered),
    backordered: snapshot.backordered,
    position,
    safetyStock: snapshot.safetyStock,
    meanDemandPerDay: mean,
    daysOfCover: coverOf(snapshot.onHand - snapshot.backordered),
    daysOfCoverWithOrders: coverOf(position),
  };
}

/** The question in one line: `Order 120 of Green tea for Tokyo 3`, or by their ids where they have no names. */
export function headline(question: Asked): string {
  return question.action === "restock"
    ? `Order ${formatsOf(question.shownAs ?? {}).quantity(question.quantity)} of ${itemName(question)} for ` +
        `${storeName(question)}`
    : `Order nothing of ${itemName(question)} for ${storeName(question)}`;
}

type Asked = Pick<Question, "action" | "quantity" | "productId" | "storeId"> & {
  readonly shownAs?: ShownAs | undefined;
};
type Named = Pick<Asked, "productId" | "storeId" | "shownAs">;

export function itemName({ productId, shownAs }: Pick<Named, "productId" | "shownAs">): string {
  return shownAs?.name ?? productId;
}

export function storeName({ storeId, shownAs }: Pick<Named, "storeId" | "shownAs">): string {
  return shownAs?.store ?? storeId;
}

/** `Sold out Wed 2 Dec, whatever you choose. …`; null where nothing is known of demand. */
export function lastingLine({ lasting, shownAs }: Pick<Question, "lasting" | "shownAs">): string | null {
  return lasting === null ? null : lastingText(lasting, formatsOf(shownAs));
}

/** `This order needs 2 people; approved so far by Ana.`; null where one is enough. */
export function peopleLine({ approvals: { needed, by, ofOther } }: Pick<Question, "approvals">): string | null {
  if (needed <= 1) return null;
  const soFar = by.length > 0 ? `; approved so far by ${by.join(", ")}` : "";
  return `This order needs ${needed} people${soFar}.${ofOther ? " They have to approve the same number." : ""}`;
}

function isOther(approved: number | null, asked: number): approved is number {
  return approved !== null && approved !== asked;
}

/** Why the confidence is low, after its words; empty where it is not. */
export function doubtText({ doubts }: Pick<Question, "doubts">): string {
  return doubts.length === 0 ? "" : ` (${doubts.join("; ")})`;
}

function safelyShown(shown: ShownAs): ShownAs {
  const { name, store, supplier } = shown;
  return {
    ...shown,
    ...(name === undefined ? {} : { name: cleanName(name) }),
    ...(store === undefined ? {} : { store: cleanName(store) }),
    ...(supplier === undefined ? {} : { supplier: cleanName(supplier) }),
  };
}

function cleanName(text: string): string {
  return singleLine(text, NAME_MAX_LENGTH);
}

/** The calendar's day; without a calendar, the lead time after the day on which people were asked. */
function arrivalOf({ snapshot, decision, shownAs }: Workflow, askedAt: number): number {
  const calendar = decision?.calendar ?? snapshot.calendar;
  return calendar?.arrivesOn ?? localDay(askedAt, shownAs?.timeZone ?? "UTC") + Math.round(snapshot.leadTimeDays);
}

function lastingOf({ snapshot, decision, recommendation }: Workflow, arrivesOn: number): LastingFacts | null {
  const { soldOutOn, lastsUntil } = decision?.evidence ?? {};
  if (soldOutOn === undefined) return null;
  const isEmpty = snapshot.onHand <= 0;
  return { soldOutOn, lastsUntil: lastsUntil ?? null, arrivesOn, quantity: recommendation?.quantity ?? 0, isEmpty };
}
