/**
 * The server is killed in the middle of traffic, three times. Whatever it acknowledged is there once afterwards;
 * whatever it did not acknowledge is repeated under its key, as a client would, and then is there once as well.
 * Proves I3.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { projectedStatuses } from "../support/server-state.ts";
import { ownFolder } from "../support/own-folder.ts";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";

const ITEMS = 12;
const TRIGGERS = 360;
const AT_ONCE = 8;
const KILL_AFTER = [60, 150, 260];
const WITHIN_MS = 60_000;

const persistTo = ownFolder("kill");
let server: LocalServer | null = null;
afterAll(async () => {
  await server?.stop();
});

interface Sent {
  readonly n: number;
  readonly product: string;
  workflowId: string | null;
}

it("no acknowledged trigger is lost or doubled by a SIGKILL", async () => {
  server = await startLocalServer({ persistTo });
  const sent: Sent[] = Array.from({ length: TRIGGERS }, (_, n) => ({
    n,
    product: `SKU-${n % ITEMS}`,
    workflowId: null,
  }));
  let acknowledged = 0;
  for (const killAfter of [...KILL_AFTER, Infinity]) {
    const crash = new AbortController();
    const open = sent.filter((s) => s.workflowId === null);
    const worker = async (): Promise<void> => {
      for (let next = open.shift(); next !== undefined && !crash.signal.aborted; next = open.shift()) {
        next.workflowId = await post(server!, next);
        if (next.workflowId !== null && ++acknowledged >= killAfter) crash.abort();
      }
    };
    const workers = Array.from({ length: AT_ONCE }, worker);
    if (killAfter !== Infinity) {
      while (!crash.signal.aborted) await sleep(5);
      await server.kill();
    }
    await Promise.all(workers);
    if (killAfter !== Infinity) server = await startLocalServer({ persistTo });
  }

  for (const s of sent) {
    expect(s.workflowId, `trigger ${s.n} was never acknowledged`).not.toBeNull();
    expect(await post(server, s), `trigger ${s.n} is answered by another workflow`).toBe(s.workflowId);
  }
  expect(new Set(sent.map((s) => s.workflowId)).size).toBe(TRIGGERS);
  for (let item = 0; item < ITEMS; item++) {
    const product = await get(server, `/products/SKU-${item}`);
    // Ordinals count every workflow of an item: as many as triggers means that none was made twice.
    const newest = Math.max(
      ...product.decisions.map((d: { workflow_id: string }) => Number(d.workflow_id.split("-")[1])),
    );
    expect(newest).toBe(TRIGGERS / ITEMS);
    const questions = product.decisions.filter((d: { status: string }) => d.status === "awaiting_human_review");
    expect(questions.length).toBeLessThanOrEqual(1);
  }
});

it(
  "what was acknowledged right before a SIGKILL is in the log, the queue and the counters within 60 s, with no " +
    "further call",
  async () => {
    const acknowledged = await Promise.all(
      Array.from({ length: 24 }, (_, n) => post(server!, { n: n % 2 === 0 ? 3 : 59, product: `LATE-${n}` })),
    );
    await server!.kill();
    expect(acknowledged.every((id) => id !== null)).toBe(true);
    server = await startLocalServer({ persistTo });
    const deadline = Date.now() + WITHIN_MS;
    const missing = (): number => {
      const statuses = projectedStatuses(persistTo);
      return acknowledged.filter((id) => !statuses.has(id!)).length;
    };
    while (missing() > 0 && Date.now() < deadline) await sleep(500);
    expect(missing()).toBe(0);
  },
);

/** The workflow's id, or null when the server gave no answer. */
async function post(to: LocalServer, { n, product }: Pick<Sent, "n" | "product">): Promise<string | null> {
  try {
    const response = await fetch(`${to.url}/inventory-trigger`, {
      method: "POST",
      headers: { "X-API-Key": to.key, "Content-Type": "application/json", "Idempotency-Key": `n-${n}` },
      body: JSON.stringify({ product_id: product, current_stock: n % 60, safety_stock_level: 40 }),
    });
    if (!response.ok) return null;
    return ((await response.json()) as { workflow_id: string }).workflow_id;
  } catch {
    return null;
  }
}

async function get(from: LocalServer, path: string): Promise<any> {
  const response = await fetch(`${from.url}${path}`, { headers: { "X-API-Key": from.key } });
  expect(response.status).toBe(200);
  return response.json();
}
