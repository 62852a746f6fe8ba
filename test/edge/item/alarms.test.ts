/**
 * The item's one alarm: set with what is due, set again by a next life, and never lost to a handler that failed (I3).
 */
import { reset } from "cloudflare:test";
import { afterEach, expect, it } from "vitest";
import type { ItemDeps } from "../../../src/item/deps.ts";
import { onAlarm } from "../../../src/item/waking/wake.ts";
import { makeWorkflowId } from "../../../src/workflow/workflow-id.ts";
import { aReview, aWorkflow, HOUR_MS } from "../../support/builders/a-workflow.ts";
import { aLife, OBJECT_ID, onDisk, settled, T0 } from "../support/item-life.ts";

afterEach(() => reset());

/** The platform closes an object this long after its last call. */
const TIME_OPEN_MS = 10_000;
const EXPIRES_AT = T0 + 4 * HOUR_MS;
const asked = aWorkflow({
  id: makeWorkflowId(OBJECT_ID, 1),
  review: aReview({ askedAt: T0, expiresAt: EXPIRES_AT, remindAt: T0 + HOUR_MS }),
});

/** A life in which what goes to the database has arrived before anything is looked at. */
async function aQuietLife(storage: DurableObjectStorage, changes: Partial<ItemDeps> = {}) {
  const life = aLife(storage, T0, { adviser: null, ...changes });
  await life.item.projections.drain();
  return life;
}

it(
  "is set by the commit that makes something due",
  onDisk(async (storage) => {
    const { item } = await aQuietLife(storage);
    item.write({ workflows: [asked] });
    expect(await storage.getAlarm()).toBeLessThanOrEqual(T0 + HOUR_MS);
  }),
);

it(
  "is set by the next life, where the platform lost it",
  onDisk(async (storage) => {
    const { item } = await aQuietLife(storage);
    item.write({ workflows: [asked] });
    await storage.deleteAlarm();
    const next = await aQuietLife(storage);
    await next.item.alarm.wake();
    expect(await storage.getAlarm()).toBe(T0 + HOUR_MS);
  }),
);

it(
  "is not set by opening the object where the last one has rung: the database has what it was set with",
  onDisk(async (storage) => {
    const done = aWorkflow({ id: makeWorkflowId(OBJECT_ID, 1), status: "completed", review: null });
    const { item, triggers } = await aQuietLife(storage);
    item.write({ workflows: [done] });
    expect(await storage.getAlarm()).not.toBeNull();
    await settled();
    await storage.deleteAlarm();
    await onAlarm(item, triggers);
    const pushed: number[] = [];
    const { item: next } = aLife(storage, T0, {
      adviser: null,
      project: async (recorded) => void pushed.push(...recorded.map(({ workflow }) => workflow.seq)),
    });
    await next.alarm.wake(true);
    expect(await storage.getAlarm()).toBeNull();
    // A sweep does not rely on it, and the next row takes along what is not known to have arrived.
    await next.alarm.wake();
    expect(await storage.getAlarm()).not.toBeNull();
    next.write({ workflows: [{ ...done, id: makeWorkflowId(OBJECT_ID, 2), seq: 2 }] });
    await settled();
    expect(pushed).toEqual([1, 2]);
  }),
);

it(
  "rings first while the object is still open, and later at times that more decisions share",
  onDisk(async (storage) => {
    let now = T0;
    const done = aWorkflow({ id: makeWorkflowId(OBJECT_ID, 1), status: "completed", review: null });
    const next = (seq: number) => ({ ...done, id: makeWorkflowId(OBJECT_ID, seq), seq });
    const { item, triggers } = await aQuietLife(storage, { now: () => now });
    item.write({ workflows: [done] });
    await settled();
    const first = (await storage.getAlarm())! - now;
    expect(first).toBeGreaterThanOrEqual(5_000);
    expect(first).toBeLessThan(TIME_OPEN_MS);
    await storage.deleteAlarm();
    now += first;
    await onAlarm(item, triggers);
    item.write({ workflows: [next(2)] });
    await settled();
    const setFor = await storage.getAlarm();
    expect(setFor! - now).toBeGreaterThan(TIME_OPEN_MS);
    // An object that is opened again keeps the alarm that it finds.
    now += TIME_OPEN_MS + 1_000;
    const { item: reopened } = aLife(storage, T0, { adviser: null, now: () => now });
    await reopened.alarm.wake(true);
    now += 1_000;
    reopened.write({ workflows: [next(3)] });
    await settled();
    expect(await storage.getAlarm()).toBe(setFor);
  }),
);

it.each([
  ["is still set", 0],
  ["is long overdue, which the platform lost", 600_000],
])("is kept by opening the object while it %s", (_, laterMs) =>
  onDisk(async (storage) => {
    const { item } = aLife(storage, T0, { adviser: null, project: () => new Promise(() => {}) });
    item.write({ workflows: [aWorkflow({ id: makeWorkflowId(OBJECT_ID, 1), status: "completed", review: null })] });
    const setFor = await storage.getAlarm();
    const next = aLife(storage, T0, { adviser: null, now: () => T0 + laterMs });
    await next.item.alarm.wake(true);
    const now = await storage.getAlarm();
    if (laterMs === 0) expect(now).toBe(setFor);
    else expect(now).toBeGreaterThan(T0 + laterMs);
  })(),
);

it(
  "is set for what comes next when it has done what was due",
  onDisk(async (storage) => {
    let now = T0;
    const { item, triggers } = await aQuietLife(storage, { now: () => now });
    item.write({ workflows: [asked] });
    await settled();
    await storage.deleteAlarm();
    now = T0 + HOUR_MS;
    await onAlarm(item, triggers);
    expect(item.openQuestion?.review?.remindAt).toBeNull();
    expect(await storage.getAlarm()).toBe(EXPIRES_AT);
  }),
);

it(
  "comes again in a minute when what was due failed",
  onDisk(async (storage) => {
    let now = T0;
    let isBroken = true;
    const failed: string[] = [];
    const { item, triggers } = await aQuietLife(storage, {
      now: () => now,
      deliverer: {
        plan: () => {
          if (isBroken) throw new Error("broken");
          return [];
        },
        attempt: async (_workflow, delivery) => delivery,
      },
      onFailure: (where) => void failed.push(where),
    });
    item.write({ workflows: [asked] });
    await settled();
    await storage.deleteAlarm();
    now = T0 + HOUR_MS;
    await onAlarm(item, triggers);
    expect(failed).toEqual(["alarm"]);
    expect(await storage.getAlarm()).toBe(now + 60_000);
    isBroken = false;
    now += 60_000;
    await onAlarm(item, triggers);
    expect(item.openQuestion?.review?.remindAt).toBeNull();
  }),
);
