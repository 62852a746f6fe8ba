/** Each way in which the service can fail unexpectedly reaches Sentry once; what is expected does not. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ask, logLines, sweep, trigger, until } from "../support/black-box.ts";
import { startSentrySink, type SentrySink } from "../support/peers/sentry-sink.ts";
import { changeDatabase, changeItem, changeItemRecord } from "../support/builders/stored-state.ts";
import { ownFolder } from "../support/own-folder.ts";

const persistTo = ownFolder("errors");
let sink: SentrySink;
let server: LocalServer;
let unreadable: string;
let asked: string;

beforeAll(async () => {
  sink = await startSentrySink();
  const env = { SENTRY_DSN: sink.dsn };
  server = await startLocalServer({ persistTo, env });
  unreadable = (await trigger(server, "BROKEN")).body.workflow_id;
  asked = (await trigger(server, "LATE", { current_stock: 0 })).body.workflow_id;
  await server.stop();

  // An item whose record no release can read; one whose alarm is due and whose record is cut short.
  changeItem(persistTo, unreadable, `UPDATE workflow SET record = '{"schema":99}' WHERE seq = 1`);
  changeItemRecord(persistTo, asked, (record) => {
    const workflow = JSON.parse(record);
    return JSON.stringify({ ...workflow, nodes: null, review: { ...workflow.review, expiresAt: 1 } });
  });
  // A database without the migration that the code needs.
  changeDatabase(persistTo, "ALTER TABLE workflows RENAME TO workflows_away");
  server = await startLocalServer({ persistTo, env });
});
afterAll(async () => {
  await server?.stop();
  await sink?.close();
});

function eventsFrom(origin: string) {
  return sink.events.filter(({ tags }) => tags?.["origin"] === origin);
}

it("reports a fault of a request once, with the request's id", async () => {
  const { status, headers } = await ask(server, "GET", "/reviews");
  expect(status).toBeGreaterThanOrEqual(500);
  await until(() => eventsFrom("fetch").length > 0);
  expect(eventsFrom("fetch")).toMatchObject([
    {
      tags: { request_id: headers.get("X-Request-Id") },
      exception: {
        values: expect.arrayContaining([expect.objectContaining({ value: expect.stringContaining("no such table") })]),
      },
    },
  ]);
});

it("reports a fault inside an object once: from the object, not again from the request that met it", async () => {
  expect((await ask(server, "GET", `/workflows/${asked}`)).status).toBe(500);
  await until(() => eventsFrom("rpc").some(({ tags }) => tags?.["workflow_id"] === asked));
  expect(eventsFrom("rpc").filter(({ tags }) => tags?.["workflow_id"] === asked)).toHaveLength(1);
  expect(eventsFrom("fetch")).toHaveLength(1);
});

it("reports an object that cannot even start, from the request that met it", async () => {
  expect((await ask(server, "GET", `/workflows/${unreadable}`)).status).toBe(500);
  await until(() => eventsFrom("fetch").length > 1);
  expect(eventsFrom("fetch")[1]).toMatchObject({
    exception: { values: [{ value: "a record of schema 99 cannot be read" }] },
  });
});

it("reports a fault of the sweep once", async () => {
  await sweep(server);
  await until(() => eventsFrom("scheduled").length > 0);
  expect(eventsFrom("scheduled")).toHaveLength(1);
});

it("reports a fault of an alarm", async () => {
  await ask(server, "GET", "/products/LATE");
  await until(() => eventsFrom("alarm").length > 0);
  expect(eventsFrom("alarm")[0]).toMatchObject({
    release: expect.stringMatching(/^stockwarden@/),
    exception: { values: [{ type: "TypeError" }] },
  });
});

it("decides all the same, and reports the projections that the database refused", async () => {
  expect((await trigger(server, "FINE")).status).toBe(200);
  await until(() => eventsFrom("rpc").some(({ exception }) => /no such table/.test(exception?.values[0]?.value ?? "")));
});

it("does not report refusals, and logs every report", async () => {
  const before = sink.events.length;
  for (const answer of [
    ask(server, "GET", "/workflows/nonsense"),
    ask(server, "POST", "/inventory-trigger", "{"),
    ask(server, "POST", "/inventory-trigger", {}),
    ask(server, "GET", "/metrics", undefined, { Authorization: "Bearer wrong" }),
  ]) {
    expect((await answer).status).toBeLessThan(500);
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(sink.events.slice(before).filter(({ tags }) => tags?.["origin"] === "fetch")).toEqual([]);
  // Wrangler looks up the sources of an uncaught exception before it prints what came after it: seconds, on a busy
  // machine.
  const logged = (): unknown[] =>
    logLines(server)
      .filter(({ level }) => level === "error")
      .map(({ event, where }) => where ?? event);
  await until(
    () =>
      ["request_failed", "call_failed", "scheduled", "alarm", "collector"].every((event) => logged().includes(event)),
    90_000,
  );
});

it("names the item that failed a trigger, sent alone and in a batch", async () => {
  expect((await trigger(server, "BROKEN", { store_id: "main" })).status).toBe(500);
  const triggers = ["BROKEN", "FINE"].map((product_id) => ({
    product_id,
    current_stock: 100,
    safety_stock_level: 40,
  }));
  const { results } = (await ask(server, "POST", "/inventory-triggers", { triggers })).body;
  expect(results.map(({ status }: { status: number }) => status)).toEqual([500, 200]);
  const failed = () =>
    logLines(server)
      .filter(({ event, product_id }) => event === "request_failed" && product_id === "BROKEN")
      .map(({ route, store_id, product_id }) => [route, store_id, product_id]);
  await until(() => failed().length >= 2);
  expect(failed()).toEqual([
    ["/inventory-trigger", "main", "BROKEN"],
    ["/inventory-triggers", "main", "BROKEN"],
  ]);
});

it("sends no secret along", () => {
  expect(sink.wire.join("\n")).not.toContain(server.key);
});
