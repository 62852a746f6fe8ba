/** `POST /runs` and `GET /runs/{run_id}`: every item of a store is decided again from its last count. */
import * as z from "zod";
import { Problem } from "../../../api/problems.ts";
import { RunAnswer, RunBody } from "../../../api/run-shape.ts";
import { storageOf } from "../../../storage/storage.ts";
import { objectOfRun, type RunRecord } from "../../../store/runs/run.ts";
import { storeObject } from "../../../store/store-worlds.ts";
import { requireStore, seesStore } from "../../auth/store-bounds.ts";
import type { AppContext } from "../../kit/context.ts";
import { once, ONCE, type DoneOnce } from "../../kit/once.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json } from "../../kit/route.ts";
import { iso } from "../../../api/to-wire.ts";

export const postRun = guarded({
  method: "POST",
  path: "/runs",
  scope: "trigger",
  headers: ONCE,
  docs: {
    summary: "Decide every item of a store again from its last count",
    group: "decisions",
    body: json(RunBody),
    answers: { 202: { says: "Begun; Location names the run", content: json(RunAnswer) } },
    problems: ["not_found", "run_under_way"],
  },
  async handle(c, { principal, headers: { "Idempotency-Key": key } }) {
    const { store_id: storeId, supplier_id } = await readJson(c, RunBody);
    requireStore(principal, storeId);
    const said = JSON.stringify({ storeId, supplier_id: supplier_id ?? null });
    const answer = await once(c, principal, key, said, () => begin(c, storeId, supplier_id ?? null));
    const { run_id } = (await answer.clone().json()) as z.output<typeof RunAnswer>;
    answer.headers.set("Location", `/runs/${run_id}`);
    return answer;
  },
});

async function begin(c: AppContext, storeId: string, supplierId: string | null): Promise<DoneOnce> {
  const { world } = storageOf(c.env);
  if (!(await world.hasItems(storeId)) && (await world.get("store", storeId)) === null)
    throw new Problem("not_found", "There is no such store.");
  const { kind, run } = await storeObject(c.env, storeId).run({ storeId, supplierId, morning: null });
  if (kind === "under_way") {
    throw new Problem("run_under_way", "A run of this store is under way: wait for its end.", {
      headers: { Location: `/runs/${run.runId}` },
    });
  }
  return { status: 202, body: runToWire(run) };
}

export const getRun = guarded({
  method: "GET",
  path: "/runs/:run_id",
  params: z.object({ run_id: z.string() }),
  scope: "read",
  docs: {
    summary: "A run: how far it is, and what it came to",
    group: "decisions",
    answers: { 200: { says: "The run", content: json(RunAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, { principal, params }) {
    const run = await findRun(c, params.run_id);
    if (run === null || !seesStore(principal, run.storeId)) throw new Problem("not_found", "There is no such run.");
    return c.json(runToWire(run));
  },
});

async function findRun(c: AppContext, runId: string): Promise<RunRecord | null> {
  const objectId = objectOfRun(runId);
  if (objectId === null) return null;
  try {
    return await c.env.STORE.get(c.env.STORE.idFromString(objectId)).readRun(runId);
  } catch (cause) {
    // An id of another namespace is not one of ours.
    if (cause instanceof TypeError) return null;
    throw cause;
  }
}

function runToWire(run: RunRecord): z.output<typeof RunAnswer> {
  return {
    run_id: run.runId,
    store_id: run.storeId,
    supplier_id: run.supplierId,
    status: run.status,
    items: run.items,
    decided: run.decided,
    unchanged: run.unchanged,
    restock: run.restock,
    waiting: run.waiting,
    skipped: run.skipped.map(({ productId, why }) => ({ product_id: productId, why })),
    failed: run.failed,
    started_at: iso(run.startedAt),
    finished_at: run.finishedAt === null ? null : iso(run.finishedAt),
  };
}
