/**
 * A store played day by day: goods come, every shelf is counted and decided, orders go at their cut-offs, customers
 * come. Unmet demand is lost. The same store once with purchase orders, once with an order at once for each decision.
 */
import { isOpen } from "../../../src/world/opening.ts";
import { orderValue } from "../../../src/purchasing/order/totals.ts";
import type { SupplierFacts } from "../../../src/world/types.ts";
import { momentOf } from "../../../src/world/zones.ts";
import { AtOnce } from "./at-once.ts";
import { booksOf } from "./books.ts";
import { RHYTHMS, STORE, supplierOf, weeksWorth, type Rhythm, type StockedItem } from "./four-suppliers.ts";
import { belowMinimum, OrderDesk } from "./order-desk.ts";
import { Shelf } from "./shelf.ts";
import { dayNumberOfIso } from "../../../src/replenishment/models/day-numbers.ts";

export interface PlayedSupplier {
  readonly rhythm: Rhythm;
  readonly items: number;
  readonly wanted: number;
  readonly missed: number;
  /** Worth of what is on the shelves at the end of a day, on average. */
  readonly meanStock: number;
  /** Orders that the supplier gets: gathered, or one a decision. */
  readonly orders: number;
  /** Their worth. */
  readonly ordered: number;
  /** Of it, what was below the supplier's minimum: single orders of one cut-off count together. */
  readonly belowMinimum: number;
}

export interface Played {
  readonly suppliers: readonly PlayedSupplier[];
  /** Differences in the books; empty = they balance. */
  readonly faults: readonly string[];
}

/** Before the doors open, and before any cut-off. */
const COUNT_MINUTES = 6 * 60;
const ASK_MINUTES = 9 * 60;
const CUT_OFF_MINUTES = 11 * 60;

export interface PlayedStore {
  readonly items: readonly StockedItem[];
  /** ISO date of the first day of every item's `wanted`. */
  readonly start: string;
  /** Index of the first day that is played. */
  readonly from: number;
  readonly days: number;
}

export function playStore(store: PlayedStore, send: "none" | "gathered", onDay: () => void = () => undefined): Played {
  const minimum = weeksWorth(store.items, store.from);
  const faults: string[] = [];
  const suppliers = RHYTHMS.map((rhythm) => {
    const { played, wrong } = playSupplier(store, supplierOf(rhythm, minimum, send), rhythm, onDay);
    faults.push(...wrong);
    return played;
  });
  return { suppliers, faults };
}

/** Suppliers are independent of each other, so each is played separately. */
function playSupplier(
  { items, start, from, days }: PlayedStore,
  supplier: SupplierFacts,
  rhythm: Rhythm,
  onDay: () => void,
): { readonly played: PlayedSupplier; readonly wrong: readonly string[] } {
  const firstDay = dayNumberOfIso(start);
  const objectId = String(RHYTHMS.indexOf(rhythm)).padStart(64, "0");
  const shelves = items
    .filter((item) => item.rhythm === rhythm)
    .map((item) => new Shelf(item, supplier, firstDay, from));
  const desk = new OrderDesk(supplier, shelves, objectId);
  const atOnce = new AtOnce();
  let [wanted, missed, stock] = [0, 0, 0];
  for (let index = from; index < from + days; index++) {
    const day = firstDay + index;
    const at = (minutes: number): number => momentOf(day, minutes, STORE.timeZone);
    if (isOpen(STORE, day)) {
      desk.takeIn(day, at(COUNT_MINUTES));
      for (const shelf of shelves) {
        atOnce.takeIn(shelf, day, at(COUNT_MINUTES));
        const ordered = shelf.count(() => objectId, at(COUNT_MINUTES));
        atOnce.add(shelf, ordered);
        desk.tell(shelf, at(COUNT_MINUTES));
      }
    }
    desk.wake(at(ASK_MINUTES));
    desk.wake(at(CUT_OFF_MINUTES));
    for (const shelf of shelves) {
      const units = shelf.item.wanted[index] ?? null;
      wanted += units ?? 0;
      missed += shelf.sell(units);
      stock += shelf.onHand * shelf.item.unitCost;
    }
    onDay();
  }
  const sent = desk.orders.filter(({ number }) => number !== null);
  const single = [...atOnce.worth.values()];
  const isShort = (worth: number): boolean => worth < (supplier.minimumOrderValue ?? 0);
  return {
    wrong: booksOf(desk, shelves),
    played: {
      rhythm,
      items: shelves.length,
      wanted,
      missed,
      meanStock: stock / days,
      orders: sent.length + atOnce.count,
      ordered: sum([...sent.map(orderValue), ...single]),
      belowMinimum: sum([...sent.map(belowMinimum), ...single.filter(isShort)]),
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
