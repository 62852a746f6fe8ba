/** Several questions answered at once: the second look, and what becomes of each. */
import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { signIn, signInAs, csrfIn } from "../support/sign-in.ts";
import { ask, projected, read, trigger, useWorld } from "../support/world.ts";

useWorld();

const ORIGIN = "http://localhost:8787";

function visit(path: string, cookie: string, fields?: readonly [string, string][]): Promise<Response> {
  const headers = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  const init =
    fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields.map(([...field]) => field)) };
  return exports.default.fetch(`${ORIGIN}${path}`, { headers, redirect: "manual", ...init });
}

/** What the list's form sends: each field once, and the ticks. */
async function send(cookie: string, step: string, fields: readonly [string, string][]): Promise<string> {
  const list = await (await visit("/inbox", cookie)).text();
  const csrf = csrfIn(list);
  const sent: [string, string][] = [["csrf", csrf], ["step", step], ["decision", "approve"], ...fields];
  const answer = await visit("/inbox/approve", cookie, sent);
  expect(answer.status).toBe(200);
  return answer.text();
}

async function aQuestion(product: string): Promise<string> {
  await ask("PUT", "/stores/main", { name: "Main street" });
  const { body } = await trigger({ product_id: product, pack_size: 12 });
  expect(body.status).toBe("awaiting_human_review");
  await projected(product);
  return body.workflow_id;
}

const pick = (id: string): [string, string] => ["pick", JSON.stringify([id, 1])];

describe("a second look at several answers", () => {
  it("says that nothing was ticked, and leads back to the list as it was", async () => {
    const html = await send(await signIn(), "look", [["back", "/inbox?sort=worth"]]);
    expect(html).toContain("Nothing was ticked");
    expect(html).toContain('href="/inbox?sort=worth"');
  });

  it("takes the form of a list of a hundred", async () => {
    const id = await aQuestion("TEA");
    const others = Array.from({ length: 99 }, (_, n): [string, string] => [`quantity:${"0".repeat(64)}-${n}`, "12"]);
    const ticks = Array.from({ length: 99 }, () => pick(id));
    expect(await send(await signIn(), "look", [...others, ...ticks])).toContain("Approve these 99?");
  });

  it("leaves out a quantity that cannot be ordered, says why, and keeps it for the question's own page", async () => {
    const [tea, rice] = [await aQuestion("TEA"), await aQuestion("RICE")];
    const cookie = await signIn();
    const html = await send(cookie, "look", [pick(tea), pick(rice), [`quantity:${tea}`, "50"]]);
    expect(html).toContain("Approve this one?");
    expect(html).toContain("It must be a multiple of the pack size of 12.");
    const [, href] = /href="([^"]*quantity=50)"/.exec(html)!;
    expect(await (await visit(href!, cookie)).text()).toContain('value="50"');
  });

  it("says that something was answered meanwhile, and leads back to the list as it was", async () => {
    const [tea, rice] = [await aQuestion("TEA"), await aQuestion("RICE")];
    const cookie = await signIn();
    expect(await (await visit("/inbox?group=supplier&sort=worth", cookie)).text()).toContain(
      'name="back" value="/inbox?sort=worth&amp;group=supplier"',
    );
    await ask("POST", `/approve/${tea}`, { decision: "reject" });
    const back: [string, string] = ["back", "/inbox?sort=worth&group=supplier"];
    const html = await send(cookie, "look", [pick(tea), pick(rice), back]);
    expect(html).toContain("1 of those you ticked was answered or has changed since");
    expect(await send(cookie, "look", [pick(tea)])).toContain("Nothing is left to answer");
    const done = await send(cookie, "confirm", [pick(tea), pick(rice), back]);
    expect(done).toContain("1 of 2 approved");
    expect(done).toContain("RICE for Main street");
    expect(done).toContain('href="/inbox?sort=worth&amp;group=supplier"');
    expect((await read(rice)).status).toBe("completed");
  });

  it("leaves out what is above the reader's limit of value, and asks it by itself", async () => {
    await ask("PUT", "/people/ana", { name: "Ana", email: "ana@example.com", value_limit: 100 });
    const priced = async (product: string, unit_cost: number): Promise<string> => {
      const { body } = await trigger({ product_id: product, pack_size: 12, unit_cost });
      await projected(product);
      return body.workflow_id;
    };
    const [tea, rice] = [await priced("TEA", 1), await priced("RICE", 9)];
    const cookie = await signInAs("ana");
    const both = [pick(tea), pick(rice)];
    const html = await send(cookie, "look", both);
    expect(html).toContain("Approve this one?");
    expect(html).toContain("Above your limit of 100.00.");
    expect(html).toContain(`href="/inbox/reviews/${rice}"`);
    const typed = await send(cookie, "look", [...both, [`quantity:${rice}`, "0"], [`quantity:${tea}`, "120"]]);
    expect(typed.match(/Above your limit of 100\.00\./g)).toHaveLength(1);
    expect(await send(cookie, "look", [...both, [`quantity:${rice}`, "12"]])).toContain("Above your limit");
  });
});
