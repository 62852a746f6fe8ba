/** One line of the offline plan's input, parsed at the door: defaults filled in, errors named by field. */
import * as z from "zod";
import { shortageForServiceLevel } from "../../../src/replenishment/statistics/newsvendor.ts";
import type { OpenOrder, PlanInput } from "../../../src/replenishment/types.ts";
import { dayOfIso } from "../../../src/shared/calendar-dates.ts";

/** Costs when none are given: the ones of a common public benchmark, a critical ratio of 0.83. */
const DEFAULT_HOLDING = 0.2;
const DEFAULT_SHORTAGE = 1;
/** Longer histories add nothing to a plan and would let one line fill the memory. */
const MAX_HISTORY = 20_000;
/** Units, or money: beyond these a double counts no single units any more. */
const MOST = 1e12;
/** Periods: more than 27 years of days. A single lead time beyond them would have the plan look ahead without end. */
const MOST_PERIODS = 10_000;
/** A milligram, where the unit is a kilogram. */
const SMALLEST_PACK = 1e-6;
/** Periods: far below a second, however long one is. What is shorter counts as none. */
const SHORTEST = 1e-9;

const amount = z.number().nonnegative().max(MOST);
const units = z.number().min(-MOST).max(MOST);
const periods = z
  .number()
  .nonnegative()
  .max(MOST_PERIODS)
  .transform((count) => (count < SHORTEST ? 0 : count));
const somePeriods = z.number().min(SHORTEST).max(MOST_PERIODS);
const distance = z.number().min(-MOST_PERIODS).max(MOST_PERIODS);
const flag = z.union([z.boolean(), z.literal(0), z.literal(1)], "expected 0 or 1").transform(Boolean);

const forecastPoint = z.strictObject({
  mean: amount,
  p10: amount.optional(),
  p50: amount.optional(),
  p90: amount.optional(),
  std: amount.optional(),
});

const forecastPoints = z.array(z.union([forecastPoint, amount.transform((mean) => ({ mean })), z.null()]));

const forecastSchema = z.union(
  [
    forecastPoints.transform((points) => ({ points, age_days: 0, past_error: null })),
    z.strictObject({
      points: forecastPoints,
      age_days: periods.nullish().transform((age) => age ?? 0),
      past_error: amount.nullish().transform((error) => error ?? null),
    }),
  ],
  "expected points, or { points, age_days, past_error }; a point is a mean of at least 0, or { mean, p10, p50, " +
    "p90, std }",
);

const flags = z.array(flag);
const periodsOfDemand = z.array(units.nullable()).max(MAX_HISTORY);
const factors = z.array(amount).max(MAX_HISTORY);

const line = z.strictObject({
  id: z.unknown().optional(),
  history: periodsOfDemand.nullish(),
  in_stock: flags.nullish(),
  history_factors: factors.nullish(),
  history_start: z
    .string()
    .refine((text) => dayOfIso(text.slice(0, 10)) !== null, "expected a date such as 2026-01-05")
    .nullish(),
  period_days: somePeriods.nullish(),
  forecast: forecastSchema.nullish(),
  on_hand: units.nullish(),
  backordered: amount.nullish(),
  open_orders: z.array(z.strictObject({ quantity: amount, age: periods.nullish(), due: distance.nullish() })).nullish(),
  lots: z.array(z.strictObject({ quantity: amount, keeps: distance })).nullish(),
  borrowed: z
    .strictObject({
      history: periodsOfDemand,
      in_stock: flags.nullish(),
      history_factors: factors.nullish(),
      scale: amount.nullish(),
      as: z.enum(["like", "replaces"]).nullish(),
    })
    .nullish(),
  elapsed: z.number().min(0).max(1).nullish(),
  lead_time: z
    .union(
      [
        periods.transform((promised) => ({ promised, observed: [], shares: null })),
        z.strictObject({
          promised: periods.nullish(),
          observed: z.array(periods).nullish(),
          shares: z.array(z.number().min(0).max(1)).nullish(),
        }),
      ],
      "expected periods, or { promised, observed }, none of them below 0",
    )
    .nullish(),
  review_period: somePeriods.nullish(),
  arrivals: z
    .array(periods)
    .refine((times) => times.every((time, index) => index === 0 || time > times[index - 1]!), "must ascend")
    .nullish(),
  periods_left: periods.nullish(),
  costs: z
    .strictObject({ holding: amount.nullish(), shortage: amount.nullish(), fixed_order: amount.nullish() })
    .nullish(),
  service_level: z.number().gt(0).lt(1).nullish(),
  constraints: z
    .strictObject({
      min_order_quantity: amount.nullish(),
      pack_size: z.number().min(SMALLEST_PACK).max(MOST).nullish(),
      max_stock: amount.nullish(),
    })
    .nullish(),
  safety_stock: amount.nullish(),
  unmet: z.enum(["lost", "backorder"]).nullish(),
  seasonal_profile: z
    .union(
      [
        z.array(amount).length(53),
        z.strictObject({ week: z.array(amount).length(53) }).transform((profile) => profile.week),
      ],
      "expected 53 factors, or what npm run profile prints",
    )
    .nullish(),
  demand_multipliers: z.array(amount).nullish(),
  shelf_life: somePeriods.nullish(),
  tolerance: z.enum(["period", "protection"]).nullish(),
  seed: z.number().int().nullish(),
});

/** The id a line carries, for its answer or its error; null when it has none. */
export function idOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "id" in value ? value.id : null;
}

/** Throws an Error whose message names the field. A null in `history` is a period that nobody recorded. */
export function parsePlanInput(value: unknown): PlanInput {
  const parsed = line.safeParse(value);
  if (!parsed.success) throw new Error(firstIssue(parsed.error));
  const given = parsed.data;
  const history = given.history ?? [];
  if (given.in_stock != null && given.in_stock.length !== history.length) {
    throw new Error(`in_stock: has ${given.in_stock.length} flags for ${history.length} periods of history`);
  }
  if (given.history_factors != null && given.history_factors.length !== history.length) {
    throw new Error(
      `history_factors: has ${given.history_factors.length} factors for ${history.length} periods of history`,
    );
  }
  const onHand = given.on_hand ?? 0;
  return {
    history: history.map((units) => Math.max(0, units ?? 0)),
    inStock: seenOf(history, given.in_stock ?? null),
    historyFactors: given.history_factors ?? null,
    borrowed: borrowedOf(given.borrowed),
    historyStart: given.history_start ?? null,
    periodDays: given.period_days ?? 7,
    forecast:
      given.forecast == null
        ? null
        : { points: given.forecast.points, ageDays: given.forecast.age_days, pastError: given.forecast.past_error },
    onHand: Math.max(0, onHand),
    backordered: (given.backordered ?? 0) + Math.max(0, -onHand),
    openOrders: openOrdersOf(given.open_orders, given.lead_time?.promised ?? 0),
    lots: given.lots ?? null,
    leadTime: {
      promised: given.lead_time?.promised ?? 0,
      observed: given.lead_time?.observed ?? [],
      shares: given.lead_time?.shares ?? null,
    },
    reviewPeriod: given.review_period ?? 1,
    arrivals: given.arrivals ?? null,
    elapsed: given.elapsed ?? 0,
    periodsLeft: given.periods_left ?? null,
    costs: costsOf(given.costs, given.service_level ?? null),
    constraints: {
      minOrderQuantity: given.constraints?.min_order_quantity ?? 0,
      packSize: given.constraints?.pack_size ?? 1,
      maxStock: given.constraints?.max_stock ?? null,
    },
    // As in the service: costs that were only derived from a service level must not lower it again.
    serviceLevel: given.costs?.shortage == null ? (given.service_level ?? null) : null,
    safetyStock: given.safety_stock ?? 0,
    unmet: given.unmet ?? "lost",
    seasonalProfile: given.seasonal_profile ?? null,
    demandMultipliers: given.demand_multipliers ?? null,
    shelfLife: given.shelf_life ?? null,
    tolerance: given.tolerance ?? "period",
    seed: given.seed ?? 1,
  };
}

/** In the service's order, so that the same orders give the same plan however a line lists them. */
function openOrdersOf(given: z.output<typeof line>["open_orders"], promised: number): OpenOrder[] {
  const orders = (given ?? []).map(({ quantity, age, due }) => ({ quantity, age: age ?? 0, due: due ?? null }));
  const dueOf = ({ age, due }: OpenOrder): number => due ?? promised - age;
  return orders.toSorted((a, b) => dueOf(a) - dueOf(b) || a.age - b.age || a.quantity - b.quantity);
}

/** Null when every period was seen. */
function seenOf(history: readonly (number | null)[], flags: readonly boolean[] | null): boolean[] | null {
  if (flags === null && !history.includes(null)) return null;
  return history.map((units, index) => units !== null && flags?.[index] !== false);
}

function borrowedOf(given: z.infer<typeof line>["borrowed"]): NonNullable<PlanInput["borrowed"]> | null {
  if (given == null) return null;
  return {
    history: given.history.map((units) => Math.max(0, units ?? 0)),
    inStock: seenOf(given.history, given.in_stock ?? null),
    historyFactors: given.history_factors ?? null,
    scale: given.scale ?? 1,
    as: given.as ?? "like",
  };
}

type GivenCosts = z.infer<typeof line>["costs"];

function costsOf(given: GivenCosts, serviceLevel: number | null): PlanInput["costs"] {
  const holding = given?.holding ?? DEFAULT_HOLDING;
  const shortage =
    given?.shortage ?? (serviceLevel === null ? DEFAULT_SHORTAGE : shortageForServiceLevel(serviceLevel, holding));
  return { holding, shortage, fixedOrder: given?.fixed_order ?? 0 };
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "not a plan input";
  const field = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => (field === "" ? key : `${field}.${key}`));
    return `${names.join(", ")}: no such field`;
  }
  return field === "" ? "not a plan input: expected a JSON object" : `${field}: ${issue.message}`;
}
