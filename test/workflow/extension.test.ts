/** A deadline that is put off: in the hours in which people answer, never past the cut-off, within the limit. */
import { describe, expect, it } from "vitest";
import { extend, latestDeadline } from "../../src/workflow/asking/review-deadline.ts";
import { aReview, aSnapshot, aWorkflow, HOUR_MS } from "../support/builders/a-workflow.ts";
import { aStore, aWorld } from "../world/builders.ts";
import { World } from "./world.ts";

const at = (text: string): number => Date.parse(text);
const ANA = { principal: "person:ana", label: "Ana", channel: "link" as const };
const NOW = at("2040-01-10T16:30:00Z");
const CALENDAR = {
  supplierId: "uji",
  orderBy: 0,
  arrivesOn: 0,
  expectedAt: 0,
  nextOrderBy: null,
  nextArrivesOn: null,
  laterArrivals: [],
};
const asked = (change: object = {}) =>
  aWorkflow({
    status: "awaiting_human_review",
    review: aReview({ askedAt: at("2040-01-10T13:00:00Z"), expiresAt: at("2040-01-10T17:00:00Z") }),
    ...change,
  });

function extended(workflow: ReturnType<typeof aWorkflow>, hours: number): string {
  const world = new World({ extensionMs: 4 * HOUR_MS });
  world.slice = aWorld({ store: aStore({ timeZone: "UTC", reviewHours: { from: 7 * 60, to: 18 * 60 } }) });
  const { workflow: after } = extend(workflow, { byMs: hours * HOUR_MS, actor: ANA }, world.facts(), NOW);
  return new Date(after.review!.expiresAt).toISOString();
}

describe("a deadline that is put off", () => {
  it("does not count the hours in which nobody answers", () => {
    expect(extended(asked(), 1)).toBe("2040-01-10T18:00:00.000Z");
    expect(extended(asked(), 3)).toBe("2040-01-11T09:00:00.000Z");
  });

  it("reaches the limit in those hours, and not further", () => {
    expect(extended(asked(), 50)).toBe("2040-01-11T10:00:00.000Z");
  });

  it("and the limit of a fraction of a millisecond come to whole ones", () => {
    const world = new World({ ttlMs: 10_000.4, extensionMs: 2_000.3 });
    const question = world.trigger();
    expect(question.review?.expiresAt).toBe(world.now + 10_000);
    const by = (byMs: number) => extend(question, { byMs, actor: ANA }, world.facts(), world.now).workflow.review;
    expect(by(1_234.567)?.expiresAt).toBe(world.now + 11_235);
    expect(Number.isInteger(by(9_999)?.expiresAt)).toBe(true);
  });

  it("ends at the cut-off, after which nothing can be ordered", () => {
    const orderBy = at("2040-01-10T17:30:00Z");
    const calendar = { ...CALENDAR, orderBy };
    expect(extended(asked({ snapshot: aSnapshot({ calendar }) }), 3)).toBe("2040-01-10T17:30:00.000Z");
  });

  it("is refused where no extension is set, and says so", () => {
    const world = new World({ extensionMs: 0 });
    const question = asked();
    const { workflow, refusal } = extend(question, { byMs: HOUR_MS, actor: ANA }, world.facts(), NOW);
    expect(refusal).toMatchObject({
      reason: "not_allowed",
      message: expect.stringContaining("REVIEW_EXTENSION_SECONDS"),
    });
    expect(workflow).toBe(question);
  });

  it("is never earlier than it was", () => {
    const { review, snapshot } = asked();
    expect(latestDeadline({ review: review!, snapshot }, { ttlMs: 1, extensionMs: 0 }, null)).toBe(review!.expiresAt);
  });
});
