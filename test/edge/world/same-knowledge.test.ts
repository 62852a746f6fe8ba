/**
 * I14 over HTTP: equal knowledge, equal decision, however it came; and what more knowledge may not do (I15). The same
 * over drawn shops, without HTTP: test/world/properties.test.ts.
 */
import { describe, expect, it } from "vitest";
import { seeded } from "../../support/seeded.ts";
import { ask, DAY_MS, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

const DAYS = 90;
const date = (day: number) => new Date(T0 + day * DAY_MS).toISOString().slice(0, 10);

/** Rows of a shop that sells most at weekends and nothing on some days, oldest first. */
function shop(): { readonly date: string; readonly units: number }[] {
  const random = seeded(11);
  return Array.from({ length: DAYS }, (_, index) => ({
    date: date(index - DAYS),
    units: random() < 0.15 ? 0 : Math.round((index % 7 < 2 ? 24 : 8) * (0.6 + 0.8 * random())),
  }));
}

const csv = (rows: readonly { readonly date: string; readonly units: number }[]) =>
  `date,units\n${rows.map((row) => `${row.date},${row.units}\n`).join("")}`;

async function put(product: string, text: string, query = ""): Promise<void> {
  expect((await ask("PUT", `/history/${product}${query}`, text)).status).toBeLessThan(300);
}

async function decide(product: string, changes: Record<string, unknown> = {}) {
  const { body } = await trigger({
    product_id: product,
    current_stock: 25,
    safety_stock_level: 0,
    lead_time_days: 3,
    ...changes,
  });
  expect(body.decision.decided_by).toBe("plan");
  return body.decision;
}

describe("the same sales decide alike", () => {
  it("in one upload or several, in any order, repeated, as CSV or NDJSON, with zeros written out or not", async () => {
    const rows = shop();
    await put("ONE", csv(rows));
    const expected = await decide("ONE");
    expect(expected.recommended_quantity).toBeGreaterThan(0);

    for (const part of [rows.slice(40), rows.slice(0, 50), rows.slice(30, 60)]) await put("PARTS", csv(part));
    await put("ORDER", csv(rows.toReversed()));
    await put(
      "SPLIT",
      csv(
        rows.flatMap((row) => [
          { ...row, units: row.units - 3 },
          { ...row, units: 3 },
        ]),
      ),
    );
    for (let again = 0; again < 2; again++) await put("AGAIN", csv(rows));
    await put("GAPS", csv(rows.filter(({ units }) => units > 0)), `?complete_through=${date(-1)}`);
    const listed = rows.map((row) => JSON.stringify({ product_id: "LINES", ...row })).join("\n");
    const lines = await ask("POST", "/sales", listed, { "Content-Type": "application/x-ndjson" });
    expect(lines.status).toBe(200);
    for (const product of ["PARTS", "ORDER", "SPLIT", "AGAIN", "GAPS", "LINES"])
      expect(await decide(product), product).toEqual(expected);
  });

  it("in tens of units, by packs of ten, or in hundredths", async () => {
    const rows = shop();
    await put("WHOLE", csv(rows));
    const { recommended_quantity: expected, confidence_score: confidence } = await decide("WHOLE", { max_stock: 400 });
    for (const factor of [10, 0.01]) {
      const product = `TIMES-${factor}`;
      await put(product, csv(rows.map((row) => ({ ...row, units: Number((row.units * factor).toFixed(2)) }))));
      const scaled = await decide(product, {
        current_stock: 25 * factor,
        pack_size: factor,
        max_stock: 400 * factor,
      });
      expect(scaled.recommended_quantity / factor).toBeCloseTo(expected, 9);
      expect(scaled.confidence_score).toBe(confidence);
    }
  });
});

describe("what is on order", () => {
  const dueOn = (day: number) => ({ reference: "PO-1", quantity: 40, placed_at: date(-2), expected_at: date(day) });

  it("decides alike, recorded here or listed by the sender", async () => {
    for (const product of ["OWN", "LISTED"]) await put(product, csv(shop()));
    expect((await ask("POST", "/products/OWN/orders", dueOn(2))).status).toBe(201);
    const own = await decide("OWN");
    expect(own.evidence.inventory_position).toBe(65);
    expect(await decide("LISTED", { open_orders: [dueOn(2)] })).toEqual(own);
  });

  it("never raises an order by more of it in time, never lowers it by coming later", async () => {
    const quantities: number[] = [];
    const days = [0, 2, 3, 4, 6, 30];
    for (const day of days) {
      const product = `DUE-${day}`;
      await ask("PUT", `/products/${product}`, { unmet: "backorder" });
      await put(product, csv(shop()));
      quantities.push((await decide(product, { open_orders: [dueOn(day)] })).recommended_quantity);
    }
    expect(quantities).toEqual(quantities.toSorted((a, b) => a - b));
    await ask("PUT", "/products/NONE", { unmet: "backorder" });
    await put("NONE", csv(shop()));
    expect((await decide("NONE", { open_orders: [] })).recommended_quantity).toBeGreaterThanOrEqual(quantities[0]!);
  });
});

it("days of which nothing is known never raise the confidence", async () => {
  const rows = shop();
  const confidences: number[] = [];
  for (const unseen of [0, 1, 3, 7, 14, 27]) {
    await put(`UNSEEN-${unseen}`, csv(rows.slice(0, DAYS - unseen)));
    confidences.push((await decide(`UNSEEN-${unseen}`)).confidence_score);
  }
  expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
});
