/** What a transition writes: the records it changed, with their deliveries, and the orders that come of it. */
import type { ItemOrder } from "../workflow/orders/item-order.ts";
import { orderStatusOf, type OrderRow } from "../workflow/orders/order-row.ts";
import type { Transition } from "../workflow/record.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { WorldSlice } from "../world/types.ts";
import type { ItemDeps } from "./deps.ts";
import { withDeliveries } from "./effects/planned-deliveries.ts";
import { followed } from "./purchase/purchase-lines.ts";
import { plannedOrders } from "./purchase/purchase-plan.ts";
import type { Change, Journal } from "./store/journal.ts";

/** What is written together with a transition. */
export interface WriteExtras extends Pick<Change, "identity" | "idempotency" | "orders"> {
  /** True when the transition is the decision on a stock count, which is then the newest one processed. */
  readonly isCount?: boolean;
}

interface Surroundings {
  readonly deps: Pick<ItemDeps, "deliverer" | "purchaseObjectOf">;
  readonly journal: Journal;
  readonly world: WorldSlice;
}

/** The first of its workflows is the transition's subject. */
interface TransitionChange extends Change {
  readonly workflows: readonly [Workflow, ...Workflow[]];
}

/** For a supplier who is sent purchase orders, the order becomes part of one; see `plannedOrders`. */
export function changeOf(item: Surroundings, result: Transition, extras: WriteExtras, now: number): TransitionChange {
  const { deps, journal } = item;
  const { storeId } = result.workflow;
  const objectOf = (supplierId: string): string => deps.purchaseObjectOf(storeId, supplierId);
  const finish = (workflow: Workflow): Workflow =>
    withDeliveries(workflow, result, (...notice) => deps.deliverer.plan(...notice, item.world), now);
  const { order, replanned } = plannedOrders(result, journal.orders.rows, item.world, objectOf, now);
  const subject = finish(withOrderStatus(result.workflow, order));
  return {
    identity: extras.identity,
    idempotency: extras.idempotency,
    workflows: [subject, ...result.others.map(finish), ...followed(journal, replanned, now)],
    orders: [...(extras.orders ?? []), ...replanned, ...(order === null ? [] : [placed(order)])],
    countedSeq: extras.isCount === true ? subject.seq : undefined,
  };
}

/** Records on the decision which purchase order its order belongs to. */
function withOrderStatus(workflow: Workflow, order: ItemOrder | null): Workflow {
  const { purchase } = order ?? {};
  if (purchase === undefined) return workflow;
  return { ...workflow, purchase: { poId: purchase.poId, status: orderStatusOf(purchase) } };
}

function placed(order: ItemOrder): OrderRow {
  return { schema: 1, ordered: order.quantity, order, closedAt: null, closedBy: null };
}
