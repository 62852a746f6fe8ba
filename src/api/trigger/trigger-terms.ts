/** The item settings that a trigger may carry too, and what a setting is made of. */
import * as z from "zod";
import { cost, MAX_QUANTITY, number, quantity } from "../fields.ts";

const MAX_DAYS = 3_650;
/** A minute: shorter periods are typing errors, and as divisors they would overflow. */
const SHORTEST_DAYS = 1 / 1_440;
/** A thousandth of a unit: a gram where the unit is a kilogram. */
const SMALLEST_PACK = 0.001;

const days = (least: number) => number.min(least).max(MAX_DAYS);
/** Orders are whole packs of this; a fractional one allows fractional quantities. */
export const packSize = number.min(SMALLEST_PACK).max(MAX_QUANTITY);

export interface Setting<Stored extends string, Wire extends z.ZodType> {
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

export function setting<Stored extends string, Wire extends z.ZodType>(
  stored: Stored,
  wire: Wire,
  plain: z.ZodType,
  other: Partial<Pick<Setting<Stored, Wire>, "answer" | "toWire" | "columns">> = {},
): Setting<Stored, Wire> {
  return { stored, wire, kept: plain, answer: plain, toWire: (value) => value, columns: null, ...other };
}

export const measure = <Stored extends string, Wire extends z.ZodType>(stored: Stored, wire: Wire) =>
  setting(stored, wire, z.number());
export const words = <Stored extends string, Wire extends z.ZodType>(stored: Stored, wire: Wire) =>
  setting(stored, wire, z.string());

/** Settings that a trigger may carry: its value replaces the stored one. */
export const TERMS = {
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

export type Wired<S extends Readonly<Record<string, { readonly wire: z.ZodType }>>> = {
  -readonly [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]["wire"]>>;
};

export function wired<S extends Readonly<Record<string, { readonly wire: z.ZodType }>>>(settings: S): Wired<S> {
  return Object.fromEntries(Object.entries(settings).map(([key, { wire }]) => [key, wire.nullish()])) as Wired<S>;
}

/** The settings that a trigger may bring along. */
export const termFields = wired(TERMS);
