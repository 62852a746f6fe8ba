import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Problem } from "../../src/api/problems.ts";
import { parseSettings, type Settings } from "../../src/config/settings.ts";
import { createErrorReporter, type ErrorFacts } from "../../src/telemetry/errors.ts";
import { envelopeUrl } from "../../src/telemetry/sentry-event.ts";
import { httpPeer, type PeerAnswer } from "../support/peers/http-peer.ts";
import { startSentrySink, type SentrySink } from "../support/peers/sentry-sink.ts";

const T0 = Date.parse("2040-01-01T00:00:00Z");
let sink: SentrySink;
beforeEach(async () => {
  sink = await startSentrySink();
});
afterEach(() => sink.close());

it("sends an unexpected error once, with its ids, its release and a fingerprint that ignores numbers", async () => {
  await report(new TypeError("row 17 of item 0a1b2c3d4e5f has no plan"), {
    origin: "alarm",
    requestId: "req-1",
    workflowId: "wf-1",
    node: "act",
  });
  expect(sink.events).toHaveLength(1);
  expect(sink.events[0]).toMatchObject({
    release: expect.stringMatching(/^stockwarden@\d/),
    tags: { origin: "alarm", request_id: "req-1", workflow_id: "wf-1", node: "act" },
    fingerprint: ["alarm", "TypeError", "row # of item # has no plan"],
    exception: { values: [{ type: "TypeError" }] },
  });
});

it("sends where it happened and why, with no request", async () => {
  await report(new RangeError("outside", { cause: new Error("inside") }), { origin: "rpc" });
  const { exception, ...event } = sink.events[0]!;
  expect(exception!.values).toMatchObject([
    { type: "Error", value: "inside" },
    { type: "RangeError", value: "outside" },
  ]);
  expect(exception!.values[1]!.stacktrace!.frames.at(-1)).toMatchObject({
    filename: expect.stringContaining("error-reports.test.ts"),
    lineno: expect.any(Number),
    in_app: true,
  });
  expect(Object.keys(event).toSorted()).toEqual(
    ["event_id", "fingerprint", "level", "platform", "release", "tags", "timestamp"].toSorted(),
  );
});

it("sends what was thrown and is no error", async () => {
  await report("gone", { origin: "fetch" });
  expect(sink.events[0]!.exception!.values).toMatchObject([{ type: "string", value: "gone" }]);
});

it.each([
  ["https://abc@o1.ingest.sentry.io/42", "https://o1.ingest.sentry.io/api/42/envelope/"],
  ["http://abc@127.0.0.1:9000/sentry/7", "http://127.0.0.1:9000/sentry/api/7/envelope/"],
])("posts what belongs to %s to its project's envelopes", (dsn, address) => {
  const { origin, pathname, searchParams } = new URL(envelopeUrl(dsn));
  expect(origin + pathname).toBe(address);
  expect(searchParams.get("sentry_key")).toBe("abc");
});

it("sends a database that refuses a statement: that is a fault of ours", async () => {
  await report(new Error("D1_ERROR: no such table: workflows: SQLITE_ERROR"), { origin: "scheduled" });
  expect(sink.events).toHaveLength(1);
});

it("scrubs configured secrets and whatever looks like one", async () => {
  const error = new Error(
    "fetch with root-key-canary and Bearer abcdefghijklmnop failed at https://user:hunter2hunter2@mail.example/",
  );
  await report(error, { origin: "fetch" });
  expect(sink.events).toHaveLength(1);
  expect(sink.wire.join("\n")).not.toMatch(/root-key-canary|abcdefghijklmnop|hunter2/);
});

it.each([
  ["a refusal", new Problem("not_found", "There is no such item.")],
  [
    "an object reset by a deploy",
    Object.assign(new Error("Durable Object reset because its code was updated."), { durableObjectReset: true }),
  ],
  ["a database that is away", new Error("D1_ERROR: Network connection lost.")],
  ["an overloaded object", Object.assign(new Error("Durable Object is overloaded."), { overloaded: true })],
  ["what an object has reported itself", Object.assign(new Error("boom"), { remote: true })],
])("does not report %s", async (_what, error) => {
  await report(error, { origin: "rpc" });
  expect(sink.events).toEqual([]);
});

it("stays silent without a DSN, and harmless when the sink is gone", async () => {
  await report(new Error("boom"), { origin: "fetch" }, createErrorReporter(settings({})));
  expect(sink.events).toEqual([]);
  const gone = createErrorReporter(settings({ SENTRY_DSN: "http://0123456789abcdef0123456789abcdef@127.0.0.1:1/1" }));
  await expect(report(new Error("boom"), { origin: "fetch" }, gone)).resolves.toBe(true);
});

it("keeps quiet as long as a Sentry that has enough says, and follows it nowhere", async () => {
  let says: PeerAnswer = { status: 302, headers: { Location: sink.dsn } };
  const full = await httpPeer(() => says);
  const clock = vi.spyOn(Date, "now").mockReturnValue(T0);
  const reporter = createErrorReporter(settings({ SENTRY_DSN: `${full.origin.replace("http://", "http://key@")}/1` }));
  const reported = async (): Promise<number> => {
    await report(new Error("boom"), { origin: "fetch" }, reporter);
    return full.requests.length;
  };
  expect([await reported(), await reported(), sink.wire]).toEqual([1, 2, []]);
  says = { status: 429, headers: { "Retry-After": "7" } };
  expect([await reported(), await reported()]).toEqual([3, 3]);
  clock.mockReturnValue(T0 + 6_999);
  expect(await reported()).toBe(3);
  says = { status: 429 };
  clock.mockReturnValue(T0 + 7_000);
  expect([await reported(), await reported()]).toEqual([4, 4]);
  says = {};
  clock.mockReturnValue(T0 + 67_000);
  expect([await reported(), await reported()]).toEqual([5, 6]);
  clock.mockRestore();
  await full.close();
});

/** Reports as the Worker does and waits, as the platform would, for what was promised to `waitUntil`. */
async function report(
  error: unknown,
  facts: ErrorFacts,
  reporter = createErrorReporter(settings({ SENTRY_DSN: sink.dsn })),
): Promise<boolean> {
  const promised: Promise<unknown>[] = [];
  const unexpected = reporter.report(error, facts, {
    waitUntil: (promise) => promised.push(promise),
  });
  for (let at = 0; at < promised.length; at++) await promised[at];
  return unexpected;
}

function settings(env: Record<string, string>): Settings {
  const parsed = parseSettings({ API_KEY: "root-key-canary", ...env });
  if (!parsed.ok) throw new Error("the test's settings are refused");
  return parsed.settings;
}
