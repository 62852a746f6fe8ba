/**
 * A person is one principal on every channel, over HTTP: whatever sequence of link, Slack, page, bulk and API people
 * try, nobody gives two approvals, and nobody approves outside their stores and limits (I18).
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pickOf } from "../../src/ui/inbox/question-table.tsx";
import { linksIn } from "../support/peers/mail-sink.ts";
import { click, reviewWorld, until, type ReviewWorld } from "../support/builders/review-world.ts";

const PEOPLE = {
  ana: { name: "Ana", email: "ana@example.com", slack_user: "U0ANA" },
  ben: { name: "Ben", email: "ben@example.com", slack_user: "U0BEN" },
  cleo: { name: "Cleo", email: "cleo@example.com", slack_user: "U0CLEO", stores: ["elsewhere"] },
  dan: { name: "Dan", email: "dan@example.com", slack_user: "U0DAN", value_limit: 10 },
} as const;
type Person = keyof typeof PEOPLE;
/** Who may approve in Tokyo whatever it is worth. */
const MAY: readonly string[] = ["ana", "ben", "key"];
const CHANNELS = ["link", "slack", "page", "bulk"] as const;

type Move =
  | { readonly who: Person; readonly channel: (typeof CHANNELS)[number] }
  /** Calls themselves whatever they like. */
  | { readonly who: "key" | "bound_key"; readonly channel: "api"; readonly label: Person }
  | { readonly who: "stranger"; readonly channel: "slack" };

const aPerson = fc.constantFrom(...(Object.keys(PEOPLE) as Person[]));
const aMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ who: aPerson, channel: fc.constantFrom(...CHANNELS) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      who: fc.constantFrom("key" as const, "bound_key" as const),
      channel: fc.constant("api" as const),
      label: aPerson,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ who: "stranger", channel: "slack" } as const) },
);

/** Mostly one person's: who tries every channel alone is who must not count twice. */
const aSequence: fc.Arbitrary<Move[]> = fc
  .constantFrom("ana" as const, "ben" as const)
  .chain((who) =>
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.record({ who: fc.constant(who), channel: fc.constantFrom(...CHANNELS) }) },
        { weight: 3, arbitrary: aMove },
      ),
      { minLength: 2, maxLength: 7 },
    ),
  );

const RUNS = 20;
const FORM = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };

interface Session {
  readonly cookie: string;
  readonly csrf: string;
}

let world: ReviewWorld;
const sessions = new Map<Person, Session>();
const keys = new Map<string, string>();

beforeAll(async () => {
  world = await reviewWorld({ env: { APPROVALS_REQUIRED_ABOVE: "50" } });
  for (const [id, person] of Object.entries(PEOPLE)) await world.api("PUT", `/people/${id}`, person);
  for (const [name, stores] of [
    ["key", null],
    ["bound_key", ["elsewhere"]],
  ] as const) {
    const made = await world.api<{ key: string }>("POST", "/keys", { name, scopes: ["review", "read"], stores });
    keys.set(name, made.body.key);
  }
  for (const id of Object.keys(PEOPLE) as Person[]) sessions.set(id, await signIn(id));
});
afterAll(() => world?.close());

it("no sequence over channels gives two approvals of one person, or acts outside stores and limits", async () => {
  const expected = new Map<string, number>();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(aSequence, async (moves) => {
      const product = `ONE-${++count}`;
      const { workflow_id } = await world.ask(product);
      for (const move of moves) await play(move, workflow_id, product);
      const approvers = new Set(moves.map(({ who }) => who).filter((who) => MAY.includes(who)));
      expected.set(workflow_id, Math.min(2, approvers.size));
      await until(async () => (await given(workflow_id)) === expected.get(workflow_id), "every approval to count once");
    }),
    // Shrinking would wait out each counterexample again; a sequence is short as it is.
    { numRuns: RUNS, endOnFailure: true },
  );
  // Nothing came late, either.
  for (const [workflowId, approvals] of expected) expect(await given(workflowId), workflowId).toBe(approvals);
});

/** Approvals that count; two decide. */
async function given(workflowId: string): Promise<number> {
  const { body } = await world.api("GET", `/workflows/${workflowId}`);
  return body.status === "completed" ? 2 : (body.approvals?.given ?? 0);
}

async function play(move: Move, workflowId: string, product: string): Promise<void> {
  const { url } = world.server;
  switch (move.channel) {
    case "link": {
      const link = await world.api<{ url: string }>("POST", `/reviews/${workflowId}/link`, { reviewer: move.who });
      // Nobody is given a link to what is decided.
      if (link.status === 201) await click(link.body.url, { decision: "approve", revision: "1" });
      return;
    }
    case "slack": {
      const message = await until(
        () => world.slack.posted.find(({ text, threadTs }) => text.includes(product) && threadTs === null),
        `a message about ${product}`,
      );
      const id = move.who === "stranger" ? "U0EVE" : PEOPLE[move.who].slack_user;
      // A message that says how it ended has no buttons any more.
      if (message.blocks.some(({ elements }) => elements?.some(({ action_id }) => action_id === "review_approve")))
        await world.slack.press(url, message, "approve", { id, username: move.who });
      return;
    }
    case "page":
    case "bulk": {
      const { cookie, csrf } = sessions.get(move.who)!;
      const isPage = move.channel === "page";
      const form = isPage
        ? { decision: "approve", revision: "1", csrf }
        : { step: "confirm", decision: "approve", csrf, pick: pickOf({ workflowId, revision: 1 }) };
      await fetch(isPage ? `${url}/inbox/reviews/${workflowId}` : `${url}/inbox/approve`, {
        method: "POST",
        redirect: "manual",
        headers: { ...FORM, Cookie: cookie },
        body: new URLSearchParams(form),
      });
      return;
    }
    case "api":
      await fetch(`${url}/approve/${workflowId}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${keys.get(move.who)!}`, "Content-Type": "application/json" },
        body: JSON.stringify({ decision: "approve", reviewer: PEOPLE[move.label].email, revision: 1 }),
      });
  }
}

async function signIn(id: Person): Promise<Session> {
  const { url } = world.server;
  const { email } = PEOPLE[id];
  await world.api("POST", "/sign-in", { email });
  const mail = await until(
    () => world.mail.mails.find(({ to, text }) => to === email && text.includes("/sign-in/")),
    email,
  );
  const signed = await fetch(linksIn(mail)[0]!, { method: "POST", redirect: "manual", headers: FORM });
  const cookie = signed.headers.get("Set-Cookie")!.split(";")[0]!;
  const html = await (await fetch(`${url}/`, { headers: { Cookie: cookie } })).text();
  return { cookie, csrf: /name="csrf" value="([^"]+)"/u.exec(html)![1]! };
}
