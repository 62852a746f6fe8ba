/** What a person's answer does after the question, and how long a No holds. */
import { describe, expect, test } from "vitest";
import { aStore, aSupplier, aWorld } from "../world/builders.ts";
import { HOUR_MS, T0, World } from "./world.ts";

/** No history, safety stock 20, stock 3: the plain rule asks about 17. */
const LOW = { currentStock: 3, safetyStock: 20 };
const stands = { status: "completed", decision: { action: "hold", quantity: 0, decidedBy: "human" }, review: null };

describe("A No stands", () => {
  test("the same count again is answered by it, and nobody is asked", () => {
    const world = new World();
    const asked = world.trigger(LOW);
    world.decide(asked, { kind: "reject" });
    for (let repeat = 0; repeat < 4; repeat++) {
      world.now += HOUR_MS;
      const held = world.trigger(LOW);
      expect(held).toMatchObject({ ...stands, stands: asked.id });
      expect(held.decision?.reasons[0]).toMatch(/^Ana said no to this order on 2040-03-01, 06:00 UTC/);
    }
    expect(world.orders.size).toBe(0);
  });

  test("for a day, where there is no cut-off; then it is asked again", () => {
    const world = new World();
    world.decide(world.trigger(LOW), { kind: "reject" });
    world.now += 24 * HOUR_MS - 1;
    expect(world.trigger(LOW)).toMatchObject(stands);
    world.now += 1;
    expect(world.trigger(LOW).status).toBe("awaiting_human_review");
  });

  test("to the cut-off of the order, where there is one", () => {
    const world = new World();
    world.slice = aWorld({ store: aStore(), supplier: aSupplier({ cutOff: 11 * 60 }) });
    const asked = world.trigger(LOW);
    expect(asked.review?.expiresAt).toBe(T0 + 4 * HOUR_MS);
    world.decide(asked, { kind: "reject" });
    world.now = T0 + 5 * HOUR_MS - 1;
    expect(world.trigger(LOW)).toMatchObject(stands);
    world.now = T0 + 5 * HOUR_MS + 1;
    expect(world.trigger(LOW).status).toBe("awaiting_human_review");
  });

  test("a smaller order counts as a No to the rest", () => {
    const world = new World();
    world.decide(world.trigger(LOW), { kind: "modify", quantity: 5 });
    world.now += HOUR_MS;
    expect(world.trigger(LOW)).toMatchObject(stands);
    expect(world.position).toBe(5);
  });

  test("through counts that need nothing", () => {
    const world = new World();
    world.decide(world.trigger(LOW), { kind: "reject" });
    expect(world.trigger({ ...LOW, currentStock: 15 })).toMatchObject({
      decision: { action: "hold", decidedBy: "fallback" },
    });
    expect(world.trigger(LOW)).toMatchObject(stands);
  });

  test("not against a material change, which is asked about and never ordered unasked", () => {
    const world = new World({ confidenceThreshold: 0 });
    world.policy = { ...world.policy, firstOrder: true };
    world.decide(world.trigger(LOW), { kind: "reject" });
    world.policy = { ...world.policy, firstOrder: false };
    const changed = world.trigger({ ...LOW, safetyStock: 60 });
    expect(changed).toMatchObject({ status: "awaiting_human_review", review: { reason: "changed_since_no" } });
    expect(world.orders.size).toBe(0);
  });

  test("nor against a second change while the first is asked about, and the refused order stays quiet", () => {
    const world = new World({ confidenceThreshold: 0 });
    world.policy = { ...world.policy, firstOrder: true };
    const asked = world.trigger(LOW);
    world.decide(asked, { kind: "reject" });
    world.policy = { ...world.policy, firstOrder: false };
    const changed = world.trigger({ ...LOW, safetyStock: 60 });
    const again = world.trigger({ ...LOW, safetyStock: 40 });
    expect(again).toMatchObject({ status: "awaiting_human_review", review: { reason: "changed_since_no" } });
    expect(world.workflows.get(changed.id)).toMatchObject({ status: "superseded", supersededBy: again.id });
    expect(world.orders.size).toBe(0);
    expect(world.trigger(LOW)).toMatchObject({ status: "completed", stands: asked.id });
    expect(world.workflows.get(again.id)?.status).toBe("superseded");
    expect(world.open).toBeNull();
  });

  test("and so does silence, for a day at most", () => {
    const world = new World();
    const asked = world.trigger(LOW);
    world.now += 4 * HOUR_MS;
    expect(world.trigger(LOW)).toMatchObject({ status: "completed", decision: { action: "hold" }, stands: asked.id });
    world.now += 24 * HOUR_MS;
    expect(world.trigger(LOW).status).toBe("awaiting_human_review");
  });

  test("an approval is no No", () => {
    const world = new World();
    world.decide(world.trigger(LOW));
    world.receive();
    expect(world.trigger(LOW).status).toBe("awaiting_human_review");
  });
});

describe("settings that changed while a question was open", () => {
  for (const [what, terms] of [
    ["pack size", { packSize: 50 }],
    ["maximum", { maxStock: 0 }],
    ["minimum", { minOrderQuantity: 30 }],
    ["lead time", { leadTimeDays: 60 }],
  ] as const) {
    for (const verdict of [{ kind: "approve" }, { kind: "modify", quantity: 17 }] as const) {
      test(`${what}: ${verdict.kind} is refused and asked anew`, () => {
        const world = new World();
        const asked = world.trigger(LOW);
        world.terms = terms;
        const result = world.decide(asked, verdict);
        expect(result.refusal).toEqual({ reason: "revision_changed" });
        expect(result.workflow).toMatchObject({ status: "awaiting_human_review", revision: 2 });
        expect(world.orders.size).toBe(0);
      });
    }
  }

  test("the supplier's days: the day of arrival is another, so it is asked anew", () => {
    const world = new World();
    world.slice = aWorld({ store: aStore(), supplier: aSupplier({ leadTimeDays: 2 }) });
    const asked = world.trigger(LOW);
    world.slice = { ...aWorld({ store: aStore(), supplier: aSupplier({ leadTimeDays: 9 }) }), version: 2 };
    expect(world.decide(asked).refusal).toEqual({ reason: "revision_changed" });
  });

  test("silence orders by the bounds of now", () => {
    const world = new World({ expiryOutcome: "fallback" });
    const asked = world.trigger(LOW);
    world.terms = { packSize: 50 };
    world.now += 4 * HOUR_MS;
    world.expire();
    expect(world.workflows.get(asked.id)).toMatchObject({ status: "expired", decision: { quantity: 50 } });
  });

  test("silence orders nothing that would arrive after the item's last day, and counts no expired units", () => {
    const today = Math.floor(T0 / (24 * HOUR_MS));
    const orderedBySilence = (counted: Parameters<World["trigger"]>[0], terms: World["terms"], hours: number) => {
      const world = new World({ expiryOutcome: "fallback" });
      const asked = world.trigger(counted);
      world.terms = terms;
      world.now += hours * HOUR_MS;
      world.expire();
      return world.workflows.get(asked.id)?.decision?.quantity;
    };
    expect(orderedBySilence(LOW, { phaseOutOn: today + 6 }, 4)).toBe(0);
    expect(orderedBySilence(LOW, { phaseOutOn: today + 7 }, 4)).toBe(17);
    const lots = [{ quantity: 2, expiresOn: today }];
    expect(orderedBySilence({ ...LOW, lots }, {}, 4)).toBe(17);
    expect(orderedBySilence({ ...LOW, lots }, {}, 24)).toBe(19);
  });

  test("an answer after the item was phased out orders nothing", () => {
    const world = new World();
    const asked = world.trigger(LOW);
    world.terms = { phaseOutOn: Math.floor(T0 / (24 * HOUR_MS)) };
    world.slice = { ...world.slice, version: 2 };
    expect(world.decide(asked).workflow.decision?.action).not.toBe("restock");
    expect(world.orders.size).toBe(0);
  });

  test("settings that matter to nothing leave the question as it was", () => {
    const world = new World();
    const asked = world.trigger(LOW);
    world.terms = { name: "Oolong", maxStock: 500 };
    expect(world.decide(asked).workflow).toMatchObject({ status: "completed", decision: { quantity: 17 } });
  });
});

test("what is no longer needed is no question: approved, it ends as a hold", () => {
  const world = new World();
  const asked = world.trigger(LOW);
  world.receivedSince = 17;
  const result = world.decide(asked);
  expect(result).toMatchObject({ refusal: null, order: null });
  expect(result.workflow).toMatchObject({
    status: "completed",
    revision: 1,
    decision: { action: "hold", quantity: 0 },
  });
});

test("the smallest order, which breaks the maximum, can be approved by who was asked about it", () => {
  const world = new World();
  world.terms = { packSize: 48, maxStock: 40 };
  const asked = world.trigger({ currentStock: 0, safetyStock: 20 });
  expect(asked).toMatchObject({ review: { reason: "settings_contradict" }, decision: { quantity: 48 } });
  expect(world.decide(asked).workflow).toMatchObject({ status: "completed", decision: { quantity: 48 } });
});
