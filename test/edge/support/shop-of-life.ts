/**
 * A shop as its users send it: uploads and triggers over HTTP, the service's own defaults, the calendar of
 * November 2026 (2037 has the same one).
 */
import { expect, vi } from "vitest";
import { seeded } from "../../support/seeded.ts";
import { ask, DAY_MS, trigger } from "./world.ts";

/** Units of a day, days from today. */
export type Units = (day: number, index: number) => number;
export const FRIDAY = "2037-11-27";
export const SATURDAY = "2037-11-28";
export const SUNDAY = "2037-11-29";

export function begin(date: string): void {
  vi.setSystemTime(Date.parse(`${date}T09:00:00Z`));
}

export const dateOf = (day: number) => new Date(Date.now() + day * DAY_MS).toISOString().slice(0, 10);
export const isWeekend = (day: number) => [0, 6].includes(new Date(Date.now() + day * DAY_MS).getUTCDay());
export const weekendShop: Units = (day) => (isWeekend(day) ? 40 : 4);

/** About 10 a day, 8 to 12. */
export function steady(seed = 2): Units {
  const random = seeded(seed);
  return () => 8 + Math.floor(random() * 5);
}

/** The `days` days up to `until`, today being 0. */
export function csv(units: Units, days = 120, until = -1): string {
  const rows = Array.from({ length: days }, (_, index) => until - days + 1 + index);
  return `date,units\n${rows.map((day, index) => `${dateOf(day)},${units(day, index)}\n`).join("")}`;
}

export function upload(text: string, query = "", product = "SKU-1") {
  return ask("PUT", `/history/${product}${query}`, text);
}

export async function known(text: string, query = "", product = "SKU-1"): Promise<void> {
  expect((await upload(text, query, product)).status).toBe(201);
}

/** A count of 20, lead time 7, review 1, no safety stock, unless said otherwise. */
export async function decided(changes: Record<string, unknown> = {}) {
  const { body, status } = await trigger({
    current_stock: 20,
    safety_stock_level: 0,
    lead_time_days: 7,
    review_period_days: 1,
    ...changes,
  });
  const { recommendation, decision, review } = body;
  return {
    status,
    id: body.workflow_id as string,
    quantity: recommendation?.quantity as number,
    confidence: decision?.confidence_score as number,
    asked: (review?.reason ?? null) as string | null,
    reasons: (decision?.reasons ?? []).join(" ") as string,
    evidence: decision?.evidence,
    body,
  };
}

export const near = (value: number, right: number, by: number): void =>
  expect(Math.abs(value - right), `${value}, right is ${right}`).toBeLessThanOrEqual(by);
