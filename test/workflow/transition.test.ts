/** Proves I8 and I9. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkQuantity } from "../../src/replenishment/order/constraints.ts";
import { isoDay } from "../../src/shared/calendar-dates.ts";
import { DAY_MS } from "../../src/shared/durations.ts";
import { aPolicy, aVerdict, HOUR_MS, isTerminal, T0, World } from "./world.ts";

type Step =
  | { do: "trigger"; currentStock: number; pack: number; minimum: number; maximum: number | null }
  | { do: "approve" | "reject"; who: string; which: number }
  | { do: "modify"; who: string; which: number; quantity: number }
  | { do: "wait"; ms: number }
  | { do: "expire" | "remind" | "receive" };

const which = fc.nat(30);
const who = fc.constantFrom("ana", "ben", "cho");
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("trigger" as const),
      currentStock: fc.integer({ min: -20, max: 90 }),
      pack: fc.constantFrom(1, 6, 0.5),
      minimum: fc.constantFrom(0, 10),
      maximum: fc.constantFrom(null, 45, 80),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("approve" as const, "reject" as const), who, which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("modify" as const),
      who,
      which,
      quantity: fc.integer({ min: 1, max: 120 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 3 * HOUR_MS }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("expire" as const, "remind" as const, "receive" as const) }),
  },
);

function play(world: World, steps: readonly Step[]): void {
  for (const s of steps) {
    const any = [...world.workflows.values()];
    const target = "which" in s ? any[s.which % Math.max(1, any.length)] : undefined;
    switch (s.do) {
      case "trigger":
        world.trigger({
          currentStock: s.currentStock,
          terms: { packSize: s.pack, minOrderQuantity: s.minimum, maxStock: s.maximum ?? undefined },
        });
        break;
      case "wait":
        world.now += s.ms;
        break;
      case "expire":
      case "remind":
      case "receive":
        world[s.do]();
        break;
      case "approve":
      case "reject":
      case "modify":
        if (target !== undefined) {
          world.decide(target, {
            kind: s.do,
            quantity: s.do === "modify" ? s.quantity : null,
            revision: target.revision,
            actor: { principal: s.who, label: s.who, channel: "api" },
          });
        }
    }
  }
}

describe("whatever happens, in whatever order", () => {
  it("no workflow orders twice, no terminal state is left, no version goes back, one question is open", () => {
    // The world throws on each of these; see World.apply and World.open.
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => play(new World(), steps)),
      { numRuns: 500 },
    );
  });

  it("nothing is ordered after a review's deadline when expiry means hold", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = new World();
        play(world, steps);
        for (const workflow of world.workflows.values()) {
          if (workflow.status !== "expired") continue;
          expect(workflow.decision).toMatchObject({ action: "hold", quantity: 0, decidedBy: "expiry" });
          expect(world.orders.has(workflow.id)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("every ordered quantity is a positive one that the constraints allow", () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.constantFrom("hold" as const, "fallback" as const),
        (steps, expiryOutcome) => {
          const world = new World({ expiryOutcome });
          play(world, steps);
          for (const { decision, snapshot } of world.workflows.values()) {
            if (decision === null) continue;
            expect(Number.isFinite(decision.quantity)).toBe(true);
            expect(checkQuantity(decision.quantity, { ...snapshot.constraints, maxStock: null }, 0)).toBeNull();
            expect(decision.action).toBe(decision.quantity > 0 ? "restock" : "hold");
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("a question that is open can always be brought to an end", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const world = new World();
        play(world, steps);
        world.now += 5 * HOUR_MS;
        world.expire();
        expect([...world.workflows.values()].every(isTerminal)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("an expired review", () => {
  it("orders the plain rule's quantity where that is the policy and it is still allowed", () => {
    const world = new World({ expiryOutcome: "fallback" });
    const asked = world.trigger();
    world.now += 4 * HOUR_MS;
    world.expire();
    expect(world.workflows.get(asked.id)).toMatchObject({
      status: "expired",
      decision: { action: "restock", quantity: 28, decidedBy: "expiry", fallback: true },
    });
    expect(world.position).toBe(28);
  });

  it("holds instead when that quantity is no longer allowed", () => {
    const world = new World({ expiryOutcome: "fallback" });
    const asked = world.trigger({ terms: { maxStock: 40 } });
    world.orders.set("other", { workflowId: "other", quantity: 30, placedAt: world.now, expectedAt: world.now });
    world.now += 4 * HOUR_MS;
    world.expire();
    expect(world.workflows.get(asked.id)).toMatchObject({
      status: "expired",
      decision: { action: "hold", quantity: 0 },
    });
  });
});

describe("the guards", () => {
  const restock = { currentStock: 0, safetyStock: 40 } as const;

  it.each([
    ["value_above_cap", { valueAbove: 100 }, { terms: { unitCost: 3 } }],
    ["first_order", { firstOrder: true }, {}],
  ] as const)("force a review: %s", (reason, policy, changes) => {
    const world = new World({ confidenceThreshold: 0.4, ...policy });
    const asked = world.trigger({ ...restock, ...changes });
    expect(asked).toMatchObject({ status: "awaiting_human_review", review: { reason } });
  });

  it("ask nobody where the maximum is 0, however unsure the plan is", () => {
    const world = new World({ confidenceThreshold: 1 });
    const units = Array.from({ length: 40 }, (_, day) => (day % 9 === 0 ? 60 : 0));
    const firstDay = Math.floor(T0 / DAY_MS) - units.length;
    world.history = { firstDay, startDate: isoDay(firstDay), units, inStock: units.map(() => null) };
    expect(world.trigger({ currentStock: 5 })).toMatchObject({ status: "awaiting_human_review" });
    expect(world.trigger({ currentStock: 5, terms: { maxStock: 0 } })).toMatchObject({
      status: "completed",
      decision: { action: "hold" },
    });
  });

  it("let the same trigger through where they are off", () => {
    expect(new World({ confidenceThreshold: 0.4 }).trigger(restock)).toMatchObject({
      status: "completed",
      decision: { action: "restock" },
    });
  });
});

describe("two people for a large order", () => {
  const world = () => new World({ approvalsRequiredAbove: 50 });
  const trigger = { terms: { unitCost: 2 } };

  it("must be two different ones", () => {
    const w = world();
    const asked = w.trigger(trigger);
    expect(w.decide(asked).workflow).toMatchObject({
      status: "awaiting_human_review",
      review: { approvalsNeeded: 2, approvals: [{}] },
    });
    expect(w.decide(asked).isChanged).toBe(false);
    expect(
      w.decide(asked, { actor: { ...aVerdict().actor, principal: "key:ben", label: "Ben" } }).workflow,
    ).toMatchObject({ status: "completed" });
    expect(w.position).toBe(28);
  });

  it("order the packs that were meant, without the dust of binary fractions", () => {
    const w = world();
    const asked = w.trigger({ ...trigger, terms: { ...trigger.terms, packSize: 0.1 } });
    const approve = (label: string): ReturnType<typeof w.decide> =>
      w.decide(asked, {
        kind: "modify",
        quantity: 0.1 + 0.2,
        actor: { ...aVerdict().actor, principal: `key:${label}`, label },
      });
    approve("ana");
    expect(approve("ben").workflow.decision).toMatchObject({ action: "restock", quantity: 0.3 });
  });

  it("may not agree on different quantities", () => {
    const w = world();
    const asked = w.trigger(trigger);
    w.decide(asked);
    const second = w.decide(asked, {
      kind: "modify",
      quantity: 60,
      actor: { ...aVerdict().actor, principal: "key:ben", label: "Ben" },
    });
    expect(second.workflow.status).toBe("awaiting_human_review");
  });

  it("have one standing vote each, and a record that ends growing", () => {
    const w = world();
    const asked = w.trigger(trigger);
    const answers = Array.from({ length: 40 }, (_, at) => w.decide(asked, { kind: "modify", quantity: 50 + (at % 2) }));
    expect(answers.slice(-2)).toContainEqual(
      expect.objectContaining({ refusal: expect.objectContaining({ reason: "not_allowed" }) }),
    );
    expect(w.open!.review!.approvals).toHaveLength(1);
    expect(w.open!.audit.length).toBeLessThan(15);
    expect(w.decide(asked, { kind: "reject" }).workflow.status).toBe("rejected");
  });

  it("stay two where the limit is raised after they were asked, unless fewer units are ordered", () => {
    const askedBefore = () => {
      const w = world();
      const asked = w.trigger(trigger);
      w.policy = aPolicy({ approvalsRequiredAbove: 10_000 });
      return { w, asked };
    };
    const same = askedBefore();
    expect(same.w.decide(same.asked).workflow).toMatchObject({
      status: "awaiting_human_review",
      review: { approvalsNeeded: 2 },
    });
    const fewer = askedBefore();
    const { quantity } = fewer.asked.decision!;
    expect(fewer.w.decide(fewer.asked, { kind: "modify", quantity: quantity - 1 }).workflow.status).toBe("completed");
  });

  it("are not needed to reject", () => {
    const w = world();
    expect(w.decide(w.trigger(trigger), { kind: "reject" }).workflow.status).toBe("rejected");
  });
});

describe("without history and forecast", () => {
  it.each([
    [{}, null],
    [{ minOrderQuantity: 60 }, "min_order_quantity"],
    [{ packSize: 12 }, "pack_size"],
    [{ maxStock: 30 }, "max_stock"],
  ] as const)("a decision under %o names what bound its order: %s", (terms, binding) => {
    const asked = new World().trigger({ currentStock: 10, terms });
    expect(asked.decision?.evidence.bindingConstraint).toBe(binding);
  });

  const inDays = (days: number, quantity: number) => ({
    reference: null,
    quantity,
    expectedAt: T0 + days * 24 * HOUR_MS,
    placedAt: null,
  });

  it("an order that arrives long after one placed now fills no gap of today", () => {
    const late = new World().trigger({ currentStock: 0, openOrders: [inDays(60, 100)] });
    expect(late).toMatchObject({
      status: "awaiting_human_review",
      decision: { action: "restock", quantity: 40, evidence: { inventoryPosition: 100, projectedStockAtArrival: 0 } },
    });
    expect(late.decision?.rationale).toBe(
      "The inventory position of 100, without 100 that arrive too late, is below half the safety stock of 40.",
    );
    const inTime = new World().trigger({ currentStock: 0, openOrders: [inDays(8, 100)] });
    expect(inTime.decision).toMatchObject({ action: "hold", evidence: { projectedStockAtArrival: 100 } });
  });

  it("counts what arrives too late for the maximum stock, and at the deadline as at the question", () => {
    const world = new World({ expiryOutcome: "fallback" });
    const openOrders = [inDays(60, 100)];
    const asked = world.trigger({ currentStock: 0, openOrders, terms: { maxStock: 120 } });
    expect(asked.decision).toMatchObject({ quantity: 20, evidence: { bindingConstraint: "max_stock" } });
    world.now = asked.review!.expiresAt;
    world.expire();
    expect(world.workflows.get(asked.id)).toMatchObject({ status: "expired", decision: { quantity: 20 } });
  });
});
