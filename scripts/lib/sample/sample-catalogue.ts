/**
 * The forty items of the sample: a corner shop. Written by hand, so that the morning shows every kind of decision:
 * how each sells, what it costs, how it is delivered, and how many days of sales are on the shelf this morning.
 */
export type Demand = "smooth" | "seasonal" | "intermittent" | "new";

export interface SampleItem {
  readonly productId: string;
  readonly demand: Demand;
  /** Mean units sold a day; for a new item, the owner's estimate. */
  readonly perDay: number;
  readonly unitCost: number;
  readonly leadTimeDays: number;
  readonly packSize: number;
  /** On the shelf this morning, in days of mean sales. */
  readonly coverDays: number;
  /** Has an order on the way, made yesterday evening. */
  readonly orderedYesterday: boolean;
  /** The owner keeps a forecast of their own for it. */
  readonly forecast: boolean;
  /** Sold many times the usual yesterday: somebody is asked whether that was an event. */
  readonly spike: boolean;
  /** Its sales stopped coming weeks ago: somebody is asked, since nobody knows what sold since. */
  readonly silent: boolean;
}

type Row = readonly [
  productId: string,
  demand: Demand,
  perDay: number,
  unitCost: number,
  leadTimeDays: number,
  packSize: number,
  coverDays: number,
  extra?: "ordered" | "forecast" | "spike" | "silent",
];

const ROWS: readonly Row[] = [
  ["milk-whole-1l", "smooth", 42, 0.82, 1, 12, 0.6],
  ["milk-oat-1l", "smooth", 14, 1.35, 2, 6, 4.5],
  ["bread-white-sliced", "smooth", 30, 0.95, 1, 10, 0.5, "forecast"],
  ["bread-rye-500g", "smooth", 9, 1.6, 1, 6, 3.2],
  ["eggs-free-range-10", "smooth", 18, 2.1, 2, 10, 1.1],
  ["butter-250g", "smooth", 11, 1.75, 3, 20, 9],
  ["bananas-loose-kg", "smooth", 16, 0.7, 1, 1, 0.4],
  ["coffee-ground-250g", "smooth", 7, 3.4, 5, 12, 3],
  ["sugar-white-1kg", "smooth", 6, 0.8, 5, 10, 14],
  ["pasta-penne-500g", "smooth", 10, 0.65, 4, 24, 2.2, "silent"],
  ["toilet-paper-8", "smooth", 8, 2.9, 4, 6, 1.5, "ordered"],
  ["water-still-1.5l", "smooth", 26, 0.38, 2, 6, 1.2, "ordered"],
  ["cat-food-400g", "smooth", 12, 0.55, 4, 24, 8],
  ["washing-up-liquid-500ml", "smooth", 4, 1.1, 5, 12, 11],
  ["ice-cream-vanilla-1l", "seasonal", 6, 2.4, 3, 6, 9],
  ["lemonade-1l", "seasonal", 11, 0.9, 3, 12, 2],
  ["beer-lager-0.5l", "seasonal", 48, 0.74, 2, 24, 1.3, "forecast"],
  ["soup-tomato-400g", "seasonal", 9, 0.95, 4, 12, 1.8, "spike"],
  ["cocoa-500g", "seasonal", 5, 2.2, 5, 8, 2.5],
  ["mandarins-net-1kg", "seasonal", 13, 1.3, 1, 10, 0.7],
  ["croissant-butter", "seasonal", 22, 0.4, 1, 12, 0.3, "forecast"],
  ["newspaper-weekend", "seasonal", 19, 1.9, 1, 1, 2.4],
  ["barbecue-charcoal-3kg", "seasonal", 3, 3.1, 6, 4, 12, "forecast"],
  ["batteries-aa-4", "intermittent", 1.4, 2.6, 6, 10, 22],
  ["umbrella-folding", "intermittent", 0.5, 4.2, 7, 5, 18],
  ["light-bulb-e27-led", "intermittent", 0.6, 2.3, 7, 10, 25],
  ["shoelaces-black-90cm", "intermittent", 0.25, 0.9, 7, 12, 40],
  ["birthday-candles-24", "intermittent", 0.7, 1.2, 6, 12, 20],
  ["printer-paper-a4", "intermittent", 0.9, 3.3, 5, 5, 17],
  ["olive-oil-extra-0.75l", "intermittent", 1.8, 5.9, 5, 6, 3, "ordered"],
  ["baby-wipes-72", "intermittent", 2.2, 1.4, 4, 12, 15],
  ["plasters-assorted-40", "intermittent", 0.4, 1.7, 7, 10, 30],
  ["sewing-kit-travel", "intermittent", 0.15, 2, 8, 6, 45],
  ["kombucha-ginger-330ml", "new", 4, 1.5, 3, 12, 0.5],
  ["oat-bar-hazelnut-45g", "new", 6, 0.7, 3, 24, 4],
  ["cold-brew-can-250ml", "new", 5, 1.25, 3, 12, 5],
  ["tofu-smoked-200g", "new", 3, 1.8, 2, 6, 5],
  ["sourdough-crackers-150g", "new", 3, 1.55, 4, 12, 6],
  ["plant-burger-2x113g", "new", 2, 2.7, 3, 8, 7],
  ["bamboo-toothbrush", "new", 1, 1.3, 7, 10, 12],
];

export const SAMPLE_CATALOGUE: readonly SampleItem[] = ROWS.map(
  ([productId, demand, perDay, unitCost, leadTimeDays, packSize, coverDays, extra]) => ({
    productId,
    demand,
    perDay,
    unitCost,
    leadTimeDays,
    packSize,
    coverDays,
    orderedYesterday: extra === "ordered",
    forecast: extra === "forecast",
    spike: extra === "spike",
    silent: extra === "silent",
  }),
);
