/** What leaves an item, as parts that are each given no more of the item than they need. */
import { isRefusedByDatabase } from "../../shared/database-away.ts";
import type { AlarmClock } from "../../shared/alarm-clock.ts";
import type { Recorded } from "../../storage/record/workflow-record.ts";
import { toldRow } from "../../workflow/orders/line-version.ts";
import { moveOn } from "../../workflow/orders/purchased-orders.ts";
import type { ItemDeps } from "../deps.ts";
import { Deliveries } from "./deliveries.ts";
import { Projections } from "./projections.ts";
import { ToldLines } from "./told-lines.ts";
import type { Inputs } from "../knowledge/inputs.ts";
import { followed, lineCall } from "../purchase/purchase-lines.ts";
import type { Change, Journal } from "../store/journal.ts";

/** What they use of the whole item. */
interface Whole {
  readonly deps: ItemDeps;
  readonly journal: Journal;
  readonly inputs: Inputs;
  readonly clock: AlarmClock;
  readonly write: (change: Change) => void;
  readonly project: (recorded: readonly Recorded[]) => Promise<void>;
  /** Called when planned units moved to another purchase order. */
  readonly moved: (from: string, to: string) => void;
}

export interface ItemEffects {
  readonly projections: Projections;
  readonly deliveries: Deliveries;
  readonly lines: ToldLines;
}

export function effectsOf({ deps, journal, inputs, clock, write, project, moved }: Whole): ItemEffects {
  const { workflows } = journal;
  const { now, waitUntil, onFailure } = deps;
  const projections = new Projections({
    hasUnconfirmed: () => workflows.hasUnconfirmed,
    unconfirmed: (limit) => workflows.unconfirmed(limit),
    confirm: (confirmed) => workflows.confirm(confirmed),
    push: project,
    wakeAt: (at) => clock.arm(at, now()),
    isRefusal: isRefusedByDatabase,
    onFailure: (cause) => onFailure("projection", cause),
    onParked: ({ id }, cause) =>
      onFailure("projection_parked", new Error("the database refuses the workflow's record", { cause }), id),
    waitUntil,
    now,
  });
  const deliveries = new Deliveries({
    active: () => workflows.active,
    read: (seq) => workflows.read(seq),
    questionsReplacedBy: (workflowId) => workflows.questionsReplacedBy(workflowId),
    demand: () => inputs.atHand().history,
    attempt: (...delivery) => deps.deliverer.attempt(...delivery),
    save: (workflow) => write({ workflows: [workflow] }),
    onFailure: (cause) => onFailure("alarm", cause),
    waitUntil,
    now,
  });
  const lines = new ToldLines({
    untold: () => journal.orders.untold,
    line: (poId) => lineCall(journal, inputs.atHand().terms, poId),
    tell: (call) => deps.tellPurchaseOrder(call),
    told: (poId, version) => write({ orders: toldRow(journal.orders.rows, poId, version) }),
    moved: (poId, { next, lost: isLost, isGone }) => {
      const orders = moveOn(journal.orders.rows, poId, next, now(), { isLost, isGone });
      write({ orders, workflows: followed(journal, orders, now()) });
      moved(poId, next.poId);
    },
    wakeAt: (at) => clock.arm(at, now()),
    onFailure: (cause) => onFailure("purchase_order", cause),
    waitUntil,
    now,
  });
  return { projections, deliveries, lines };
}
