import { afterEach, beforeEach, expect, it } from "vitest";
import { teamKeys } from "../../src/http/auth/access-keys.ts";
import { httpPeer, type HttpPeer, type PeerAnswer } from "../support/peers/http-peer.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";

const NOW = Date.parse("2040-01-02T00:00:00Z");
const SECOND_MS = 1_000;
const FIRST = { kty: "RSA", kid: "first", n: "AQAB", e: "AQAB" };
const SECOND = { ...FIRST, kid: "second" };

let says: PeerAnswer;
let team: HttpPeer;
beforeEach(async () => {
  says = { body: { keys: [FIRST] } };
  team = await httpPeer(() => says);
});
afterEach(() => team.close());

const keysFor = async (keyId: string, now: number): Promise<unknown> => teamKeys(team.origin, keyId, now);

it("keys of Access are fetched once an hour", async () => {
  for (const later of [0, 1, HOUR_MS - 1]) expect(await keysFor("first", NOW + later), `${later}`).toEqual([FIRST]);
  expect(team.requests.map(({ path }) => path)).toEqual(["/cdn-cgi/access/certs"]);
  await keysFor("first", NOW + HOUR_MS);
  expect(team.requests).toHaveLength(2);
});

it("a key that is not among them has them fetched again, once a minute at most", async () => {
  await keysFor("first", NOW);
  says = { body: { keys: [FIRST, SECOND] } };
  for (let second = 0; second < 60; second++)
    expect(await keysFor("made up", NOW + second * SECOND_MS)).toEqual([FIRST]);
  expect(team.requests).toHaveLength(1);
  expect(await keysFor("second", NOW + 60 * SECOND_MS)).toEqual([FIRST, SECOND]);
});

it.each<readonly [string, PeerAnswer]>([
  ["says nothing of keys", { body: {} }],
  ["says null", { body: "null" }],
  ["lists what is no key", { body: { keys: ["first"] } }],
  ["answers a page", { body: "<h1>Bad gateway</h1>" }],
  ["fails with keys in its answer", { status: 500, body: { keys: [SECOND] } }],
  ["leads elsewhere", { status: 302, headers: { Location: "https://other.example" } }],
  ["breaks the connection", { hangUp: true }],
])("while Access %s, nobody is let in, and once it is well everybody is", async (_, trouble) => {
  says = trouble;
  for (const later of [0, 1, 4_999]) expect(await keysFor("first", NOW + later), `${later}`).toEqual([]);
  expect(team.requests).toHaveLength(1);
  says = { body: { keys: [FIRST] } };
  expect(await keysFor("first", NOW + 5 * SECOND_MS)).toEqual([FIRST]);

  says = trouble;
  expect(await keysFor("first", NOW + 20 * HOUR_MS)).toEqual([FIRST]);
  expect(await keysFor("first", NOW + 25 * HOUR_MS)).toEqual([]);
});
