/**
 * Crashes. A crash point is a commit: before it nothing of the event may be there, after it everything is, whatever the
 * caller heard. Each path is run once undisturbed and once with a crash at every commit, and must end the same.
 * Proves I1 and I2.
 */
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { projectionOf } from "../../../src/storage/workflow-log.ts";
import { PROJECTION_SCHEMA } from "../../../src/projection/collector.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { interceptCommits } from "../support/crashes.ts";
import { takeDatabaseAway } from "../support/away-database.ts";
import {
  approve,
  ask,
  closeObjects,
  HOUR_MS,
  itemStub,
  passTime,
  projected,
  trigger,
  useWorld,
} from "../support/world.ts";

useWorld();

const TTL_MS = 4 * HOUR_MS;
type Moment = "before" | "after";

describe("a crash", () => {
  const paths: Record<string, () => Promise<void>> = {
    "a trigger that is decided": async () => {
      await retried(() => trigger({ current_stock: 30 }, { "Idempotency-Key": "t1" }));
    },
    "a trigger that asks, and its approval": async () => {
      const asked = await retried(() => trigger({}, { "Idempotency-Key": "t1" }));
      await retried(() => approve(asked.body.workflow_id));
    },
    "a trigger that supersedes a question, and the rejection": async () => {
      await retried(() => trigger({}, { "Idempotency-Key": "t1" }));
      const newer = await retried(() => trigger({ current_stock: 0 }, { "Idempotency-Key": "t2" }));
      await retried(() => approve(newer.body.workflow_id, { decision: "reject" }));
    },
    "a trigger that repeats the open question": async () => {
      await retried(() => trigger({}, { "Idempotency-Key": "t1" }));
      await retried(() => trigger({ current_stock: 11 }, { "Idempotency-Key": "t2" }));
    },
    "an expiry": async () => {
      await retried(() => trigger({}, { "Idempotency-Key": "t1" }));
      passTime(TTL_MS);
      await runDurableObjectAlarm(itemStub());
    },
    "a receipt": async () => {
      const asked = await retried(() => trigger({}, { "Idempotency-Key": "t1" }));
      await retried(() => approve(asked.body.workflow_id));
      await retried(() => ask("POST", "/products/SKU-1/receipts", { quantity: 20, reference: "r1" }));
    },
    "a mark that somebody placed an order": async () => {
      const { workflow_id: workflowId } = (await retried(() => trigger({}, { "Idempotency-Key": "t1" }))).body;
      await retried(() => approve(workflowId));
      const by = { principal: "person:ana", label: "Ana", channel: "page" };
      const call = { schema: 1, workflowId, by, reference: "A-1", expectedAt: null, undo: null } as const;
      const mark = () => itemStub().markPlaced(call);
      const marked = await mark().catch(async () => {
        await abortAllDurableObjects();
        return mark();
      });
      expect(marked).toMatchObject({ order: { reference: "A-1" }, placed: { by } });
      expect(
        (await itemStub().read(workflowId))!.audit.filter(({ detail }) => detail?.includes("placed by hand")),
      ).toHaveLength(1);
    },
  };

  for (const [name, run] of Object.entries(paths)) {
    it(`at any commit of ${name} changes nothing in the end`, async () => {
      const undisturbed = await outcomeOf(run, null);
      const commits = undisturbed.commits;
      expect(commits).toBeGreaterThan(0);
      for (let at = 1; at <= commits; at++) {
        for (const moment of ["before", "after"] as const) {
          const disturbed = await outcomeOf(run, { at, moment });
          expect(disturbed.state, `crash ${moment} commit ${at} of ${commits}`).toEqual(undisturbed.state);
        }
      }
    });
  }

  it("between a commit and its effects is made good by the alarm alone", async () => {
    await env.DB.exec("ALTER TABLE workflows RENAME TO away");
    const asked = await trigger();
    expect(asked.status).toBe(202);
    await abortAllDurableObjects();
    await env.DB.exec("ALTER TABLE away RENAME TO workflows");
    passTime(10 * 60_000);
    await runDurableObjectAlarm(itemStub());
    expect(await rows()).toEqual([{ workflow_id: asked.body.workflow_id, status: "awaiting_human_review" }]);
  });

  it("between a hold's commit and its projection loses no hash of its audit", async () => {
    await env.DB.exec("ALTER TABLE workflows RENAME TO away");
    const { workflow_id } = (await trigger({ current_stock: 30 })).body;
    const atItem = (await ask("GET", `/audit/${workflow_id}`)).body;
    expect(atItem).toMatchObject({ status: "completed", intact: true });
    await abortAllDurableObjects();
    expect((await ask("GET", `/audit/${workflow_id}`)).body).toEqual(atItem);
    await env.DB.exec("ALTER TABLE away RENAME TO workflows");
    passTime(10 * 60_000);
    await runDurableObjectAlarm(itemStub());
    expect((await ask("GET", "/audit")).body.trails).toEqual([atItem]);
  });
});

describe("an object that dies before the database has the newer version of an older workflow", () => {
  const changes: Record<
    string,
    { readonly change: (first: string) => Promise<unknown>; readonly statuses: readonly string[] }
  > = {
    "a newer trigger took its place": {
      change: () => trigger({ current_stock: 0 }),
      statuses: ["superseded", "awaiting_human_review"],
    },
    "it was approved after a newer trigger had pointed to it": {
      change: approve,
      statuses: ["completed", "superseded"],
    },
  };

  it.each(Object.entries(changes))("sends it again: %s", async (name, { change, statuses }) => {
    const asked = await trigger();
    await projected();
    if (name.startsWith("it was approved")) await trigger({ current_stock: 11 });
    await projected();
    await env.DB.exec("ALTER TABLE workflows RENAME TO away");
    await change(asked.body.workflow_id);
    await abortAllDurableObjects();
    await env.DB.exec("ALTER TABLE away RENAME TO workflows");
    passTime(10 * 60_000);
    await runDurableObjectAlarm(itemStub());
    expect((await rows()).map(({ status }) => status)).toEqual(statuses);
  });

  it("sends it no more once it is written down that the database has it", async () => {
    const late = () =>
      runInDurableObject(itemStub(), (_instance, { storage }) =>
        storage.sql.exec("SELECT seq FROM workflow WHERE delivered_through < 0").toArray(),
      );
    await trigger();
    await trigger({ current_stock: 11 });
    expect(await late()).toEqual([{ seq: 1 }]);
    await projected();
    await itemStub().forget(0);
    await closeObjects();
    expect(await late()).toEqual([]);
  });
});

describe("an evicted object", () => {
  it("knows by its decisions which item it is, when nothing was ever uploaded for it", async () => {
    const { workflow_id } = (await trigger({ current_stock: 30 }, {})).body;
    await closeObjects();
    expect((await ask("GET", "/products/SKU-1")).body).toMatchObject({
      product_id: "SKU-1",
      store_id: "main",
      decisions: [{ workflow_id }],
    });
    await closeObjects();
    expect((await ask("POST", "/products/SKU-1/receipts", { quantity: 1, reference: "r" })).status).toBe(200);
  });

  it("knows its question, its orders and its keys again", async () => {
    const first = await trigger({}, { "Idempotency-Key": "k" });
    await closeObjects();
    expect((await trigger({}, { "Idempotency-Key": "k" })).body.workflow_id).toBe(first.body.workflow_id);
    await closeObjects();
    expect((await approve(first.body.workflow_id)).status).toBe(200);
    await closeObjects();
    expect((await trigger()).body.decision.evidence.inventory_position).toBe(40);
  });
});

describe("while the database is away", () => {
  it("a trigger is decided and acknowledged, labelled as a fallback, and reaches the database later", async () => {
    const giveBack = takeDatabaseAway();
    const asked = await trigger();
    expect(asked).toMatchObject({
      status: 202,
      body: {
        decision: {
          fallback: true,
          reasons: [
            "Demand data could not be read, so the plain rule decides.",
            expect.any(String),
            expect.any(String),
          ],
        },
      },
    });
    expect((await ask("GET", `/workflows/${asked.body.workflow_id}`)).status).toBe(200);
    expect((await approve(asked.body.workflow_id)).status).toBe(200);
    expect(await ask("GET", "/reviews")).toMatchObject({ status: 503, body: { code: "unavailable" } });
    // Later than another test's look, whose result is kept for some seconds.
    passTime(60_000);
    expect((await ask("GET", "/readyz")).status).toBe(503);
    expect((await ask("GET", "/healthz")).status).toBe(200);
    giveBack();
    passTime(10 * 60_000);
    await runDurableObjectAlarm(itemStub());
    expect(await rows()).toEqual([{ workflow_id: asked.body.workflow_id, status: "completed" }]);
  });

  it("a trigger that needs settings which cannot be read is to be sent again, not to be changed", async () => {
    await ask("PUT", "/catalogue", "product_id,safety_stock_level\nSKU-1,40\n", { "Content-Type": "text/csv" });
    const giveBack = takeDatabaseAway();
    const said = { current_stock: 50, safety_stock_level: undefined };
    const away = await trigger(said, { "Idempotency-Key": "t1" });
    expect(away).toMatchObject({ status: 503, body: { code: "unavailable" } });
    expect(away.headers.get("Retry-After")).toBe("5");
    giveBack();
    passTime(10_000);
    expect((await trigger(said, { "Idempotency-Key": "t1" })).status).toBe(200);
  });

  it("an item keeps the settings it knew", async () => {
    await ask("PUT", "/products/SKU-1", { pack_size: 25 });
    await closeObjects();
    const giveBack = takeDatabaseAway();
    expect((await trigger({ current_stock: 10 })).body.decision.recommended_quantity).toBe(50);
    giveBack();
  });

  it("an item keeps the settings it was told last, though it has decided under others", async () => {
    await ask("PUT", "/products/SKU-1", { pack_size: 10 });
    await trigger({ current_stock: 39 });
    await ask("PUT", "/products/SKU-1", { pack_size: 25 });
    const giveBack = takeDatabaseAway();
    expect((await trigger({ current_stock: 10 })).body.decision.recommended_quantity).toBe(50);
    await closeObjects();
    expect((await trigger({ current_stock: 9 })).body.decision.recommended_quantity).toBe(50);
    giveBack();
  });
});

describe("projections", () => {
  it("never go backwards, in whatever order they arrive", async () => {
    const asked = await trigger();
    const before = (await itemStub().read(asked.body.workflow_id))!;
    await approve(asked.body.workflow_id);
    const after = (await itemStub().read(asked.body.workflow_id))!;
    expect(after.version).toBeGreaterThan(before.version);
    const objectId = asked.body.workflow_id.split("-")[0];
    const collector = env.COLLECTOR.getByName("reversed");
    const versionOf = (workflow: Workflow) => projectionOf(objectId, { workflow, record: JSON.stringify(workflow) });
    await collector.push(PROJECTION_SCHEMA, [versionOf(after)]);
    await collector.push(PROJECTION_SCHEMA, [versionOf(before)]);
    await collector.push(PROJECTION_SCHEMA, [versionOf(after), versionOf(before)]);
    expect(await rows()).toEqual([{ workflow_id: asked.body.workflow_id, status: "completed" }]);
  });

  it("of many items go to the database in few batches", async () => {
    const collector = env.COLLECTOR.getByName("batched");
    const workflow = (await itemStub().read((await trigger({ current_stock: 30 })).body.workflow_id))!;
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => {
        const other = { ...workflow, id: `w-${i}`, seq: 2 };
        return collector.push(PROJECTION_SCHEMA, [
          projectionOf("0".repeat(64), { workflow: other, record: JSON.stringify(other) }),
        ]);
      }),
    );
    expect((await rows()).filter((row) => String(row.workflow_id).startsWith("w-"))).toHaveLength(100);
  });

  it("of all who wait fail with the first batch, while the database is away", async () => {
    const workflow = (await itemStub().read((await trigger({ current_stock: 30 })).body.workflow_id))!;
    await projected();
    const collector = env.COLLECTOR.getByName("away");
    const giveBack = takeDatabaseAway();
    const batches = vi.mocked((Object.getPrototypeOf(env.DB) as D1Database).batch);
    const one = projectionOf("0".repeat(64), { workflow, record: JSON.stringify(workflow) });
    // Each is a batch of its own.
    const many = Array.from({ length: 3 }, (_, i) =>
      collector.push(
        PROJECTION_SCHEMA,
        Array.from({ length: 200 }, (_each, at) => ({ ...one, id: `w-${i}-${at}` })),
      ),
    );
    const ends = await Promise.allSettled(many);
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(batches).toHaveBeenCalledTimes(1);
    giveBack();
  });

  it("of another release are refused, and hold nobody up", async () => {
    const workflow = (await itemStub().read((await trigger({ current_stock: 30 })).body.workflow_id))!;
    const objectId = workflow.id.split("-")[0]!;
    const collector = env.COLLECTOR.getByName("mixed");
    expect(await collector.push(2, [{ objectId, workflow } as never]).then(() => "taken", String)).toContain(
      "schema 2",
    );
    await collector.push(PROJECTION_SCHEMA, [projectionOf(objectId, { workflow, record: JSON.stringify(workflow) })]);
  });

  it("can be rebuilt from the items when the database lost its rows", async () => {
    const asked = await trigger();
    await projected();
    await env.DB.exec("DELETE FROM workflows");
    await itemStub().reproject();
    expect(await rows()).toEqual([{ workflow_id: asked.body.workflow_id, status: "awaiting_human_review" }]);
  });
});

/** Runs a path on a fresh item and describes everything that lasts; with a crash at one of its commits if asked. */
async function outcomeOf(run: () => Promise<void>, crash: { at: number; moment: Moment } | null) {
  await startOver();
  crashing = crash;
  commits = 0;
  await armed();
  await run();
  crashing = null;
  const counted = commits;
  await abortAllDurableObjects();
  // No further traffic: the alarm alone must bring everything to its end (I3).
  passTime(10 * 60_000);
  await runDurableObjectAlarm(itemStub());
  const { body } = await ask("GET", "/products/SKU-1");
  const inDatabase = await rows();
  return {
    commits: counted,
    state: {
      decisions: body.decisions.map((d: any) => [
        d.status,
        d.decision?.recommended_action,
        d.decision?.recommended_quantity,
      ]),
      openOrders: body.open_orders.map((order: any) => [order.quantity, order.reference]),
      projected: inDatabase.map((row) => row.status),
    },
  };
}

let crashing: { at: number; moment: Moment } | null = null;
let commits = 0;

/** Puts the crash into the object's next transactions; a crashed object is gone, and so is this with it. */
async function armed(): Promise<void> {
  await runInDurableObject(itemStub(), (_instance, state) => {
    const crashable = <T>(write: () => T): T => {
      commits++;
      if (crashing?.at !== commits) return write();
      if (crashing.moment === "before") throw new Error("crash before the commit");
      write();
      throw new Error("crash after the commit");
    };
    interceptCommits(state.storage, crashable, /^SELECT/);
  });
}

/** A client that repeats what was not answered, with a crashed object in between. */
async function retried(request: () => ReturnType<typeof ask>): ReturnType<typeof ask> {
  const first = await request();
  if (first.status < 500) return first;
  await abortAllDurableObjects();
  const second = await request();
  expect(second.status).toBeLessThan(300);
  return second;
}

async function startOver(): Promise<void> {
  await runInDurableObject(itemStub(), async (_instance, state) => {
    await state.storage.deleteAll();
  });
  await abortAllDurableObjects();
  await env.DB.exec("DELETE FROM workflows");
}

async function rows(): Promise<{ workflow_id: string; status: string }[]> {
  const { results } = await env.DB.prepare(
    "SELECT workflow_id, status FROM workflows ORDER BY created_at, workflow_id",
  ).all();
  return results as { workflow_id: string; status: string }[];
}
