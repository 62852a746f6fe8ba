import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { ageOut } from "../../../src/scheduled/age-out.ts";
import { forgetBefore } from "../../../src/item/waking/wake.ts";
import { aWorkflow } from "../../support/builders/a-workflow.ts";
import { aLife, onDisk, T0 as LIFE } from "../support/item-life.ts";
import { ask, closeObjects, DAY_MS, itemStub, passTime, projected, trigger, useWorld } from "../support/world.ts";

useWorld();

const RETENTION_MS = 400 * DAY_MS;
const PRODUCTS = ["A", "B", "C"];
const ids = async (): Promise<string[]> => {
  const { results } = await env.DB.prepare("SELECT workflow_id FROM workflows ORDER BY created_at").all<{
    workflow_id: string;
  }>();
  return results.map((row) => row.workflow_id);
};
const hold = (changes: Record<string, unknown> = {}) => trigger({ current_stock: 30, ...changes });
const ageOutNow = (rows?: number, steps?: number) => ageOut(env as never, Date.now(), rows, steps);

it("decisions older than the setting go, in the database and in the item", async () => {
  // An item of its own: what a broken object of another file's test left behind would age out with it.
  const old = await hold({ product_id: "AGING" });
  passTime(DAY_MS);
  const young = await hold({ product_id: "AGING" });
  await projected("AGING");
  passTime(RETENTION_MS - DAY_MS / 2);
  expect(await ageOutNow()).toEqual({ aged: 1, kept: 0 });
  expect(await ids()).toEqual([young.body.workflow_id]);
  expect((await ask("GET", `/workflows/${old.body.workflow_id}`)).status).toBe(404);
  expect((await ask("GET", `/workflows/${young.body.workflow_id}`)).status).toBe(200);
});

it("an open question stays, however old", async () => {
  const asked = await trigger();
  await projected();
  passTime(2 * RETENTION_MS);
  await ageOutNow();
  expect(await ids()).toEqual([asked.body.workflow_id]);
});

it("the walk takes small steps and comes round again", async () => {
  for (const product_id of PRODUCTS) await hold({ product_id });
  for (const product_id of PRODUCTS) await projected(product_id);
  passTime(RETENTION_MS + DAY_MS);
  const steps = [await ageOutNow(2, 1), await ageOutNow(2, 1), await ageOutNow(2, 1)];
  expect(steps.map(({ aged }) => aged)).toEqual([2, 1, 0]);
});

it("a sweep takes several steps, up to the end of the log", async () => {
  for (const product_id of PRODUCTS) await hold({ product_id });
  for (const product_id of PRODUCTS) await projected(product_id);
  passTime(RETENTION_MS + DAY_MS);
  expect(await ageOutNow(1, 2)).toEqual({ aged: 2, kept: 0 });
  expect(await ageOutNow(1, 9)).toEqual({ aged: 1, kept: 0 });
});

it.each(["while it is awake", "when it is opened for that"])(
  "an item that ages out %s goes on counting its workflows where it was, and sends nothing again",
  async (when) => {
    const first = await hold();
    await projected();
    passTime(RETENTION_MS + DAY_MS);
    if (when === "when it is opened for that") await closeObjects();
    await ageOutNow();
    await closeObjects();
    const next = await hold();
    expect(next.body.workflow_id).toBe(first.body.workflow_id.replace(/-1$/, "-2"));
    await projected();
    expect(await ids()).toEqual([next.body.workflow_id]);
  },
);

it(
  "an item forgets nothing while the database has not confirmed what it has",
  onDisk(async (storage) => {
    let isAway = true;
    const later = LIFE + RETENTION_MS;
    const { item } = aLife(storage, LIFE, {
      adviser: null,
      project: () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve()),
      onFailure: () => undefined,
    });
    const decision = (seq: number) =>
      aWorkflow({ id: `${"f".repeat(64)}-${seq}`, seq, status: "completed", review: null, updatedAt: LIFE });
    for (const seq of [1, 2]) item.write({ workflows: [decision(seq)] });
    await expect(forgetBefore(item, later)).rejects.toThrow("has not confirmed");
    expect(item.journal.workflows.read(1)).not.toBeNull();
    isAway = false;
    await forgetBefore(item, later);
    expect(item.journal.workflows.read(1)).toBeNull();
  }),
);

it("what has aged out is not counted again when its newest decision is delivered once more", async () => {
  const counted = async (): Promise<string[]> => {
    const { body } = await ask("GET", "/metrics");
    return String(body)
      .split("\n")
      .filter((line) => line.startsWith("inventory_decisions_total{") && !line.endsWith(" 0"));
  };
  const id = (await hold()).body.workflow_id;
  await projected();
  const before = await counted();
  expect(before).toHaveLength(1);
  passTime(RETENTION_MS + DAY_MS);
  expect(await ageOutNow()).toEqual({ aged: 1, kept: 0 });
  await itemStub().reproject();
  await ask("POST", `/workflows/${id}/redeliver`);
  await projected();
  expect(await ids()).toEqual([]);
  expect(await counted()).toEqual(before);
});
