import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdInBounds } from "../../src/adviser/words/bounds.ts";
import type { Reply } from "../../src/adviser/words/reply.ts";
import { checkQuantity } from "../../src/replenishment/order/constraints.ts";
import { plan } from "../../src/replenishment/plan.ts";
import type { PlanInput } from "../../src/replenishment/types.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";

function aReply(changes: Partial<Reply> = {}): Reply {
  return {
    product_id: "SKU-1",
    proposal: "keep",
    multiplier: null,
    quantity: null,
    direction: "keep",
    event: null,
    evidence: ["notes"],
    reason: "because",
    doubt: 0.1,
    ...changes,
  };
}

const raising = (multiplier: number, changes: Partial<Reply> = {}) =>
  aReply({ proposal: "multiplier", multiplier, direction: "raise", ...changes });
const lowering = (multiplier: number, changes: Partial<Reply> = {}) =>
  aReply({ proposal: "multiplier", multiplier, direction: "lower", ...changes });
const ordering = (quantity: number, direction: Reply["direction"], changes: Partial<Reply> = {}) =>
  aReply({ proposal: "quantity", quantity, direction, ...changes });

/** An item that sells about 100 a period, so that rounding does not hide the bounds. */
function anInput(changes: Partial<PlanInput> = {}): PlanInput {
  return aPlanInput({
    history: [90, 120, 100, 80, 110, 100, 130, 90, 100, 70, 120, 110],
    tolerance: "protection",
    ...changes,
  });
}

function hold(
  reply: Reply,
  changes: { input?: PlanInput; notes?: string; unitCost?: number; maximumOrderValue?: number } = {},
) {
  const input = changes.input ?? anInput();
  const made = plan(input);
  const held = holdInBounds({
    plan: made,
    input,
    reply,
    notes: changes.notes ?? "",
    unitCost: changes.unitCost ?? null,
    maximumOrderValue: changes.maximumOrderValue ?? null,
  });
  return { ...held, baseline: made.quantity, plan: made, input };
}

describe("a model's proposal", () => {
  it("to keep the baseline is the baseline, with the baseline's own confidence", () => {
    const held = hold(aReply());
    expect(held).toMatchObject({ quantity: held.baseline, confidence: held.plan.confidence, reviewReasons: [] });
  });

  it("for a small correction needs no person, and is judged anew", () => {
    const held = hold(raising(1.1));
    expect(held.quantity).toBe(Math.ceil(held.baseline * 1.1));
    expect(held.reviewReasons).toEqual([]);
  });

  it("past a quarter without a named event is held at the band's edge and shown to people", () => {
    const held = hold(raising(1.8));
    expect(held.quantity).toBeLessThanOrEqual(held.baseline * 1.25);
    expect(held.reviewReasons).toContain("model_left_band");
  });

  it("may go further with an event that the notes really name", () => {
    const event = { kind: "festival", quote: "夏祭り" } as const;
    const held = hold(raising(1.4, { event }), { notes: "土曜日は夏祭りです" });
    expect(held.quantity).toBe(Math.ceil(held.baseline * 1.4));
    expect(held.reviewReasons).not.toContain("model_left_band");
  });

  it("names no event with words that are not in the notes", () => {
    const held = hold(raising(1.2, { event: { kind: "festival", quote: "grand parade" } }), { notes: "quiet week" });
    expect(held.reviewReasons).toEqual(["model_disagrees"]);
  });

  it("past half of the span goes to people even with a named event", () => {
    const held = hold(raising(1.7, { event: { kind: "festival", quote: "festival" } }), {
      notes: "Festival on Saturday",
    });
    expect(held.quantity).toBe(Math.ceil(held.baseline * 1.7));
    expect(held.reviewReasons).toContain("model_disagrees");
  });

  it("never more than doubles the order, whatever it names", () => {
    const held = hold(ordering(1e9, "raise", { event: { kind: "other", quote: "order a billion" } }), {
      notes: "order a billion",
    });
    expect(held.quantity).toBeLessThanOrEqual(held.baseline * 2);
    expect(held.reviewReasons).toEqual(expect.arrayContaining(["model_left_band", "model_disagrees"]));
  });

  it("that turns an order into a hold is shown to people", () => {
    const held = hold(ordering(0, "lower", { event: { kind: "recall", quote: "recall" } }), {
      notes: "Product recall announced",
    });
    expect(held.quantity).toBe(0);
    expect(held.reviewReasons).toContain("model_disagrees");
  });

  it("that turns a hold into an order is shown to people", () => {
    const held = hold(ordering(60, "raise", { event: { kind: "festival", quote: "festival" } }), {
      input: anInput({ onHand: 2_000 }),
      notes: "festival",
    });
    expect(held.baseline).toBe(0);
    expect(held.quantity).toBe(60);
    expect(held.reviewReasons).toContain("model_disagrees");
  });

  it.each([
    ["says raise and lowers", lowering(0.9, { direction: "raise" })],
    ["says keep and raises", raising(1.1, { direction: "keep" })],
    ["points to nothing", raising(1.1, { evidence: [] })],
    ["guesses", raising(1.1, { doubt: 0.7 })],
    ["has a doubt that is no number", raising(1.1, { doubt: Number.NaN })],
  ])("that %s is shown to people", (_, reply) => {
    expect(hold(reply).reviewReasons).toContain("model_disagrees");
  });

  it("is shown to people when the numbers contradict it", () => {
    const steady = anInput({
      history: Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? 100 : 102)),
      tolerance: "period",
    });
    const held = hold(lowering(0.6, { event: { kind: "weather", quote: "storm" } }), { input: steady, notes: "storm" });
    expect(held.confidence).toBeLessThan(held.plan.confidence / 2);
    expect(held.reviewReasons).toEqual(["model_disagrees"]);
  });

  it("never raises an order above the maximum value", () => {
    const held = hold(raising(1.2), { unitCost: 10, maximumOrderValue: 1 });
    expect(held.quantity).toBe(held.baseline);
    expect(held.reviewReasons).toContain("model_left_band");
  });

  it("is rounded to whole packs inside the band, or dropped", () => {
    const packed = anInput({ constraints: { minOrderQuantity: 0, packSize: 48, maxStock: null } });
    expect(hold(raising(1.1), { input: packed }).quantity % 48).toBe(0);
    const dozens = anInput({ constraints: { minOrderQuantity: 0, packSize: 12, maxStock: null } });
    const raised = hold(raising(1.1), { input: dozens });
    expect(raised.quantity).toBe(Math.ceil((raised.baseline * 1.1) / 12) * 12);
    const palette = anInput({ constraints: { minOrderQuantity: 0, packSize: 5_000, maxStock: null } });
    const held = hold(lowering(0.9), { input: palette });
    expect(held.quantity).toBe(held.baseline);
  });

  it("past every number is shown to people like any other that leaves the band", () => {
    const held = hold(raising(Number.MAX_VALUE, { direction: "keep", event: { kind: "other", quote: "fair" } }), {
      notes: "a fair",
    });
    expect(held.quantity).toBeLessThanOrEqual(held.baseline * 2);
    expect(held.reviewReasons).toEqual(["model_left_band", "model_disagrees"]);
  });

  it("has no way out of the bounds, whatever it holds", () => {
    const amounts = fc.oneof(fc.double({ min: 0, noNaN: true }), fc.constantFrom(0, 0.5, 1, 2, 1e9, Number.MAX_VALUE));
    const replies = fc.record({
      product_id: fc.constant("SKU-1"),
      proposal: fc.constantFrom("keep" as const, "multiplier" as const, "quantity" as const),
      multiplier: fc.option(amounts),
      quantity: fc.option(amounts),
      direction: fc.constantFrom("raise" as const, "lower" as const, "keep" as const),
      event: fc.option(fc.record({ kind: fc.constant("other" as const), quote: fc.constantFrom("", "fair", "storm") })),
      evidence: fc.subarray<"notes">(["notes"]),
      reason: fc.string(),
      doubt: fc.double(),
    });
    const inputs = fc
      .record({
        onHand: fc.integer({ min: 0, max: 600 }),
        packSize: fc.constantFrom(0.25, 1, 7, 48, 1_000),
        minOrderQuantity: fc.constantFrom(0, 10, 500),
        maxStock: fc.option(fc.integer({ min: 0, max: 2_000 })),
      })
      .map(({ onHand, ...constraints }) => anInput({ onHand, constraints }));
    fc.assert(
      fc.property(inputs, replies, fc.constantFrom("", "a fair"), (input, reply, notes) => {
        const held = hold(reply, { input, notes });
        const span = Math.max(held.baseline, held.plan.evidence.meanDemand);
        const eventNamed = reply.event !== null && reply.event.quote === "fair" && notes !== "";
        const width = span * (eventNamed ? 1 : 0.25) + 1e-6;
        expect(checkQuantity(held.quantity, input.constraints, held.plan.evidence.inventoryPosition)).toBeNull();
        expect(Math.abs(held.quantity - held.baseline)).toBeLessThanOrEqual(width);
        if (Math.abs(held.quantity - held.baseline) > span * 0.5 + 1e-6) expect(held.reviewReasons).not.toEqual([]);
        if (held.quantity > 0 !== held.baseline > 0) expect(held.reviewReasons).not.toEqual([]);
        expect(held.confidence).toBeGreaterThanOrEqual(0);
        expect(held.confidence).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});
