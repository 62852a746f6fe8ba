/**
 * THE list of an item's settings: name on the wire, name inside, schema. Requests, answers, the catalogue's columns,
 * the stored shape and the client's types are made from it; a new setting is one entry here and one field of
 * `ItemTerms` (item-terms.ts holds the two against each other).
 */
import * as z from "zod";
import { dateOf } from "../shared/iso-days.ts";
import { cost, day, label, MAX_QUANTITY, name, number, quantity } from "./fields.ts";

const MAX_DAYS = 3_650;
/** A minute: shorter periods are typing errors, and as divisors they would overflow. */
const SHORTEST_DAYS = 1 / 1_440;
/** A thousandth of a unit: a gram where the unit is a kilogram. */
const SMALLEST_PACK = 0.001;
const MAX_LABEL = 200;
/** Far beyond any two items' ratio of sales; a larger factor is a typing error. */
const MOST_LIKE = 1_000;

const days = (least: number) => number.min(least).max(MAX_DAYS);
/** Orders are whole packs of this; a fractional one allows fractional quantities. */
const packSize = number.min(SMALLEST_PACK).max(MAX_QUANTITY);

interface Setting<Stored extends string, Wire extends z.ZodType> {
  readonly stored: Stored;
  /** From the wire to what is stored. */
  readonly wire: Wire;
  /** As it comes back from the database. */
  readonly kept: z.ZodType;
  /** As answers show it. */
  readonly answer: z.ZodType;
  readonly toWire: (value: never) => unknown;
  /** Columns of a catalogue; null = one of the setting's own name. A member's column ends in `_` and its name. */
  readonly columns: readonly string[] | null;
}

function setting<Stored extends string, Wire extends z.ZodType>(
  stored: Stored,
  wire: Wire,
  plain: z.ZodType,
  other: Partial<Pick<Setting<Stored, Wire>, "answer" | "toWire" | "columns">> = {},
): Setting<Stored, Wire> {
  return { stored, wire, kept: plain, answer: plain, toWire: (value) => value, columns: null, ...other };
}

const measure = <Stored extends string, Wire extends z.ZodType>(stored: Stored, wire: Wire) =>
  setting(stored, wire, z.number());
const words = <Stored extends string, Wire extends z.ZodType>(stored: Stored, wire: Wire) =>
  setting(stored, wire, z.string());

/** What a trigger may say as well: its word replaces the stored one. */
const TERMS = {
  lead_time_days: measure("leadTimeDays", days(0)),
  review_period_days: measure("reviewPeriodDays", days(SHORTEST_DAYS)),
  holding_cost: measure("holdingCost", cost),
  shortage_cost: measure("shortageCost", cost),
  service_level: measure("serviceLevel", number.gt(0).lt(1)),
  unit_cost: measure("unitCost", cost),
  min_order_quantity: measure("minOrderQuantity", quantity),
  pack_size: measure("packSize", packSize),
  max_stock: measure("maxStock", quantity),
  shelf_life_days: measure("shelfLifeDays", days(SHORTEST_DAYS)),
} as const;

const OrderUnit = z.strictObject({ name: label(MAX_LABEL), units: packSize });
const Like = z
  .strictObject({ product_id: name, store_id: name.nullish(), factor: number.gt(0).max(MOST_LIKE).default(1) })
  .transform(({ product_id, store_id, factor }) => ({ productId: product_id, storeId: store_id ?? undefined, factor }));
const UNMET = ["lost", "backorder"] as const;

export const SETTINGS = {
  ...TERMS,
  name: words("name", label(MAX_LABEL)),
  supplier_id: words("supplierId", name),
  supplier_sku: words("supplierSku", label(MAX_LABEL)),
  gtin: words("gtin", z.string().refine(isGtin, "must be 8, 12, 13 or 14 digits with a right check digit")),
  order_unit: setting("orderUnit", OrderUnit, z.object({ name: z.string(), units: z.number() }), {
    columns: ["name", "units"],
  }),
  safety_stock_level: measure("safetyStock", quantity),
  price: measure("price", cost),
  fixed_order_cost: measure("fixedOrderCost", cost),
  phase_out_on: setting("phaseOutOn", day, z.number(), { answer: z.iso.date(), toWire: dateOf }),
  unmet: setting("unmet", z.enum(UNMET), z.enum(UNMET)),
  like: setting("like", Like, z.object({ productId: z.string(), storeId: z.string().optional(), factor: z.number() }), {
    answer: z.looseObject({ product_id: z.string(), store_id: z.string().optional(), factor: z.number() }),
    toWire: ({ productId, storeId, factor }: z.output<typeof Like>) => ({
      product_id: productId,
      store_id: storeId,
      factor,
    }),
    columns: ["product_id", "store_id", "factor"],
  }),
  replaces: words("replaces", name),
} as const;

type Settings = typeof SETTINGS;
type Wired<S extends Readonly<Record<string, { readonly wire: z.ZodType }>>> = {
  -readonly [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]["wire"]>>;
};

function wired<S extends Readonly<Record<string, { readonly wire: z.ZodType }>>>(settings: S): Wired<S> {
  return Object.fromEntries(Object.entries(settings).map(([key, { wire }]) => [key, wire.nullish()])) as Wired<S>;
}

/** The settings that a trigger may bring along. */
export const termFields = wired(TERMS);
const settingFields = wired(SETTINGS);

export type WireSettings = Partial<z.output<z.ZodObject<Wired<Settings>>>>;

export const SettingsBody = z.strictObject(settingFields).superRefine((wire, context) => {
  for (const [path, message] of contradictions(wire)) context.addIssue({ code: "custom", path: [path], message });
});

export const settingAnswers = Object.fromEntries(
  Object.entries(SETTINGS).map(([key, { answer }]) => [key, answer.optional()]),
) as { [K in keyof Settings]: z.ZodOptional<z.ZodType<z.input<Settings[K]["wire"]>>> };

/** A column of the catalogue, and where its cell goes. */
export interface SettingColumn {
  readonly setting: keyof Settings;
  /** The member of an object such as `order_unit`. */
  readonly member: string | null;
  readonly isNumber: boolean;
}

const NUMBER_MEMBERS: ReadonlySet<string> = new Set(["units", "factor"]);

export const SETTING_COLUMNS: Readonly<Record<string, SettingColumn>> = Object.fromEntries(
  Object.entries(SETTINGS).flatMap(([key, { columns, kept }]): [string, SettingColumn][] => {
    const setting = key as keyof Settings;
    if (columns === null)
      return [[key, { setting, member: null, isNumber: kept instanceof z.ZodNumber && key !== "phase_out_on" }]];
    return columns.map((member) => [`${key}_${member}`, { setting, member, isNumber: NUMBER_MEMBERS.has(member) }]);
  }),
);

/** Settings that leave no order whatever happens are a typing error. A `max_stock` of 0 means "do not order". */
export function* contradictions(wire: WireSettings): Generator<[path: string, message: string]> {
  const orderUnit = wire.order_unit ?? undefined;
  const maxStock = wire.max_stock ?? undefined;
  const pack = wire.pack_size ?? orderUnit?.units ?? 1;
  if (orderUnit !== undefined && !isMultiple(pack, orderUnit.units)) {
    yield ["pack_size", `must be a multiple of the ${orderUnit.units} units of order_unit`];
  }
  const smallest = Math.max(pack, Math.ceil((wire.min_order_quantity ?? 0) / pack - 1e-9) * pack);
  if (maxStock !== undefined && maxStock > 0 && smallest > maxStock * (1 + 1e-9)) {
    yield ["max_stock", `leaves no order: the smallest one is ${smallest}`];
  }
}

function isMultiple(value: number, unit: number): boolean {
  const times = value / unit;
  return times > 0.5 && Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, times);
}

/** GS1: from the right, digits weigh 3 and 1 in turn, and the check digit makes the sum a multiple of ten. */
function isGtin(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return false;
  const sum = [...text].toReversed().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
