/** Days of a forecast as CSV or JSON. Pure; nothing is stored when any row is wrong. */
import * as z from "zod";
import { day, quantity } from "../../../api/fields.ts";
import { dayOfIso } from "../../../shared/calendar-dates.ts";
import type { ForecastDay } from "../../../world/forecast.ts";
import { unitsIn } from "./csv-number.ts";
import { csvTable } from "./csv-table.ts";
import { UploadErrors } from "./upload-errors.ts";

/** More than a century of days. */
const MOST_ROWS = 50_000;
const NOT_RISING = "quantiles must rise: p10 <= p50 <= p90";

export function forecastFromCsv(text: string): ForecastDay[] {
  const errors = new UploadErrors();
  const optional = ["p10", "p50", "p90", "std"];
  const { columns, rows } = csvTable(text, { required: ["date", "mean"], optional, mostRows: MOST_ROWS }, errors);
  const days = new Map<number, ForecastDay>();
  for (const row of rows) {
    const units = (column: string): number | undefined => {
      const value = unitsIn(row.cell(column), 0);
      if (typeof value === "number") return value;
      row.refuse(column, value);
      return undefined;
    };
    const ifGiven = (column: string): number | undefined => (row.cell(column) === "" ? undefined : units(column));
    const date = row.cell("date");
    const day = dayOfIso(date);
    if (day === null) row.refuse("date", `"${date}" is not a date like 2026-01-31`);
    else if (days.has(day)) row.refuse("date", "the date is repeated");
    const [p10, p50, p90] = [ifGiven("p10"), ifGiven("p50"), ifGiven("p90")];
    if (!isRising(p10, p50, p90)) row.refuse(columns.has("p90") ? "p90" : "p50", NOT_RISING);
    const point = { mean: units("mean") ?? 0, p10, p50, p90, std: ifGiven("std") };
    if (day !== null) days.set(day, { day, ...point });
  }
  errors.throwIfAny("The CSV");
  return sorted([...days.values()]);
}

const optionalQuantity = quantity.nullish().transform((value) => value ?? undefined);

export const ForecastBody = z
  .strictObject({
    points: z
      .array(
        z
          .strictObject({
            date: day,
            mean: quantity,
            p10: optionalQuantity,
            p50: optionalQuantity,
            p90: optionalQuantity,
            std: optionalQuantity,
          })
          .refine(({ p10, p50, p90 }) => isRising(p10, p50, p90), NOT_RISING),
      )
      .min(1),
  })
  .refine(({ points }) => new Set(points.map(({ date }) => date)).size === points.length, {
    path: ["points"],
    message: "a date is repeated",
  })
  .transform(({ points }): ForecastDay[] => sorted(points.map(({ date, ...point }) => ({ day: date, ...point }))));

function isRising(...quantiles: readonly (number | undefined)[]): boolean {
  const given = quantiles.filter((value) => value !== undefined);
  return given.every((value, index) => index === 0 || value >= given[index - 1]!);
}

function sorted(days: readonly ForecastDay[]): ForecastDay[] {
  return days.toSorted((a, b) => a.day - b.day);
}
