/** Days of a forecast as CSV or JSON. Pure; nothing is stored when any row is wrong. */
import * as z from "zod";
import { day, quantity } from "../../../api/fields.ts";
import { dayOfIso } from "../../../shared/calendar-dates.ts";
import type { ForecastDay } from "../../../world/forecast.ts";
import { csvTable, unitsIn, UploadErrors } from "./sales-rows.ts";

/** More than a century of days. */
const MOST_ROWS = 50_000;
const NOT_RISING = "quantiles must rise: p10 <= p50 <= p90";

export function forecastFromCsv(text: string): ForecastDay[] {
  const errors = new UploadErrors();
  const { columns, rows } = csvTable(text, ["date", "mean"], ["p10", "p50", "p90", "std"], MOST_ROWS, errors);
  const days = new Map<number, ForecastDay>();
  for (const { line, cells } of rows) {
    const refuse = (column: string, message: string): void => errors.at(line, (columns[column] ?? 0) + 1, message);
    const cell = (column: string): string => (columns[column] === undefined ? "" : (cells[columns[column]] ?? ""));
    const units = (column: string): number | undefined => {
      const value = unitsIn(cell(column), 0);
      if (typeof value === "number") return value;
      refuse(column, value);
      return undefined;
    };
    const optional = (column: string): number | undefined => (cell(column) === "" ? undefined : units(column));
    const date = dayOfIso(cell("date"));
    if (date === null) refuse("date", `"${cell("date")}" is not a date like 2026-01-31`);
    else if (days.has(date)) refuse("date", "the date is repeated");
    const [p10, p50, p90] = [optional("p10"), optional("p50"), optional("p90")];
    if (!isRising(p10, p50, p90)) refuse(columns["p90"] === undefined ? "p50" : "p90", NOT_RISING);
    const point = { mean: units("mean") ?? 0, p10, p50, p90, std: optional("std") };
    if (date !== null) days.set(date, { day: date, ...point });
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
