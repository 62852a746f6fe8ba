/**
 * A run's decision of an item on its way to the database: it sets no alarm while the run waits for it, and is not lost
 * to a crash or an outage (I1).
 */
import { reset } from "cloudflare:test";
import { afterEach, expect, it } from "vitest";
import { decideAgain } from "../../../src/item/again/decide-again.ts";
import type { ItemDeps } from "../../../src/item/deps.ts";
import { eventually } from "../support/eventually.ts";
import { aCall, aLife, DAY_MS, onDisk, T0 } from "../support/item-life.ts";

afterEach(() => reset());

const NOW = T0 + DAY_MS / 2;
const ITEM = { storeId: "main", productId: "SKU-1" };
/** It decides again, whether or not anything new is known. */
const RUN = { schema: 1, item: ITEM, runId: "run-1", startedAt: NOW, takesBack: "an answer" } as const;

/** A life at the time of the run, of an item that was counted before it. */
async function counted(storage: DurableObjectStorage, project: ItemDeps["project"]) {
  const first = aLife(storage, T0, { adviser: null });
  await first.triggers.handle(aCall());
  await first.item.projections.drain();
  await storage.deleteAlarm();
  return opened(storage, project);
}

async function opened(storage: DurableObjectStorage, project: ItemDeps["project"]) {
  const life = aLife(storage, NOW, { adviser: null, project, onFailure: () => undefined });
  await life.item.alarm.wake(true);
  return life;
}

it(
  "is in the database when the item answers, and no alarm was needed",
  onDisk(async (storage) => {
    const stored: number[] = [];
    const alarms: (number | null)[] = [];
    const { item, triggers } = await counted(storage, async (recorded) => {
      alarms.push(await storage.getAlarm());
      stored.push(...recorded.map(({ workflow }) => workflow.seq));
    });
    expect(await decideAgain(item, triggers, RUN)).toMatchObject({ kind: "decided" });
    expect([stored, alarms, await storage.getAlarm()]).toEqual([[1, 2], [null], null]);
  }),
);

it(
  "has an alarm when the database is away, and is answered all the same",
  onDisk(async (storage) => {
    const { item, triggers } = await counted(storage, () => Promise.reject(new Error("away")));
    expect(await decideAgain(item, triggers, RUN)).toMatchObject({ kind: "decided" });
    expect(await storage.getAlarm()).not.toBeNull();
  }),
);

it(
  "is sent when the run asks again after a crash in between",
  onDisk(async (storage) => {
    const { item, triggers } = await counted(storage, () => new Promise(() => {}));
    void decideAgain(item, triggers, RUN);
    await eventually(() => expect(item.journal.workflows.lastSeq).toBe(2));
    const stored: number[] = [];
    const next = await opened(storage, async (recorded) => {
      stored.push(...recorded.map(({ workflow }) => workflow.seq));
    });
    expect(await decideAgain(next.item, next.triggers, RUN)).toMatchObject({ kind: "decided" });
    expect([stored, next.item.journal.workflows.lastSeq]).toEqual([[1, 2], 2]);
  }),
);
