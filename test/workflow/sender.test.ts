/** What a sender may not loosen: cost, maximum and approvals by its own words, and time by its own dates. */
import { describe, expect, it } from "vitest";
import { aVerdict, HOUR_MS, T0, World } from "./world.ts";

const ben = { actor: { ...aVerdict().actor, principal: "key:ben", label: "Ben" } };

describe("a sender's cost and maximum", () => {
  it("do not lower the stored ones", () => {
    const world = new World({ confidenceThreshold: 0.4, valueAbove: 100 });
    world.terms = { unitCost: 10, maxStock: 60 };
    const asked = world.trigger({ currentStock: 0, terms: { unitCost: 0, maxStock: 1e9 } });
    expect(asked).toMatchObject({
      status: "awaiting_human_review",
      review: { reason: "value_above_cap" },
      snapshot: { unitCost: 10, constraints: { maxStock: 60 } },
    });
  });

  it("may be stricter than the stored ones", () => {
    const world = new World({ confidenceThreshold: 0.4, valueAbove: 100 });
    world.terms = { unitCost: 1, maxStock: 60 };
    const asked = world.trigger({ currentStock: 0, terms: { unitCost: 9, maxStock: 30 } });
    expect(asked).toMatchObject({ review: { reason: "value_above_cap" }, decision: { quantity: 30 } });
  });

  it("do not loosen an open question when the count is repeated", () => {
    const world = new World({ approvalsRequiredAbove: 50 });
    const asked = world.trigger({ terms: { unitCost: 2, maxStock: 100 } });
    expect(world.trigger({ terms: { unitCost: 0, maxStock: 1e9 } })).toMatchObject({ supersededBy: asked.id });
    expect(world.decide(asked, { kind: "modify", quantity: 999_999 }).refusal).toMatchObject({
      reason: "quantity_not_allowed",
    });
    expect(world.decide(asked, { kind: "modify", quantity: 80 }).workflow).toMatchObject({
      status: "awaiting_human_review",
      review: { approvalsNeeded: 2, approvals: [{}] },
    });
    expect(world.position).toBe(0);
  });

  it("do not loosen the question that takes the open one's place", () => {
    const world = new World({ approvalsRequiredAbove: 50 });
    world.trigger({ terms: { unitCost: 2, maxStock: 100 } });
    const next = world.trigger({ currentStock: -20, backordered: 50_000, terms: { unitCost: 0, maxStock: 1e9 } });
    expect(next).toMatchObject({ status: "awaiting_human_review", snapshot: { unitCost: 2 } });
    expect(next.snapshot.constraints.maxStock).toBe(100);
  });
});

it("the first of two approvals is an entry of the audit, by whom and for how much", () => {
  const world = new World({ approvalsRequiredAbove: 50 });
  const asked = world.trigger({ terms: { unitCost: 2 } });
  const { workflow } = world.decide(asked);
  expect(workflow.status).toBe("awaiting_human_review");
  expect(workflow.audit.at(-1)).toMatchObject({
    event: "approved_in_part",
    actor: "key:ana",
    detail: expect.stringContaining("1 of 2"),
  });
  expect(workflow.audit).toHaveLength(asked.audit.length + 1);
});

describe("a change of cost or constraints", () => {
  it("is a new revision of the open question, without the approvals of the old one", () => {
    const world = new World({ approvalsRequiredAbove: 50 });
    const asked = world.trigger({ terms: { unitCost: 2 } });
    world.decide(asked);
    world.trigger({ terms: { unitCost: 5 } });
    expect(world.open).toMatchObject({
      id: asked.id,
      revision: 2,
      snapshot: { unitCost: 5 },
      review: { approvals: [] },
    });
    expect(world.decide(asked, { ...ben, revision: 1 }).refusal).toEqual({ reason: "revision_changed" });
    expect(world.position).toBe(0);
  });

  it("is one, too, when the settings changed since", () => {
    const world = new World({ approvalsRequiredAbove: 50 });
    world.terms = { unitCost: 2 };
    const asked = world.trigger();
    world.terms = { unitCost: 1 };
    expect(world.decide(asked).refusal).toEqual({ reason: "revision_changed" });
    expect(world.open).toMatchObject({ revision: 2, snapshot: { unitCost: 1 } });
  });
});

describe("invented dates", () => {
  const sure = { confidenceThreshold: 0.4 };

  it("order at most once, however they are spread over the hours in which a count is young", () => {
    const world = new World(sure);
    for (let at = 35; at >= 2; at -= 3)
      world.trigger({ currentStock: 0, occurredAt: T0 - at * HOUR_MS, terms: { leadTimeDays: 0 } });
    expect(world.orders.size).toBe(1);
  });

  it("order nothing alone when they are older than a count may be", () => {
    const world = new World(sure);
    for (let month = 1; month <= 12; month++) world.trigger({ currentStock: 0, occurredAt: Date.UTC(2001, month) });
    expect(world.orders.size).toBe(0);
    expect(world.open).toMatchObject({ review: { reason: "old_count" } });
  });

  it("do not make an approved order overdue for the right count", () => {
    const world = new World(sure);
    world.decide(world.trigger({ currentStock: 0, occurredAt: Date.UTC(2001, 1) }));
    expect(world.orders.size).toBe(1);
    expect(world.trigger({ currentStock: 0 }).decision).toMatchObject({ action: "hold" });
  });

  it("are believed where a store's past is played in order", () => {
    const world = new World(sure);
    for (let month = 1; month <= 12; month++)
      world.trigger({ currentStock: 0, occurredAt: Date.UTC(2001, month), backfill: true });
    expect(world.orders.size).toBe(12);
  });

  it("do not keep an order from being overdue when its time has really passed", () => {
    const world = new World(sure);
    world.trigger({ currentStock: 0, terms: { leadTimeDays: 1 } });
    world.now += 72 * HOUR_MS;
    world.trigger({ currentStock: 0, terms: { leadTimeDays: 1 } });
    expect(world.orders.size).toBe(2);
  });
});
