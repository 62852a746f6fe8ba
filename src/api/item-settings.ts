/**
 * THE list of an item's settings: name on the wire, name inside, schema. Requests, answers, the catalogue's columns,
 * the stored shape and the client's types are made from it; a new setting is one entry here and one field of
 * `ItemTerms` (item-terms.ts holds the two against each other).
 */
import * as z from "zod";
import { madeOnce } from "../shared/made-once.ts";
import { cost, day, label, name, number, orDefault, quantity, MAX_LABEL } from "./fields.ts";
import { measure, packSize, setting, TERMS, words, type Wired } from "./trigger/trigger-terms.ts";
import { isoDay } from "../shared/calendar-dates.ts";

/** Far beyond any two items' ratio of sales; a larger factor is a typing error. */
const MOST_LIKE = 1_000;

const UNMET = ["lost", "backorder"] as const;

/** Made on first use: few triggers meet an item with settings of its own in an isolate that has just started. */
export const itemSettings = madeOnce(() => ({
  ...TERMS,
  name: words("name", label(MAX_LABEL)),
  supplier_id: words("supplierId", name),
  supplier_sku: words("supplierSku", label(MAX_LABEL)),
  gtin: words("gtin", z.string().refine(isGtin, "must be 8, 12, 13 or 14 digits with a right check digit")),
  order_unit: setting(
    "orderUnit",
    z.strictObject({ name: label(MAX_LABEL), units: packSize }),
    z.object({ name: z.string(), units: z.number() }),
    {
      columns: ["name", "units"],
    },
  ),
  safety_stock_level: measure("safetyStock", quantity),
  price: measure("price", cost),
  fixed_order_cost: measure("fixedOrderCost", cost),
  phase_out_on: setting("phaseOutOn", day, z.number(), { answer: z.iso.date(), toWire: isoDay }),
  unmet: setting("unmet", z.enum(UNMET), z.enum(UNMET)),
  like: setting(
    "like",
    likeOnTheWire(),
    z.object({ productId: z.string(), storeId: z.string().optional(), factor: z.number() }),
    {
      answer: z.looseObject({ product_id: z.string(), store_id: z.string().optional(), factor: z.number() }),
      toWire: ({ productId, storeId, factor }: z.output<ReturnType<typeof likeOnTheWire>>) => ({
        product_id: productId,
        store_id: storeId,
        factor,
      }),
      columns: ["product_id", "store_id", "factor"],
    },
  ),
  replaces: words("replaces", name),
}));

function likeOnTheWire() {
  return z
    .strictObject({ product_id: name, store_id: name.nullish(), factor: orDefault(number.gt(0).max(MOST_LIKE), 1) })
    .transform(({ product_id, store_id, factor }) => ({
      productId: product_id,
      storeId: store_id ?? undefined,
      factor,
    }));
}

export type ItemSettings = ReturnType<typeof itemSettings>;
export type WireSettings = Partial<z.output<z.ZodObject<Wired<ItemSettings>>>>;

/** GS1: from the right, digits weigh 3 and 1 in turn, and the check digit makes the sum a multiple of ten. */
export function isGtin(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return false;
  const sum = [...text].toReversed().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
