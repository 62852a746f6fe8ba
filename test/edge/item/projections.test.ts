/**
 * Records on their way to the database: one that it refuses holds up no other, and a crash delays none for long.
 * Proves I1.
 */
import { env } from "cloudflare:workers";
import { reset } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ItemInputStore } from "../../../src/storage/item-inputs.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { aWorkflow } from "../../support/builders/a-workflow.ts";
import { collectorOf, PROJECTION_SCHEMA } from "../../../src/projection/collector.ts";
import { projectionOf } from "../../../src/storage/workflow-log.ts";
import { sweep } from "../../../src/scheduled/sweep.ts";
import { aLife, onDisk, settled, T0 } from "../support/item-life.ts";
import { approve, ask, HOUR_MS, passTime, projected, trigger, useWorld } from "../support/world.ts";

const OBJECT = "f".repeat(64);

function decision(seq: number, changes: Partial<Workflow> = {}): Workflow {
  return aWorkflow({ id: `${OBJECT}-${seq}`, seq, status: "completed", review: null, ...changes });
}

describe("an item with a record that the database refuses", () => {
  afterEach(() => reset());

  it(
    "sends all others, parks that one with an alert, and tries it again when it changes and after an hour",
    onDisk(async (storage) => {
      let now = T0;
      let pushed: number[] = [];
      const parked: string[] = [];
      const { item } = aLife(storage, T0, {
        adviser: null,
        now: () => now,
        project: async (recorded) => {
          if (recorded.some(({ workflow }) => workflow.seq === 3))
            throw new Error("the database refused the projections");
          pushed.push(...recorded.map(({ workflow }) => workflow.seq));
        },
        onFailure: (where, _cause, workflowId) => void parked.push(`${where} ${workflowId}`),
      });
      for (let seq = 1; seq <= 6; seq++) item.write({ workflows: [decision(seq)] });
      await item.projections.drain();
      expect(pushed.toSorted()).toEqual([1, 2, 4, 5, 6]);
      expect(parked).toEqual([`projection_parked ${OBJECT}-3`]);
      pushed = [];
      await item.projections.drain();
      item.write({ workflows: [decision(7)] });
      await settled();
      expect(pushed).toEqual([7]);
      expect(parked).toHaveLength(1);
      expect(item.alarm.nextDue()).toBe(T0 + 3_600_000);
      now = item.alarm.nextDue()!;
      await item.projections.drain();
      expect(parked).toHaveLength(2);
      item.write({ workflows: [decision(3, { version: 9 })] });
      await settled();
      expect(parked).toHaveLength(3);
      // Nothing that the database does not have may be overwritten.
      expect(item.journal.workflows.read(3)).not.toBeNull();
    }),
  );

  it(
    "is not taken for one when the database is away: then all wait, and are tried again",
    onDisk(async (storage) => {
      let isAway = true;
      const failed: string[] = [];
      const pushed: number[] = [];
      const { item } = aLife(storage, T0, {
        adviser: null,
        project: async (recorded) => {
          if (isAway) throw new Error("the database could not take the projections");
          pushed.push(...recorded.map(({ workflow }) => workflow.seq));
        },
        onFailure: (where) => void failed.push(where),
      });
      item.write({ workflows: [decision(1), decision(2)] });
      await settled();
      expect(failed).toEqual(["projection"]);
      isAway = false;
      await item.projections.drain();
      expect(pushed).toEqual([1, 2]);
      // What comes later need not wait for an outage that is over, and the next one begins with a short wait.
      item.write({ workflows: [decision(3)] });
      await settled();
      expect(pushed).toEqual([1, 2, 3]);
      expect(item.projections.retryAt).toBeNull();
      isAway = true;
      item.write({ workflows: [decision(4)] });
      await settled();
      expect(item.projections.retryAt).toBe(T0 + 2_000);
    }),
  );

  it(
    "that crashes right after a decision is due again within a minute",
    onDisk(async (storage) => {
      const never = () => new Promise<void>(() => {});
      aLife(storage, T0, { adviser: null, project: never }).item.write({ workflows: [decision(1)] });
      const alarm = await storage.getAlarm();
      expect(alarm! - T0).toBeLessThanOrEqual(60_000);
      const later = T0 + 600_000;
      const back = aLife(storage, later, { adviser: null, project: never });
      expect(back.item.alarm.nextDue()! - later).toBeLessThanOrEqual(60_000);
    }),
  );
});

it(
  "a read that is behind an upload does not set settings back, and is repeated soon",
  onDisk(async (storage) => {
    let now = T0;
    let stored = { inputsVersion: 1, terms: { packSize: 1 } };
    const loadForDecision = async () => ({ stored, history: null });
    const inputs = { loadForDecision, forecast: async () => null } as Partial<ItemInputStore> as ItemInputStore;
    const { item } = aLife(storage, T0, { adviser: null, now: () => now, inputs });
    const who = { storeId: "main", productId: "SKU-1" };
    item.learnInputs({ schema: 1, ...who, inputsVersion: 2, terms: { packSize: 12 } });
    expect((await item.knowledge.inputs.load(who)).terms).toEqual({ packSize: 12 });
    stored = { inputsVersion: 3, terms: { packSize: 24 } };
    now += 5_000;
    expect((await item.knowledge.inputs.load(who)).terms).toEqual({ packSize: 24 });
  }),
);

describe("a log that went back", () => {
  useWorld();

  const statusOf = async (id: string): Promise<unknown> =>
    (await env.DB.prepare("SELECT review_status FROM workflows WHERE workflow_id = ?").bind(id).first())?.[
      "review_status"
    ];

  it("is mended by the sweep that finds it undecided where the item has decided", async () => {
    const id = (await trigger()).body.workflow_id;
    await approve(id);
    await projected();
    const back =
      "UPDATE workflows SET version = 1, status = 'awaiting_human_review', review_status = 'pending' " +
      "WHERE workflow_id = ?";
    await env.DB.prepare(back).bind(id).run();
    passTime(9 * HOUR_MS);
    await sweep(env, Date.now());
    await projected();
    expect(await statusOf(id)).toBe("approved");
  });

  it("is written anew by a rebuild, a page of items at a time", async () => {
    const ids: string[] = [];
    for (const product_id of ["A", "B", "C"]) {
      const id = (await trigger({ product_id })).body.workflow_id;
      await approve(id);
      await projected(product_id);
      ids.push(id);
    }
    await env.DB.prepare("DELETE FROM workflows").run();
    const first = await ask("POST", "/projections/rebuild?limit=2");
    expect(first).toMatchObject({ status: 200, body: { items: 2, failed: [] } });
    expect(await statusOf(ids[2]!)).toBeUndefined();
    const rest = await ask("POST", `/projections/rebuild?limit=2&cursor=${encodeURIComponent(first.body.next_cursor)}`);
    expect(rest.body).toEqual({ items: 1, failed: [], next_cursor: null });
    for (const id of ids) expect(await statusOf(id)).toBe("approved");
  });

  it("has its registry written anew too, with the settings that items know", async () => {
    await ask("PUT", "/products/A", { pack_size: 7 });
    await ask("PUT", "/products/A", { pack_size: 12 });
    const id = (await trigger({ product_id: "A" })).body.workflow_id;
    await projected("A");
    await env.DB.prepare("DELETE FROM items").run();
    expect((await ask("POST", "/projections/rebuild")).body).toEqual({ items: 1, failed: [], next_cursor: null });
    expect((await ask("GET", "/products/A")).body).toMatchObject({ pack_size: 12, decisions: [{ workflow_id: id }] });
    await ask("PUT", "/products/A", { pack_size: 5 });
    expect((await trigger({ product_id: "A", current_stock: 0 })).body.decision.recommended_quantity % 5).toBe(0);
  });
});

describe("a database that lost its log and its registry", () => {
  useWorld();

  it("is written anew from the objects that the platform lists", async () => {
    await ask("PUT", "/products/A", { pack_size: 12 });
    const ids: string[] = [];
    for (const product_id of ["A", "B"]) {
      ids.push((await trigger({ product_id })).body.workflow_id);
      await projected(product_id);
    }
    await env.DB.batch(["workflows", "items"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
    const empty = env.ITEM.idFromName("nobody").toString();
    const objects = [...ids.map((id) => id.split("-")[0]!), empty];
    expect((await ask("POST", "/projections/rebuild/objects", { objects })).body).toEqual({ items: 2, failed: [] });
    expect((await ask("GET", "/products/A")).body).toMatchObject({
      pack_size: 12,
      decisions: [{ workflow_id: ids[0] }],
    });
    const { results } = await env.DB.prepare("SELECT workflow_id FROM workflows ORDER BY product_id").all();
    expect(results.map(({ workflow_id }) => workflow_id)).toEqual(ids);
    const registered = await env.DB.prepare("SELECT product_id FROM items ORDER BY product_id").all();
    expect(registered.results.map(({ product_id }) => product_id)).toEqual(["A", "B"]);
  });

  it("takes no id of another kind of object", async () => {
    const objects = [env.PURCHASE_ORDERS.idFromName("x").toString()];
    expect(await ask("POST", "/projections/rebuild/objects", { objects })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "/objects/0" }] },
    });
  });
});

describe("the collector", () => {
  useWorld();

  it("writes the items whose records the database takes, and refuses the one whose it does not", async () => {
    const collector = collectorOf(env.COLLECTOR, OBJECT);
    const push = (product: string, changes: object = {}) => {
      const workflow = decision(1, { id: `${product.repeat(64)}-1`, productId: product });
      const projection = projectionOf(product.repeat(64), { workflow, record: JSON.stringify(workflow) });
      return collector.push(PROJECTION_SCHEMA, [{ ...projection, ...changes }]).then(
        () => "taken",
        (cause: unknown) => String(cause),
      );
    };
    vi.spyOn(console, "error").mockReturnValue(undefined);
    const answers = await Promise.all([
      push("a"),
      push("b"),
      // NOT NULL in every database.
      push("c", { status: null }),
      push("d"),
    ]);
    // The item's log line says why, in the database's words.
    const why = "the database refused the projections: D1_ERROR: NOT NULL constraint failed: workflows.status";
    expect(answers).toEqual(["taken", "taken", expect.stringContaining(why), "taken"]);
    const rows = await env.DB.prepare("SELECT product_id FROM workflows ORDER BY 1").all();
    expect(rows.results.map((row) => row["product_id"])).toEqual(["a", "b", "d"]);
  });
});
