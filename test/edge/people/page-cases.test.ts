/** What a buyer once read that was not so: the cases P1 to P4, on the page that a link opens and on the item's page. */
import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { useMails } from "../support/mails.ts";
import { useSettings } from "../support/settings.ts";
import { csrfIn, signIn } from "../support/sign-in.ts";
import { ask, HOUR_MS, passTime, read, salesCsv, trigger, useWorld } from "../support/world.ts";

useWorld();
const set = useSettings();
const inbox = useMails();

const ORIGIN = "http://localhost:8787";

async function open(path: string, fields?: Record<string, string>, cookie = ""): Promise<Response> {
  const headers = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  const init = fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) };
  return exports.default.fetch(`${ORIGIN}${path}`, { headers, redirect: "manual", ...init });
}

async function linkTo(workflowId: string): Promise<string> {
  const { body } = await ask("POST", `/reviews/${workflowId}/link`, { reviewer: "ana@example.com" });
  return new URL(body.url).pathname;
}

describe("a buyer's page", () => {
  it("P1: says when it runs out whatever is chosen, and until when each answer lasts", async () => {
    // Ten a day, on average 0.6 days left, four days to the next delivery; an old history is asked about.
    await ask(
      "PUT",
      "/history/TEA?complete_through=2040-01-20",
      salesCsv(120, () => 10)
        .split("\n")
        .slice(0, 80)
        .join("\n"),
    );
    const asked = await trigger({
      product_id: "TEA",
      current_stock: 6,
      safety_stock_level: 4,
      lead_time_days: 4,
      pack_size: 12,
    });
    expect(asked.body.status).toBe("awaiting_human_review");
    const quantity = asked.body.recommendation.quantity;
    const html = await (await open(await linkTo(asked.body.workflow_id))).text();
    expect(html).toMatch(
      new RegExp(
        `Sold out Thu 1 Mar, whatever you choose. Order ${quantity}: back Mon 5 Mar, lasts to \\w{3} \\d+ Mar.`,
      ),
    );
    expect(html).toContain("if nothing more is ordered");
    expect(html).not.toMatch(/>(under 1|0|100) %</);
    expect(asked.body.decision.evidence).toMatchObject({ sold_out_on: "2040-03-01" });
  });

  it("says how a colleague is added where nobody else can be asked, to those who are signed in", async () => {
    const { workflow_id } = (await trigger()).body;
    const signedIn = async () => (await open(`/inbox/reviews/${workflow_id}`, undefined, await signIn())).text();
    expect(await signedIn()).toContain("PUT /people/ben");
    expect(await (await open(await linkTo(workflow_id))).text()).not.toContain("PUT /people/ben");
    await ask("PUT", "/people/ben", { name: "Ben", email: "ben@example.com" });
    await set({ email: { to: ["ana@example.com"], from: "stock@example.com", mailUrl: null }, binding: inbox.binding });
    passTime(60_000);
    const html = await signedIn();
    expect([html.includes("Ask Ben"), html.includes("PUT /people/ben")]).toEqual([true, false]);
  });

  it("P2: refuses to approve while the field says another number", async () => {
    const { body } = await trigger();
    const path = await linkTo(body.workflow_id);
    const refused = await open(path, { decision: "approve", quantity: "48", revision: "1" });
    expect([refused.status, (await refused.text()).includes("The field says 48")]).toEqual([422, true]);
    expect((await read(body.workflow_id)).status).toBe("awaiting_human_review");
    await open(path, { decision: "modify", quantity: "48", revision: "1" });
    expect((await read(body.workflow_id)).decision.recommended_quantity).toBe(48);
  });

  it("says to who answers anew in a second tab that they answered before, and to others who was faster", async () => {
    const { body } = await trigger();
    const own = await linkTo(body.workflow_id);
    await open(own, { decision: "approve", revision: "1" });
    const second = await (await open(own, { decision: "reject", revision: "1" })).text();
    expect([second.includes("You answered this before"), second.includes("was faster")]).toEqual([true, false]);
    const cookie = await signIn();
    const csrf = csrfIn(await (await open("/inbox", undefined, cookie)).text());
    const other = await open(`/inbox/reviews/${body.workflow_id}`, { decision: "reject", revision: "1", csrf }, cookie);
    expect(await other.text()).toContain("Somebody was faster");
  });

  it("P3: calls a question that nobody answered expired, and claims no confidence for it", async () => {
    const { body } = await trigger();
    passTime(5 * HOUR_MS);
    const html = await (await open("/items/main/SKU-1", undefined, await signIn())).text();
    const [, row = ""] = new RegExp(`/decisions/${body.workflow_id}([\\s\\S]*?)</tr>`).exec(html) ?? [];
    expect(row).toContain("expired, nothing ordered");
    expect(row).not.toContain("%");
  });

  it("P4: reads 1,200 as a German's 1.2, and shows it back before it counts", async () => {
    await ask("PUT", "/stores/main", { name: "Hofladen", locale: "de-DE" });
    const { body } = await trigger({ pack_size: 0.1, safety_stock_level: 40.4 });
    const path = await linkTo(body.workflow_id);
    const asked = await open(path, { decision: "modify", quantity: "1,200", revision: "1" });
    expect([asked.status, (await asked.text()).includes("Did you mean 1,2?")]).toEqual([422, true]);
    expect((await read(body.workflow_id)).status).toBe("awaiting_human_review");
    await open(path, { decision: "modify", quantity: "1,200", read_as: "1.2", revision: "1" });
    expect((await read(body.workflow_id)).decision.recommended_quantity).toBe(1.2);
  });
});

describe("an old link leads the same recipient on", () => {
  it("from a superseded question to the one that is asked now, in their own name", async () => {
    const old = (await trigger({ current_stock: 12, safety_stock_level: 40 })).body;
    const path = await linkTo(old.workflow_id);
    const present = (await trigger({ current_stock: 12, safety_stock_level: 90 })).body;
    expect((await read(old.workflow_id)).superseded_by).toBe(present.workflow_id);
    const html = await (await open(path)).text();
    expect(html).toContain("Asked now: Order 78");
    const next = /href="([^"]+)">\s*Answer this question/.exec(html)![1]!;
    await open(new URL(next, ORIGIN).pathname, { decision: "approve", revision: "1" });
    expect(await read(present.workflow_id)).toMatchObject({
      status: "completed",
      review: { decided_by: "ana@example.com", channel: "link" },
    });
  });

  it("from an expired one, too, once the item asks again", async () => {
    const old = (await trigger()).body;
    const path = await linkTo(old.workflow_id);
    passTime(30 * HOUR_MS);
    const present = (await trigger()).body;
    expect(present.status).toBe("awaiting_human_review");
    const html = await (await open(path)).text();
    expect(html).toContain("Expired unanswered: nothing ordered");
    expect(html).toMatch(/href="([^"]+)">\s*Answer this question/);
  });
});
