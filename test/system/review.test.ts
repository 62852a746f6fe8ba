/** People are asked and heard over real wires: a server with every channel on, and a peer at the end of each. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  click,
  REVIEWERS,
  reviewWorld,
  until,
  type ReviewWorld,
  type WireWorkflow,
} from "../support/builders/review-world.ts";
import { linksIn } from "../support/peers/mail-sink.ts";
import type { SlackPosted } from "../support/peers/slack-server.ts";
import { signed } from "../support/peers/slack-signed.ts";

const [ANA, BEN] = REVIEWERS;
const ana = { id: "U0ANA", username: "ana" };
const eve = { id: "U0EVE", username: "eve" };

interface Trail {
  readonly intact: boolean;
  readonly entries: readonly { readonly event: string; readonly actor: string; readonly channel: string | null }[];
}

describe("a question", () => {
  let world: ReviewWorld;
  beforeAll(async () => {
    world = await reviewWorld({
      mail: "smtp",
      env: { SLACK_ALLOWED_USERS: "U0ANA,U0BEN", REVIEW_EXTENSION_SECONDS: "7200", APPROVALS_REQUIRED_ABOVE: "1000" },
    });
  });
  afterAll(() => world?.close());

  const read = async (id: string): Promise<WireWorkflow> => (await world.api("GET", `/workflows/${id}`)).body;
  const messageAbout = (product: string): Promise<SlackPosted> =>
    until(
      () => world.slack.posted.find((message) => message.text.includes(product) && message.threadTs === null),
      `Slack's message about ${product}`,
    );
  const eventOf = (id: string) =>
    until(() => [...world.webhook.events.values()].find((event) => event.data.workflow_id === id), "the webhook");

  it("goes by mail to each reviewer with their own link and is approved on the page; all hear of it", async () => {
    const { workflow_id } = await world.ask("TEA-1");
    const links = await Promise.all(REVIEWERS.map((reviewer) => world.reviewLink(reviewer, "TEA-1")));
    expect(new Set(links).size).toBe(2);
    const page = await fetch(links[0]!);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Order 37 of TEA-1 for tokyo-3?");

    const answer = await click(links[0]!, { decision: "approve", revision: "1", comment: "fine" });
    expect(answer.status).toBe(200);
    expect(await read(workflow_id)).toMatchObject({
      status: "completed",
      decision: { recommended_quantity: 37, decided_by: "human" },
      review: { status: "approved", decided_by: ANA, channel: "link" },
    });
    expect(await eventOf(workflow_id)).toMatchObject({ type: "decision.completed", data: { status: "completed" } });
    expect((await world.mailTo(BEN, "TEA-1", /^Approved/)).text).toContain(`by ${ANA} on the review page`);
    await until(async () => (await messageAbout("TEA-1")).text.includes("Approved"), "the edited message");
    expect((await messageAbout("TEA-1")).blocks.some((block) => block.type === "actions")).toBe(false);
    const { body: trail } = await world.api<Trail>("GET", `/audit/${workflow_id}`);
    expect(trail.intact).toBe(true);
    expect(trail.entries.map((entry) => entry.event)).toEqual(["received", "asked", "verdict", "executed"]);
    expect(world.webhook.badSignatures).toEqual([]);
  });

  it("survives a scanner: a thousand GETs, HEADs and an OPTIONS change nothing; the link works (I11)", async () => {
    const { workflow_id } = await world.ask("TEA-SCAN");
    const link = await world.reviewLink(ANA, "TEA-SCAN");
    const before = await read(workflow_id);
    const agents = ["Mozilla/5.0 Outlook-SafeLinks", "Slackbot-LinkExpanding 1.0", "Barracuda", "curl/8", ""];
    for (let round = 0; round < 200; round++) {
      await Promise.all(
        agents.map(async (agent, index) => {
          const response = await fetch(link, {
            method: (round + index) % 2 === 0 ? "GET" : "HEAD",
            headers: { "User-Agent": agent },
          });
          expect(response.status).toBe(200);
          await response.arrayBuffer();
        }),
      );
    }
    expect((await fetch(link, { method: "OPTIONS" })).status).toBe(405);
    expect(await read(workflow_id)).toEqual(before);
    expect((await click(link, { decision: "reject", revision: "1" })).status).toBe(200);
  });

  it("is not decided by a POST that no click on our page made", async () => {
    const { workflow_id } = await world.ask("TEA-CSRF");
    const link = await world.reviewLink(ANA, "TEA-CSRF");
    const approve = { decision: "approve", revision: "1" };
    const foreign: Record<string, string>[] = [
      {},
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: new URL(link).origin, "Sec-Fetch-Site": "cross-site" },
      { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" },
      { "Sec-Fetch-Site": "none" },
    ];
    for (const headers of foreign)
      expect((await click(link, approve, headers)).status, JSON.stringify(headers)).toBe(403);
    expect((await click(link, { revision: "1" })).status).toBe(403);
    expect((await click(link, { decision: "whatever", revision: "1" })).status).toBe(403);
    expect((await read(workflow_id)).review?.status).toBe("pending");
    expect((await click(link, approve, { Origin: new URL(link).origin })).status).toBe(200);
  });

  it("takes another quantity only inside the constraints, and loses nothing that was typed", async () => {
    const { workflow_id } = await world.ask("TEA-PACK", { pack_size: 12, min_order_quantity: 24, max_stock: 100 });
    const link = await world.reviewLink(ANA, "TEA-PACK");
    for (const [quantity, words] of [
      ["50", "pack size"],
      ["12", "minimum order"],
      ["120", "maximum stock"],
      ["0", "reject"],
      ["many", "digits"],
    ] as const) {
      const refused = await click(link, { decision: "modify", quantity, revision: "1", comment: "less <please>" });
      expect(refused.status).toBe(422);
      const html = await refused.text();
      expect(html).toContain(words);
      expect(html).toContain("less &lt;please&gt;");
    }
    const preview = await click(link, { decision: "preview", quantity: "36", revision: "1" });
    expect(preview.status).toBe(200);
    expect((await read(workflow_id)).review?.status).toBe("pending");
    expect((await click(link, { decision: "modify", quantity: "36", revision: "1" })).status).toBe(200);
    expect(await read(workflow_id)).toMatchObject({
      status: "completed",
      decision: { recommended_quantity: 36 },
      review: { status: "modified" },
    });
  });

  it("is answered once: the second of two people is told who was faster, and the first may repeat", async () => {
    const { workflow_id } = await world.ask("TEA-RACE");
    const [anas, bens] = await Promise.all([world.reviewLink(ANA, "TEA-RACE"), world.reviewLink(BEN, "TEA-RACE")]);
    const [first, second] = await Promise.all([
      click(anas, { decision: "approve", revision: "1" }),
      click(bens, { decision: "reject", revision: "1" }),
    ]);
    expect([first.status, second.status].toSorted()).toEqual([200, 409]);
    const winner = (await read(workflow_id)).review!;
    expect(await (first.status === 409 ? first : second).text()).toContain(`by ${winner.decided_by}`);
    const repeat =
      winner.decided_by === ANA
        ? click(anas, { decision: "approve", revision: "1" })
        : click(bens, { decision: "reject", revision: "1" });
    expect((await repeat).status).toBe(200);
  });

  it("that changed is shown by an old link, which decides nothing (I5)", async () => {
    const first = await world.ask("TEA-NEW");
    const link = await world.reviewLink(ANA, "TEA-NEW");
    const second = await world.ask("TEA-NEW", { current_stock: 3, safety_stock_level: 90 });
    expect(second.workflow_id).not.toBe(first.workflow_id);
    const page = await (await fetch(link)).text();
    expect(page).toContain("Superseded by newer numbers");
    expect(page).toContain("Asked now: Order 87 of TEA-NEW");
    expect((await click(link, { decision: "approve", revision: "1" })).status).toBe(409);
    expect((await read(second.workflow_id)).review?.status).toBe("pending");
    // The same Slack message carries the new question, and the mails stay in one thread.
    await until(async () => (await messageAbout("TEA-NEW")).text.includes("Order 87"), "the edited question");
    expect(world.slack.posted.filter((message) => message.text.includes("TEA-NEW"))).toHaveLength(1);
    const mails = world.mail.mails.filter((mail) => mail.subject.includes("TEA-NEW") && mail.to === ANA);
    expect(new Set(mails.map((mail) => mail.references)).size).toBe(1);
  });

  it("stays open when newer counts repeat it; the message shows them, and no further mail is sent (I10)", async () => {
    const first = await world.ask("TEA-AGAIN", { safety_stock_level: 400, current_stock: 20 });
    await messageAbout("TEA-AGAIN");
    for (const current_stock of [19, 18]) {
      const again = await world.ask("TEA-AGAIN", { safety_stock_level: 400, current_stock });
      expect(again).toMatchObject({ status: "superseded", superseded_by: first.workflow_id });
      await until(
        async () => JSON.stringify((await messageAbout("TEA-AGAIN")).blocks).includes(`*On hand*\\n${current_stock}"`),
        `the count of ${current_stock} in Slack`,
      );
    }
    const mails = () => world.mail.mails.filter((mail) => mail.subject.includes("TEA-AGAIN") && mail.to === ANA);
    await until(() => mails().length > 0, "the question's mail");
    expect(world.slack.posted.filter((message) => message.text.includes("TEA-AGAIN"))).toHaveLength(1);
    expect(mails()).toHaveLength(1);
  });

  it("is asked anew when the world moved before the answer, and the same person is led to it (I6)", async () => {
    const { workflow_id } = await world.ask("TEA-MOVED", { max_stock: 45 });
    const link = await world.reviewLink(ANA, "TEA-MOVED");
    expect(
      (await world.api("POST", "/products/TEA-MOVED/receipts?store_id=tokyo-3", { quantity: 10, reference: "truck" }))
        .status,
    ).toBe(200);
    const moved = await click(link, { decision: "approve", revision: "1" });
    expect(moved.status).toBe(409);
    const html = await moved.text();
    expect(html).toContain("The question has changed");
    expect(await read(workflow_id)).toMatchObject({ status: "awaiting_human_review", revision: 2 });
    const fresh = /href="([^"]+)">Answer the question as it is now/.exec(html)![1]!;
    expect(await (await fetch(link)).text()).not.toContain('name="decision"');
    expect((await click(link, { decision: "approve", revision: "2" })).status).toBe(409);
    expect((await click(fresh, { decision: "approve", revision: "2" })).status).toBe(200);
    expect(await read(workflow_id)).toMatchObject({
      status: "completed",
      decision: { recommended_action: "restock", recommended_quantity: 27 },
    });
  });

  it("is answered in Slack within 3 s, by listed people only, and a repeated call changes nothing", async () => {
    const { workflow_id } = await world.ask("TEA-SLACK");
    const message = await messageAbout("TEA-SLACK");
    const refused = await world.slack.press(world.server.url, message, "approve", eve);
    expect(refused.response.status).toBe(200);
    await until(() => world.slack.ephemerals.find((text) => text.includes("not on the list")), "a word to eve");
    expect((await read(workflow_id)).review?.status).toBe("pending");

    const pressed = await world.slack.press(world.server.url, message, "approve", ana);
    expect(pressed.response.status).toBe(200);
    expect(await read(workflow_id)).toMatchObject({
      status: "completed",
      review: { decided_by: "ana", channel: "slack" },
    });
    const again = await fetch(`${world.server.url}/slack/actions`, {
      method: "POST",
      headers: { ...pressed.headers, "X-Slack-Retry-Num": "1" },
      body: pressed.body,
    });
    expect(again.status).toBe(200);
    // The faster of two: what else the machine does at that moment is not the service's doing.
    expect(Math.min(refused.tookMs, pressed.tookMs)).toBeLessThan(3_000);
    await until(async () => (await messageAbout("TEA-SLACK")).text.includes("Approved"), "the edited message");
    const { body: trail } = await world.api<Trail>("GET", `/audit/${workflow_id}`);
    expect(trail.entries.filter((entry) => entry.event === "verdict")).toHaveLength(1);
  });

  it("opens a modal for another quantity, which says what is wrong with it", async () => {
    const { workflow_id } = await world.ask("TEA-MODAL", { pack_size: 12 });
    const message = await messageAbout("TEA-MODAL");
    await world.slack.press(world.server.url, message, "modify", ana);
    const modal = await until(() => world.slack.modals.at(-1)?.view, "the modal");
    const bad = await world.slack.submit(world.server.url, modal, { quantity: "50" }, ana);
    expect(await bad.response.json()).toMatchObject({
      response_action: "errors",
      errors: { quantity: expect.stringContaining("pack size") },
    });
    const good = await world.slack.submit(world.server.url, modal, { quantity: "24", comment: "half" }, ana);
    expect(good.response.status).toBe(200);
    expect(await read(workflow_id)).toMatchObject({
      decision: { recommended_quantity: 24 },
      review: { status: "modified", channel: "slack" },
    });
  });

  it("is not answered by an unsigned, stale or altered Slack request", async () => {
    const { workflow_id } = await world.ask("TEA-FORGED");
    const body = new URLSearchParams({
      payload: JSON.stringify({
        type: "block_actions",
        user: { id: "U0ANA" },
        actions: [{ action_id: "review_approve", value: JSON.stringify([workflow_id, 1]) }],
      }),
    }).toString();
    const send = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${world.server.url}/slack/actions`, { method: "POST", headers, body })).status;
    const now = Math.floor(Date.now() / 1_000);
    expect(await send({ "Content-Type": "application/x-www-form-urlencoded" })).toBe(401);
    expect(await send(signed(body, now - 600))).toBe(401);
    expect(await send(signed(body, now + 600))).toBe(401);
    expect(await send(signed(`${body}&x=1`, now))).toBe(401);
    expect((await read(workflow_id)).review?.status).toBe("pending");
  });

  it("worth more than the limit needs two different people", async () => {
    const { workflow_id } = await world.ask("TEA-DEAR", { unit_cost: 100 });
    const [anas, bens] = await Promise.all([world.reviewLink(ANA, "TEA-DEAR"), world.reviewLink(BEN, "TEA-DEAR")]);
    expect(await (await click(anas, { decision: "approve", revision: "1" })).text()).toContain("1 of 2 approvals");
    await click(anas, { decision: "approve", revision: "1" });
    expect(await read(workflow_id)).toMatchObject({
      status: "awaiting_human_review",
      approvals: { given: 1, needed: 2 },
    });
    expect((await click(bens, { decision: "approve", revision: "1" })).status).toBe(200);
    expect((await read(workflow_id)).status).toBe("completed");
  });

  it("can be given more time by a reviewer, up to the limit", async () => {
    const asked = await world.ask("TEA-LATER");
    const link = await world.reviewLink(ANA, "TEA-LATER");
    const deadline = (): Promise<number> =>
      read(asked.workflow_id).then((workflow) => Date.parse(workflow.review!.expires_at));
    const before = await deadline();
    for (let round = 0; round < 4; round++)
      expect((await click(link, { decision: "extend", revision: "1" })).status).toBe(200);
    expect(await deadline()).toBe(before + 7_200_000);
    expect(
      (await world.api<Trail>("GET", `/audit/${asked.workflow_id}`)).body.entries.filter(
        (entry) => entry.event === "extended",
      ),
    ).toHaveLength(2);
    expect((await click(link, { decision: "approve", revision: "1" })).status).toBe(200);
  });

  it("made a link by the API for a named person acts as that person", async () => {
    const { workflow_id } = await world.ask("TEA-LINK");
    const made = await world.api<{ url: string; expires_at: string }>("POST", `/reviews/${workflow_id}/link`, {
      reviewer: "cho@example.com",
    });
    expect(made.status).toBe(201);
    expect(Date.parse(made.body.expires_at)).toBeGreaterThan(Date.now());
    expect((await click(made.body.url, { decision: "reject", revision: "1", comment: "closed" })).status).toBe(200);
    expect((await read(workflow_id)).review).toMatchObject({
      decided_by: "cho@example.com",
      channel: "link",
      comment: "closed",
    });
    expect((await world.api("POST", `/reviews/${workflow_id}/link`, { reviewer: "cho@example.com" })).status).toBe(409);
    expect((await world.api("POST", `/reviews/nonsense/link`, { reviewer: "cho@example.com" })).status).toBe(404);
  });

  it("shows a wrong link a page of its own, and never the token in a log", async () => {
    const link = await world.reviewLink(ANA, "TEA-1");
    const token = link.split("/").at(-1)!;
    const otherEnd = token.endsWith("A") ? "%45" : "%41";
    for (const wrong of [`${token}x`, token.slice(0, -3), "nonsense", token.slice(0, -1) + otherEnd]) {
      const response = await fetch(`${world.server.url}/review/${wrong}`);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("This link does not work");
    }
    const ours = world.server
      .output()
      .split("\n")
      .filter((line) => line.includes('"event"'));
    expect(ours.some((line) => line.includes(token))).toBe(false);
  });

  it("is told again by hand when the webhook's receiver was away, under the same id", async () => {
    const { workflow_id } = await world.ask("TEA-HOOK");
    world.webhook.answerNext(410, workflow_id);
    await world.api("POST", `/approve/${workflow_id}`, { decision: "approve" });
    const attempts = () => world.webhook.requests.filter((request) => request.body.includes(workflow_id));
    await until(() => attempts().length > 0, "the refused attempt");
    const again = await until(async () => {
      const answer = await world.api<{ deliveries: number }>("POST", `/workflows/${workflow_id}/redeliver`);
      return answer.status === 202 && answer.body.deliveries > 0 ? answer : null;
    }, "the redelivery");
    expect(again.body.deliveries).toBe(1);
    await eventOf(workflow_id);
    expect(new Set(attempts().map((request) => request.headers["webhook-id"])).size).toBe(1);
  });
});

describe("with short deadlines", () => {
  let world: ReviewWorld;
  beforeAll(async () => {
    world = await reviewWorld({
      slack: "webhook",
      env: {
        // Reminder and escalation are sent before it, also on a busy machine.
        REVIEW_TTL_SECONDS: "30",
        REVIEW_EXPIRY_OUTCOME: "hold",
        REVIEW_EXPIRY_BY_RISK: '{"plain_rule":"fallback"}',
        REVIEW_ESCALATION_TO: "boss@example.com",
      },
    });
  });
  afterAll(() => world?.close());

  it("reminds, escalates, expires on time by the policy of its risk, and says so everywhere", async () => {
    const { workflow_id } = await world.ask("RICE");
    const link = await world.reviewLink(ANA, "RICE");
    expect((await world.mailTo(ANA, "RICE", /^Reminder/)).subject).toContain("Order 37 of RICE");
    expect(linksIn(await world.mailTo("boss@example.com", "RICE", /^Still unanswered/))).toHaveLength(1);
    const expired = await until(async () => {
      const { body } = await world.api("GET", `/workflows/${workflow_id}`);
      return body.status === "expired" ? body : null;
    }, "the expiry");
    expect(expired.decision).toMatchObject({
      recommended_action: "restock",
      recommended_quantity: 37,
      decided_by: "expiry",
    });
    expect(await (await fetch(link)).text()).toContain("Expired unanswered");
    expect((await click(link, { decision: "approve", revision: "1" })).status).toBe(409);
    expect((await world.mailTo("boss@example.com", "RICE", /^Expired/)).text).toContain("37 ordered by the plain rule");
    const { body: trail } = await world.api<Trail>("GET", `/audit/${workflow_id}`);
    expect(trail.entries.map((entry) => entry.event)).toEqual([
      "received",
      "asked",
      "reminded",
      "escalated",
      "expired",
      "executed",
    ]);
    expect(world.slack.webhookMessages.length).toBeGreaterThanOrEqual(3);
  });
});

describe("with listed reviewers", () => {
  let world: ReviewWorld;
  beforeAll(async () => {
    world = await reviewWorld({ slack: "off", env: { REVIEWERS: ANA } });
  });
  afterAll(() => world?.close());

  it("lets only listed people answer, on whatever channel", async () => {
    const { workflow_id } = await world.ask("NOODLES");
    const [anas, bens] = await Promise.all([world.reviewLink(ANA, "NOODLES"), world.reviewLink(BEN, "NOODLES")]);
    expect((await click(bens, { decision: "approve", revision: "1" })).status).toBe(403);
    expect((await world.api("POST", `/approve/${workflow_id}`, { decision: "approve", reviewer: ANA })).status).toBe(
      403,
    );
    expect((await click(anas, { decision: "approve", revision: "1" })).status).toBe(200);
  });
});
