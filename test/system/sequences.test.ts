/**
 * Random sequences of counts, verdicts, receipts, orders and purchase orders, against a server that is killed on the
 * way. After each step all views of the shop must agree, and every answer is as documented. A failure shows its seed
 * and its steps; `SEED=n` repeats it, `SEED=random` plays another sequence.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, inject, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { seeded } from "../support/seeded.ts";
import { documentedCalls } from "../support/sequences/documented-calls.ts";
import { openShop, type Shop } from "../support/sequences/shop.ts";
import { allAtOnce, randomStep } from "../support/sequences/steps.ts";
import { disagreements } from "../support/sequences/views.ts";
import { ownFolder } from "../support/own-folder.ts";

const STEPS = 60;
/** Every so many steps, several are made at once. */
const STORM_EVERY = 6;
const KILL_AT = [20, 40];
/** Purchase orders and the queue follow their items within a minute of any crash; this machine may be busy. */
const SETTLED_WITHIN_MS = 120_000;
const POLL_MS = 200;

const persistTo = ownFolder("sequences");
let server: LocalServer | null = null;
afterAll(async () => {
  await server?.stop();
});

it("all views of a shop agree after every step", async () => {
  const seed = inject("seed") ?? Date.now() % 1_000_000;
  const random = seeded(seed);
  const story: string[] = [`SEED=${seed}`];
  const faults: string[] = [];
  const fault = (text: string): void => void faults.push(text);
  server = await startLocalServer({ persistTo });
  const call = documentedCalls(() => server!, fault);
  const shop = await openShop({ store: "shop", random, fault, call: told(call, story) });
  for (let step = 1; step <= STEPS; step++) {
    if (KILL_AT.includes(step)) {
      story.push("SIGKILL");
      await server.kill();
      server = await startLocalServer({ persistTo });
    }
    await (step % STORM_EVERY === 0 ? allAtOnce(shop) : randomStep(shop)(shop));
    faults.push(...(await lasting(shop)));
    expect(faults, story.join("\n")).toEqual([]);
  }
});

/** Writes each call that changes something into the story. */
function told(call: Shop["call"], story: string[]): Shop["call"] {
  return async (method, path, body, headers) => {
    const answer = await call(method, path, body, headers);
    if (method !== "GET") story.push(`${method} ${path} ${JSON.stringify(body)} -> ${answer.status}`);
    return answer;
  };
}

/** Disagreements that are still there when everything has been told. */
async function lasting(shop: Shop): Promise<string[]> {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const found = await disagreements(shop);
    if (found.length === 0 || Date.now() > deadline) return found;
    await sleep(POLL_MS);
  }
}
