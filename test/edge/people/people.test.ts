/** People: one principal on every channel, within their stores and limits, until they are deleted. */
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ask, passTime, read, trigger, useWorld } from "../support/world.ts";

useWorld();

const ANA = { name: "Ana", email: "ana@example.com" };

async function linkFor(workflowId: string, reviewer: string): Promise<string> {
  const { status, body } = await ask("POST", `/reviews/${workflowId}/link`, { reviewer });
  expect(status).toBe(201);
  return new URL(body.url).pathname;
}

async function answer(path: string, fields: Record<string, string>): Promise<{ status: number; text: string }> {
  const response = await exports.default.fetch(`http://localhost:8787${path}`, {
    method: "POST",
    headers: { Origin: "http://localhost:8787", "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams({ revision: "1", ...fields }),
  });
  return { status: response.status, text: await response.text() };
}

/** The status of a link's page, and whether it shows the item. */
async function shown(path: string): Promise<[status: number, isShown: boolean]> {
  const response = await exports.default.fetch(`http://localhost:8787${path}`);
  return [response.status, (await response.text()).includes("SKU-")];
}

describe("people", () => {
  it("are stored, changed, listed and forgotten", async () => {
    const away = { from: "2040-05-01", to: "2040-05-09", delegate: "ben" };
    expect((await ask("PUT", "/people/ben", { name: "Ben", email: "Ben@Example.com" })).status).toBe(201);
    const stored = await ask("PUT", "/people/ana", { ...ANA, may: ["review", "order"], value_limit: 500, away });
    expect([stored.status, stored.body]).toEqual([
      201,
      { person_id: "ana", ...ANA, slack_user: null, stores: null, may: ["review", "order"], value_limit: 500, away },
    ]);
    expect((await ask("PUT", "/people/ana", ANA)).status).toBe(200);
    expect((await ask("GET", "/people/ana")).body.value_limit).toBeNull();
    const listed = await ask("GET", "/people?limit=1");
    expect([listed.body.people[0].person_id, listed.body.next_cursor]).toEqual(["ana", expect.any(String)]);
    expect((await ask("GET", "/people/ben")).body.email).toBe("ben@example.com");
    expect((await ask("DELETE", "/people/ben")).status).toBe(204);
    expect((await ask("DELETE", "/people/ben")).status).toBe(404);
  });

  it("are refused where two would be one", async () => {
    await ask("PUT", "/people/ana", { ...ANA, slack_user: "U0ANA" });
    const away = { from: "2040-05-01", to: "2040-05-02", delegate: "bob" };
    const { status, body } = await ask("PUT", "/people/bob", {
      name: "Bob",
      email: "ANA@example.com",
      slack_user: "U0ANA",
      away,
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "/email",
      "/slack_user",
      "/away/delegate",
    ]);
    for (const wrong of [{}, { ...ANA, email: "nowhere" }, { ...ANA, may: ["everything"] }, { ...ANA, extra: 1 }])
      expect((await ask("PUT", "/people/eve", wrong)).status, JSON.stringify(wrong)).toBe(422);
  });

  it("never share an address, even when they are stored at the same moment", async () => {
    await ask("PUT", "/people/ben", { name: "Ben", email: "ben@example.com" });
    const ids = ["ana", "ben", "eve", "zoe"];
    const stored = await Promise.all(ids.map(async (id) => ask("PUT", `/people/${id}`, ANA)));
    expect(stored.filter(({ status }) => status < 300)).toHaveLength(1);
    for (const { status, body } of stored)
      if (status >= 300) expect([status, body.errors[0].pointer]).toEqual([422, "/email"]);
    const people: { person_id: string; email: string }[] = (await ask("GET", "/people")).body.people;
    expect(people.filter(({ email }) => email === ANA.email).length).toBe(1);
    expect(people.some(({ person_id }) => person_id === "ben")).toBe(true);
    expect((await ask("PUT", "/people/ben", { name: "Ben", email: "ben@example.com" })).status).toBe(200);
  });
});

describe("a person with a link", () => {
  it("is recorded by id, with the name beside it", async () => {
    await ask("PUT", "/people/ana", ANA);
    const { body } = await trigger();
    expect((await answer(await linkFor(body.workflow_id, "ana@example.com"), { decision: "approve" })).status).toBe(
      200,
    );
    const trail = (await ask("GET", `/audit/${body.workflow_id}`)).body;
    expect(trail.intact).toBe(true);
    const verdict = trail.entries.find(({ event }: { event: string }) => event === "verdict");
    expect(verdict).toMatchObject({ actor: "person:ana", for: "Ana", channel: "link" });
    expect((await read(body.workflow_id)).review.decided_by).toBe("Ana");
  });

  it("approves within the value limit, and may always reject", async () => {
    await ask("PUT", "/people/ana", { ...ANA, value_limit: 100 });
    const { body } = await trigger({ unit_cost: 10 });
    const path = await linkFor(body.workflow_id, "ana");
    const refused = await answer(path, { decision: "approve" });
    expect([refused.status, refused.text.includes("above your limit of 100 in the store")]).toEqual([403, true]);
    expect(refused.text).toContain(">order 10 at most</a>, reject, or leave it to a colleague.");
    expect((await read(body.workflow_id)).status).toBe("awaiting_human_review");
    expect((await answer(path, { decision: "reject" })).status).toBe(200);
    expect((await read(body.workflow_id)).status).toBe("rejected");
  });

  it("is offered no button that would pass the value limit, and shown what is within it", async () => {
    await ask("PUT", "/stores/main", { locale: "de-DE", currency: "EUR" });
    await ask("PUT", "/people/ana", { ...ANA, value_limit: 80 });
    const shop = { unit_cost: 3.3, pack_size: 4, min_order_quantity: 8 };
    const { body } = await trigger({ ...shop, product_id: "SKU-DEAR" });
    const path = await linkFor(body.workflow_id, "ana");
    const bar = async (at: string) =>
      /id="answer-bar".*/s.exec(await (await exports.default.fetch(`http://localhost:8787${at}`)).text())![0];
    const button = /<button class="primary"[^>]*>/;
    expect(await bar(path)).toContain(
      'Above your limit of 80,00\u00A0€: <a href="?quantity=24">order 24 at most</a>, reject, or',
    );
    expect(button.exec(await bar(path))![0]).toContain("disabled");
    const within = await bar(`${path}?quantity=24`);
    expect(within).not.toContain("Above your limit");
    expect(button.exec(within)![0]).not.toContain("disabled");
    expect((await answer(path, { decision: "modify", quantity: "24" })).status).toBe(200);
    const dear = await trigger({ ...shop, product_id: "SKU-DEARER", unit_cost: 13 });
    const none = await bar(await linkFor(dear.body.workflow_id, "ana"));
    expect(none).toContain("Above your limit of 80,00\u00A0€: reject, or leave it to a colleague.");
    const unknown = await trigger({ ...shop, product_id: "SKU-UNKNOWN", unit_cost: undefined });
    expect(await bar(await linkFor(unknown.body.workflow_id, "ana"))).toContain("Of unknown value, and you have a");
  });

  it("answers for their own stores only, and only when they may review", async () => {
    await ask("PUT", "/people/ana", { ...ANA, stores: ["north"] });
    const { body } = await trigger({ store_id: "south" });
    const path = await linkFor(body.workflow_id, "ana");
    expect((await answer(path, { decision: "reject" })).status).toBe(403);
    await ask("PUT", "/people/ana", { ...ANA, may: ["order"] });
    expect((await answer(path, { decision: "reject" })).status).toBe(403);
    expect(await shown(path)).toEqual([200, true]);
    expect((await read(body.workflow_id)).status).toBe("awaiting_human_review");
  });

  it("sees nothing of another store, also by a link from before they were bound to theirs", async () => {
    await ask("PUT", "/people/ana", ANA);
    const { body } = await trigger({ store_id: "south" });
    const path = await linkFor(body.workflow_id, "ana");
    expect(await shown(path)).toEqual([200, true]);
    await ask("PUT", "/people/ana", { ...ANA, stores: ["north"] });
    expect(await shown(path)).toEqual([404, false]);
    const { status, text } = await answer(path, { decision: "preview", quantity: "9" });
    expect([status, text.includes("SKU-1")]).toEqual([403, false]);
  });

  it("is stopped by being deleted, and what they approved stays", async () => {
    await ask("PUT", "/people/ana", { ...ANA, slack_user: "U012AB3CD" });
    const [first, second] = [(await trigger()).body, (await trigger({ product_id: "SKU-2" })).body];
    const paths = [await linkFor(first.workflow_id, "ana@example.com"), await linkFor(second.workflow_id, "ana")];
    expect((await answer(paths[0]!, { decision: "approve" })).status).toBe(200);
    await ask("DELETE", "/people/ana");
    passTime(60_000);
    expect((await answer(paths[1]!, { decision: "approve" })).status).toBe(403);
    for (const path of paths) expect(await shown(path)).toEqual([404, false]);
    // Of all that tells links of theirs from a stranger's, nothing names them.
    const { results } = await env.DB.prepare("SELECT facts FROM world WHERE kind = 'former_person'").all();
    expect(results).toHaveLength(1);
    expect(JSON.stringify(results)).not.toMatch(/example\.com|U012AB3CD/);
    expect((await read(first.workflow_id)).status).toBe("completed");
    expect((await read(second.workflow_id)).status).toBe("awaiting_human_review");
  });
});

it("a reviewer's name from a key is a label beside the key, never who acted", async () => {
  const made = await ask("POST", "/keys", { name: "kiosk", scopes: ["review", "read"] });
  const { body } = await trigger();
  const decided = await ask(
    "POST",
    `/approve/${body.workflow_id}`,
    { decision: "approve", reviewer: "cfo@example.com" },
    { Authorization: `Bearer ${made.body.key}` },
  );
  expect(decided.body.review.decided_by).toBe("cfo@example.com");
  const { entries } = (await ask("GET", `/audit/${body.workflow_id}`)).body;
  for (const event of ["verdict", "executed"])
    expect(
      entries.find((entry: { event: string }) => entry.event === event),
      event,
    ).toMatchObject({
      actor: `key:${made.body.id}`,
      for: "cfo@example.com",
    });
});

describe("asking a colleague", () => {
  it("needs a person who may answer, sees the store and can be reached", async () => {
    const { body } = await trigger();
    await ask("PUT", "/people/ana", { ...ANA, stores: ["elsewhere"] });
    await ask("PUT", "/people/ben", { name: "Ben", email: "ben@example.com", may: ["order"] });
    await ask("PUT", "/people/cleo", { name: "Cleo", email: "cleo@example.com" });
    const messages: string[] = [];
    for (const person_id of ["nobody", "ana", "ben", "cleo"]) {
      const answer = await ask("POST", `/reviews/${body.workflow_id}/ask`, { person_id });
      expect([person_id, answer.status]).toEqual([person_id, 422]);
      messages.push(answer.body.errors[0].message);
    }
    expect(messages).toEqual([
      "is nobody on the roster",
      "does not see this store",
      "may not answer questions",
      "cannot be reached: mail is not set up",
    ]);
    const { body: till } = await ask("POST", "/keys", { name: "till", scopes: ["review"], stores: ["main"] });
    const as = { Authorization: `Bearer ${till.key}` };
    for (const person_id of ["nobody", "ana"]) {
      const answer = await ask("POST", `/reviews/${body.workflow_id}/ask`, { person_id }, as);
      expect(answer.body.errors).toEqual([{ pointer: "/person_id", message: "is nobody on the roster" }]);
    }
  });
});
