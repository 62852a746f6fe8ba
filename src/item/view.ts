/** What the pages show of an item, read from its journal and inputs in one go. */
import { checkQuantity } from "../replenishment/order/constraints.ts";
import type { ConstraintViolation } from "../replenishment/types.ts";
import { seasonText, type SeasonText } from "../world/season-text.ts";
import { lastingOf } from "../workflow/world-evidence.ts";
import { chartOf } from "../review/chart.ts";
import type { ChartData } from "../review/chart-data.ts";
import { stockFacts, type StockFacts } from "../review/question.ts";
import type { ItemIdentity } from "../storage/identity.ts";
import type { Assessment } from "../workflow/assessment.ts";
import { assess } from "../workflow/steps/assess.ts";
import type { Facts, ItemInputs } from "../workflow/facts.ts";
import type { TrackRecord } from "../workflow/confidence/track-record.ts";
import type { ItemOrder } from "../workflow/orders/item-order.ts";
import type { OrderRow } from "../workflow/orders/order-row.ts";
import { isOpenRow } from "../workflow/orders/purchased-row.ts";
import { shownAs, type ShownAs } from "../workflow/asking/shown-as.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import { storeDay } from "../world/opening.ts";
import type { Planned } from "../world/plan-input.ts";
import type { WorldSlice } from "../world/types.ts";
import type { Item } from "./item.ts";
import { mayTakeBack } from "./again/take-back-answer.ts";

/** Most decisions that an item's pages list. */
const LATEST = 20;

export interface ItemView {
  readonly item: ItemIdentity;
  /** By its present settings and store. */
  readonly shownAs: ShownAs;
  /** The workflow asked for, or the one of the newest count; null when nothing was ever counted. */
  readonly workflow: Workflow | null;
  /** By its count, and what was received and ordered since; null as above. */
  readonly stock: StockOfNow | null;
  readonly chart: ChartData | null;
  /** Why the tried quantity could not be ordered; null when it could, or none was tried. */
  readonly violation: ConstraintViolation | null;
  readonly openQuestion: Workflow | null;
  /** The requested workflow was answered, and the answer has had no effect outside yet. */
  readonly mayTakeBack: boolean;
  readonly openOrders: readonly OpenOrder[];
  readonly track: TrackRecord | null;
  /** The store's season; null = none is set or learned. */
  readonly season: SeasonText | null;
  /** Newest first. */
  readonly latest: readonly Workflow[];
}

/** With who placed it, where somebody did by hand. */
export type OpenOrder = ItemOrder & Pick<OrderRow, "placed">;

export interface StockOfNow extends StockFacts {
  readonly receivedSince: number;
}

/** What a reader tries out; nothing of it is stored. */
export interface Trial {
  readonly quantity: number | null;
  /** The purchase order whose line the quantity is instead of; null = it is ordered beside what is on order. */
  readonly insteadOf?: string | null;
}

/** The view of `asked`, else of the newest count. Null when the item is unknown. */
export async function viewOf(item: Item, asked: Workflow | null, trial: Trial): Promise<ItemView | null> {
  const { identity, workflows, orders } = item.journal;
  if (identity === null) return null;
  const { storeId, productId } = identity;
  const inputs = await item.knowledge.load({ storeId, productId });
  const now = item.deps.now();
  const shown = asked?.seq ?? workflows.newestCount?.seq;
  const found = shown === undefined ? null : (workflows.read(shown) ?? asked);
  const workflow = found === null ? null : item.asOfNow(found);
  const counted = workflow === null ? null : countedView(item, workflow, inputs, trial);
  const open = item.openQuestion;
  const presentOpen = open === null ? null : item.asOfNow(open);
  return {
    item: { storeId, productId },
    shownAs: shownAs(inputs.terms, item.world) ?? {},
    workflow,
    stock: counted?.stock ?? null,
    chart: counted?.chart ?? null,
    violation: counted?.violation ?? null,
    openQuestion: presentOpen?.status === "awaiting_human_review" ? presentOpen : null,
    mayTakeBack: asked !== null && workflow !== null && mayTakeBack(item, workflow, now),
    openOrders: orders.rows.filter(isOpenRow).map(({ order, placed }) => ({ ...order, placed })),
    track: workflows.newestCount?.track ?? null,
    season: seasonOf(item.world, counted?.planned ?? null, workflow, now),
    latest: workflows.latest(LATEST).map((entry) => item.asOfNow(entry)),
  };
}

/** What follows from a count, as it would be assessed now. */
function countedView(
  item: Item,
  workflow: Workflow,
  inputs: ItemInputs,
  { quantity: tried, insteadOf = null }: Trial,
): Pick<ItemView, "stock" | "chart" | "violation"> & { readonly planned: Planned | null } {
  const { snapshot } = workflow;
  const facts = without(insteadOf, item.facts(inputs, snapshot));
  const assessment = assess(snapshot, facts, item.deps.now());
  const position = assessment.decision.evidence.inventoryPosition;
  return {
    stock: stockOfNow(workflow, facts, assessment),
    chart: chartOf(assessment, workflow, inputs.history, tried),
    violation: tried === null ? null : checkQuantity(tried, snapshot.constraints, position),
    planned: assessment.planned,
  };
}

function stockOfNow({ snapshot }: Workflow, { receivedSince }: Facts, { decision }: Assessment): StockOfNow {
  const present = { ...snapshot, onHand: snapshot.onHand + receivedSince };
  return { ...stockFacts({ snapshot: present, decision }), receivedSince };
}

function without(purchaseOrder: string | null, facts: Facts): Facts {
  if (purchaseOrder === null) return facts;
  return { ...facts, openOrders: facts.openOrders.filter(({ purchase }) => purchase?.poId !== purchaseOrder) };
}

/** Uses the lead time of the newest count; without a count, an order counts as arriving today. */
function seasonOf(
  { season, store }: WorldSlice,
  planned: Planned | null,
  workflow: Workflow | null,
  now: number,
): SeasonText | null {
  if (season === null) return null;
  const today = planned?.present.today ?? storeDay(now, store);
  const arrivesOn =
    planned === null ? today + Math.round(workflow?.snapshot.leadTimeDays ?? 0) : lastingOf(planned, 0, 0).arrivesOn;
  return seasonText(season, today, arrivesOn);
}
