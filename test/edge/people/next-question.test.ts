/**
 * After an answer comes the next question: by itself for who is signed in, by mail to the link's own recipient for who
 * holds a link. A message that somebody asked for is sent, whatever the store's quota of questions says.
 */
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { storeObject } from "../../../src/store/store-worlds.ts";
import { signIn } from "../support/sign-in.ts";
import { takeDatabaseAway } from "../support/away-database.ts";
import { eventually } from "../support/eventually.ts";
import { useMails } from "../support/mails.ts";
import { useSettings } from "../support/settings.ts";
import { ask, itemStub, projected, trigger, useWorld } from "../support/world.ts";

useWorld();
const settings = useSettings();

const ORIGIN = "http://localhost:8787";
const NEXT = "Mail me the next question";
const { mails, binding } = useMails();
const email = { to: ["ana@example.com"], from: "shop@example.com", mailUrl: null };

beforeEach(() => settings({ email, binding }));

async function visit(path: string, fields?: Record<string, string>, cookie = ""): Promise<Response> {
  const headers = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  const init = fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) };
  return exports.default.fetch(`${ORIGIN}${path}`, { headers, redirect: "manual", ...init });
}

/** Two open questions, and the path of a link to the first. */
async function twoQuestions(reviewer = "ana@example.com") {
  const first: string = (await trigger()).body.workflow_id;
  const second: string = (await trigger({ product_id: "SKU-2" })).body.workflow_id;
  await projected("SKU-2");
  return { first, second, path: await linkTo(first, reviewer) };
}

async function linkTo(workflowId: string, reviewer: string): Promise<string> {
  const { body } = await ask("POST", `/reviews/${workflowId}/link`, { reviewer });
  return new URL(body.url).pathname;
}

const approve = async (path: string, cookie = ""): Promise<string> =>
  (await visit(path, { decision: "approve", revision: "1" }, cookie)).text();

/** A page that says the answer was taken, and not this. */
const answeredWithout = (text: string) => new RegExp(`^(?![^]*${text})[^]*Thank you, recorded`);

const mailsAbout = (product: string) => mails.filter(({ subject }) => subject.includes(product));

describe("an answer by link", () => {
  it.each([
    ["a person's", true],
    ["an address's that is nobody's on the roster", false],
  ])("offers to mail the next question, once, to the link's own recipient: %s", async (_, isListed) => {
    if (isListed) await ask("PUT", "/people/ana", { name: "Ana", email: "ana@example.com" });
    const { path } = await twoQuestions();
    await eventually(() => expect(mailsAbout("SKU-2")).toHaveLength(1));
    const answered = await approve(path);
    expect(answered).toContain(NEXT);
    // Whoever holds this link learns no other.
    expect([answered.includes("SKU-2"), answered.match(/href="[^"]*\/review\//)]).toEqual([false, null]);
    expect(await (await visit(path, { step: "mail_next" })).text()).toContain("Look into your mail");
    await eventually(() => expect(mailsAbout("SKU-2")).toHaveLength(2));
    await visit(path, { step: "mail_next" });
    const [, mailed] = mailsAbout("SKU-2");
    expect(mailed!.to).toBe("ana@example.com");
    const own = /http:\/\/localhost:8787(\/review\/\S+)/.exec(mailed!.text)![1]!;
    expect(await (await visit(own)).text()).toContain(`You answer as ${isListed ? "Ana" : "ana@example.com"}`);
    const last = await approve(own);
    expect([last.includes("Thank you, recorded"), last.includes(NEXT)]).toEqual([true, false]);
    expect(mailsAbout("SKU-2")).toHaveLength(2);
  });

  it("leads straight on where the reader is signed in as well", async () => {
    const { second, path } = await twoQuestions();
    const answered = await approve(path, await signIn());
    expect([answered.includes(`/inbox/reviews/${second}`), answered.includes(NEXT)]).toEqual([true, false]);
  });

  it("offers nothing to who was not asked about the other one", async () => {
    await ask("PUT", "/people/ben", { name: "Ben", email: "ben@example.com" });
    expect(await approve((await twoQuestions("ben")).path)).toMatch(answeredWithout(NEXT));
  });

  it("offers nothing to who is bound to another store", async () => {
    await ask("PUT", "/stores/elsewhere", { name: "Elsewhere" });
    await ask("PUT", "/people/ana", { name: "Ana", email: "ana@example.com", stores: ["elsewhere"] });
    await twoQuestions();
    const { body } = await trigger({ store_id: "elsewhere" });
    expect(await approve(await linkTo(body.workflow_id, "ana"))).toMatch(answeredWithout(NEXT));
  });

  it("is shown as taken while the database is away, without what comes next", async () => {
    const { path } = await twoQuestions();
    // What a link's page reads of people is remembered for a minute.
    expect(await (await visit(path)).text()).toContain("You answer as");
    takeDatabaseAway();
    expect(await approve(path)).toMatch(answeredWithout(NEXT));
  });

  it("offers nothing that cannot be mailed", async () => {
    await settings({ email: null });
    expect(await approve((await twoQuestions()).path)).toMatch(answeredWithout(NEXT));
  });

  it("that waits for a second person goes on as well, and not to a question that was answered before", async () => {
    await settings({ review: { approvalsRequiredAbove: 0.5 } });
    await ask("PUT", "/products/SKU-1", { unit_cost: 2 });
    await ask("PUT", "/products/SKU-2", { unit_cost: 2 });
    const { second, path } = await twoQuestions();
    const answered = await approve(path);
    expect([answered.includes("1 of 2 approvals are given"), answered.includes(NEXT)]).toEqual([true, true]);
    const again = await (await visit(path)).text();
    expect([again.includes("You approved"), again.includes("somebody else has to as well")]).toEqual([true, true]);
    await visit(path, { decision: "modify", quantity: "60", revision: "1" });
    const other = await (await visit(path)).text();
    expect(other).toContain("approved so far by ana@example.com for 60. They have to approve the same number.");
    expect(other).toContain("You have approved 60");
    const last = await approve(await linkTo(second, "ana@example.com"));
    expect([last.includes("1 of 2 approvals are given"), last.includes(NEXT)]).toEqual([true, false]);
  });
});

it("a colleague who is asked gets the mail, although the store's quota kept the question quiet", async () => {
  await ask("PUT", "/people/ana", { name: "Ana", email: "ana@example.com" });
  for (let n = 0; n < 60; n++)
    await storeObject(env, "main").mayTell({
      schema: 1,
      storeId: "main",
      question: `${n}-1/1`,
      reason: "plain_rule",
    });
  const { body } = await trigger();
  await eventually(async () =>
    expect((await itemStub().read(body.workflow_id))?.deliveries).toMatchObject([{ status: "dropped" }]),
  );
  await ask("POST", `/reviews/${body.workflow_id}/ask`, { person_id: "ana" });
  await eventually(() => expect(mailsAbout("SKU-1")).toHaveLength(1));
});

it("a delegate gets the mail of somebody who is away, and one who does not see the store gets none", async () => {
  const away = (delegate: string) => ({ from: "2040-02-28", to: "2040-03-09", delegate });
  const person = (name: string, facts: object = {}) =>
    ask("PUT", `/people/${name}`, { name, email: `${name}@shop.example`, ...facts });
  await person("ben");
  await person("cleo", { stores: ["elsewhere"] });
  await person("dora", { away: away("ben") });
  await person("emma", { away: away("cleo") });
  const { body } = await trigger();
  for (const person_id of ["dora", "emma"]) await ask("POST", `/reviews/${body.workflow_id}/ask`, { person_id });
  const readers = () => mailsAbout("SKU-1").map(({ to }) => String(to));
  await eventually(() => expect(readers()).toEqual(expect.arrayContaining(["emma@shop.example", "ben@shop.example"])));
  await projected();
  expect(
    readers()
      .filter((to) => to.endsWith("@shop.example"))
      .toSorted(),
  ).toEqual(["ben@shop.example", "dora@shop.example", "emma@shop.example"]);
});

it("somebody is away until their last day is over in the store, wherever the service runs", async () => {
  // 06:00 in UTC on March 1st is still February 29th in Honolulu.
  await ask("PUT", "/stores/main", { time_zone: "Pacific/Honolulu" });
  await ask("PUT", "/people/ben", { name: "Ben", email: "ben@shop.example" });
  const away = { from: "2040-02-20", to: "2040-02-29", delegate: "ben" };
  await ask("PUT", "/people/dora", { name: "Dora", email: "dora@shop.example", away });
  const { body } = await trigger();
  await ask("POST", `/reviews/${body.workflow_id}/ask`, { person_id: "dora" });
  await eventually(() =>
    expect(mailsAbout("SKU-1").map(({ to }) => String(to))).toEqual(
      expect.arrayContaining(["ben@shop.example", "dora@shop.example"]),
    ),
  );
});

describe("asking a colleague on the page", () => {
  it("says who is away, and whose limit is below what is asked", async () => {
    const person = (id: string, more = {}) =>
      ask("PUT", `/people/${id}`, { name: `The ${id}`, email: `${id}@example.com`, ...more });
    await person("ana");
    await person("cleo");
    await person("ben", { away: { from: "2040-02-29", to: "2040-03-02", delegate: "cleo" } });
    await person("dora", { away: { from: "2040-03-02", to: "2040-03-03", delegate: "cleo" } });
    await person("eve", { value_limit: 5 });
    const { body } = await trigger({ unit_cost: 10 });
    const page = await (await visit(await linkTo(body.workflow_id, "ana"))).text();
    expect([...page.matchAll(/name="ask"[^>]*>([^<]*)</g)].map(([, label]) => label)).toEqual([
      "Ask The ben (away)",
      "Ask The cleo",
      "Ask The dora",
      "Ask The eve (above their limit)",
    ]);
  });
});
