/**
 * One person is one principal: no sequence over channels gives two approvals, or acts outside stores and limits (I18).
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aboveLimit, NO_LIMITS } from "../../src/workflow/asking/reviewer-limits.ts";
import { orderValue } from "../../src/workflow/orders/money.ts";
import type { Actor, ReviewerLimits } from "../../src/workflow/review.ts";
import { aVerdict, World } from "./world.ts";

const by = (principal: string, channel: Actor["channel"] = "link"): Actor => ({ principal, label: "Ana", channel });
/** A question about an order of 28 units at 10: worth 280. */
const asked = (world: World) => world.trigger({ terms: { unitCost: 10 } });

describe("four eyes", () => {
  it("keep a trigger's sender from approving it, and from nothing else", () => {
    const world = new World({ fourEyes: true });
    const question = asked(world);
    const sender = by("key:test", "api");
    expect(world.decide(question, aVerdict({ actor: sender })).refusal).toMatchObject({ reason: "same_person" });
    expect(world.decide(question, aVerdict({ kind: "modify", quantity: 30, actor: sender })).refusal).toMatchObject({
      reason: "same_person",
    });
    expect(world.decide(question, aVerdict({ actor: by("person:ben") })).refusal).toBeNull();
    const other = asked(new World({ fourEyes: false }));
    expect(other.sentBy).toBe("key:test");
  });

  it("keep out, too, who sent a newer count that the question took over, at whichever revision", () => {
    for (const unitCost of [10, 12]) {
      const world = new World({ fourEyes: true });
      const question = asked(world);
      expect(world.trigger({ currentStock: 13, terms: { unitCost } }, "key:till")).toMatchObject({
        supersededBy: question.id,
      });
      const { revision } = world.open!;
      expect(revision).toBe(unitCost === 10 ? 1 : 2);
      for (const sender of ["key:test", "key:till"])
        expect(world.decide(question, aVerdict({ revision, actor: by(sender, "api") })).refusal, sender).toMatchObject({
          reason: "same_person",
        });
      expect(world.decide(question, aVerdict({ revision, actor: by("person:ben") })).refusal).toBeNull();
    }
  });

  it("let the sender reject", () => {
    const world = new World({ fourEyes: true });
    const question = asked(world);
    expect(world.decide(question, aVerdict({ kind: "reject", actor: by("key:test", "api") })).refusal).toBeNull();
    expect(world.workflows.get(question.id)?.status).toBe("rejected");
  });
});

describe("limits", () => {
  const limited = (changes: Partial<ReviewerLimits>) => ({ limits: { ...NO_LIMITS, ...changes } });

  it("of value are met by what is worth as much, to the cent", () => {
    expect(aboveLimit(3 * 1.1, { valueLimit: 3.3 })).toBeNull();
    expect(aboveLimit(3.31, { valueLimit: 3.3 })).toContain("above your limit of 3.3");
  });

  it("of value hold for what would be ordered, whatever was recommended", () => {
    const world = new World();
    const question = asked(world);
    const verdict = { ...limited({ valueLimit: 300 }), actor: by("person:ana") };
    expect(world.decide(question, aVerdict({ ...verdict, kind: "modify", quantity: 31 })).refusal).toMatchObject({
      reason: "not_allowed",
    });
    expect(world.decide(question, aVerdict({ ...verdict, kind: "modify", quantity: 30 })).refusal).toBeNull();
  });

  it("of value refuse what has no known value", () => {
    const world = new World();
    const question = world.trigger();
    expect(world.decide(question, aVerdict(limited({ valueLimit: 1e9 }))).refusal).toMatchObject({
      reason: "not_allowed",
    });
  });

  it("of value let nothing be ordered, whatever a unit costs", () => {
    const nothing = orderValue({ unitCost: null }, 0);
    expect(aboveLimit(nothing, { valueLimit: 10 })).toBeNull();
    expect(aboveLimit(orderValue({ unitCost: null }, 1), { valueLimit: 10 })).toContain("unknown");
  });

  it("keep a channel that is nobody from being one of two people", () => {
    const world = new World({ approvalsRequiredAbove: 50 });
    const question = asked(world);
    const channel = { ...limited({ countsForQuorum: false }), actor: by("channel:slack", "slack") };
    expect(world.decide(question, aVerdict(channel)).refusal).toMatchObject({ reason: "not_allowed" });
    expect(world.workflows.get(question.id)?.review?.approvals).toEqual([]);
  });
});

it("no sequence of answers lets one person approve twice or leave their bounds", () => {
  const people = [
    { principal: "person:ana", limits: NO_LIMITS },
    { principal: "person:ben", limits: { ...NO_LIMITS, valueLimit: 100 } },
    { principal: "person:eve", limits: { ...NO_LIMITS, stores: ["elsewhere"] } },
    { principal: "channel:slack", limits: { ...NO_LIMITS, countsForQuorum: false } },
  ] as const;
  const step = fc.record({
    who: fc.integer({ min: 0, max: people.length - 1 }),
    channel: fc.constantFrom<Actor["channel"]>("link", "slack", "inbox", "api"),
    kind: fc.constantFrom("approve", "modify"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const world = new World({ approvalsRequiredAbove: 50 });
      const { id } = asked(world);
      for (const { who, channel, kind } of steps) {
        const { principal, limits } = people[who]!;
        const quantity = kind === "modify" ? 28 : null;
        world.decide(world.workflows.get(id)!, aVerdict({ kind, quantity, limits, actor: by(principal, channel) }));
      }
      const workflow = world.workflows.get(id)!;
      const approvers = workflow.review!.approvals.map(({ actor }) => actor.principal);
      expect(new Set(approvers).size).toBe(approvers.length);
      // Only Ana may let an order of this size pass, and it needs two people: so nothing is ever ordered.
      expect(approvers.every((principal) => principal === "person:ana")).toBe(true);
      expect(workflow.status).toBe("awaiting_human_review");
    }),
  );
});
