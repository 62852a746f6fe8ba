import { describe, expect, it } from "vitest";
import { useSettings } from "../support/settings.ts";
import { approve, ask, DAY_MS, passTime, trigger, useWorld } from "../support/world.ts";

useWorld();
const changeSettings = useSettings();

async function replayed(workflowId: string): Promise<any> {
  return (await ask("POST", `/workflows/${workflowId}/replay`)).body;
}

describe("a replay", () => {
  it("knows the No that stood at the time, and none that came later or has ended since", async () => {
    const asked = (await trigger()).body.workflow_id;
    await approve(asked, { decision: "reject" });
    const answered = (await trigger()).body;
    expect(answered.stands).toBe(asked);
    const changed = (await trigger({ current_stock: 0 })).body;
    expect(changed.review.reasons).toContain("changed_since_no");
    for (const days of [0, 2]) {
      passTime(days * DAY_MS);
      for (const id of [asked, answered.workflow_id, changed.workflow_id])
        expect(await replayed(id), `${id} after ${days} days`).toMatchObject({
          changed: false,
          difference: { quantity: 0, review_added: [] },
        });
    }
  });

  it("compares an order with those before it, not with itself or later ones", async () => {
    await changeSettings({ review: { firstOrder: true, quantityFactor: 2 } });
    const first = (await trigger()).body;
    expect(first.review.reasons).toContain("first_order");
    await approve(first.workflow_id);
    passTime(1_000);
    const second = (await trigger({ safety_stock_level: 200 })).body;
    expect(second.review.reasons).toContain("quantity_beyond_usual");
    await approve(second.workflow_id);
    for (const { workflow_id } of [first, second])
      expect(await replayed(workflow_id), workflow_id).toMatchObject({
        changed: false,
        difference: { review_dropped: [] },
      });
  });

  it("of a trigger that only repeated the open question has changed nothing", async () => {
    await trigger();
    const repeated = (await trigger()).body;
    expect(repeated.status).toBe("superseded");
    expect(await replayed(repeated.workflow_id)).toMatchObject({
      changed: false,
      difference: { review_added: [], review_dropped: [] },
    });
  });
});
