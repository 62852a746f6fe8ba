/** Signing in to the pages: one-time links, sessions that end where they are ended, people who are deleted. */
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { useMails } from "../support/mails.ts";
import { useSettings } from "../support/settings.ts";
import { ask, HOUR_MS, passTime, read, ROOT_KEY, T0, trigger, useWorld } from "../support/world.ts";
import { csrfIn, oneTimeLink } from "../support/sign-in.ts";

useWorld();
const set = useSettings();
const inbox = useMails();

const ORIGIN = "http://localhost:8787";
const ANA = { name: "Ana", email: "ana@example.com" };

function visit(path: string, cookie = ""): Promise<Response> {
  return exports.default.fetch(`${ORIGIN}${path}`, { headers: { Cookie: cookie }, redirect: "manual" });
}

function submit(path: string, fields: Record<string, string> = {}, cookie = "", from = ""): Promise<Response> {
  return exports.default.fetch(`${ORIGIN}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Cookie: cookie, Referer: `${ORIGIN}${from}` },
    body: new URLSearchParams(fields),
  });
}

const aLink = (token: string, minutes?: number): Promise<string> => oneTimeLink("ana", token, minutes);

function cookieOf(response: Response): string {
  return response.headers.get("Set-Cookie")!.split(";")[0]!;
}

async function signedIn(): Promise<string> {
  await ask("PUT", "/people/ana", ANA);
  const response = await submit(await aLink(crypto.randomUUID()));
  expect(response.status).toBe(303);
  return cookieOf(response);
}

async function csrf(cookie: string): Promise<string> {
  return csrfIn(await (await visit("/inbox", cookie)).text());
}

describe("a mailed link", () => {
  it("signs in by the click, once, and not by being opened", async () => {
    await ask("PUT", "/people/ana", ANA);
    const link = await aLink("one");
    for (let time = 0; time < 2; time++) {
      const opened = await visit(link);
      expect([opened.status, opened.headers.get("Set-Cookie")]).toEqual([200, null]);
      expect(await opened.text()).toContain("Sign in as Ana");
    }
    const clicked = await submit(link);
    expect(clicked.headers.get("Set-Cookie")).toMatch(/HttpOnly; Secure; SameSite=Lax/);
    expect((await visit("/inbox", cookieOf(clicked))).status).toBe(200);
    expect((await submit(link)).status).toBe(404);
    expect((await visit(link)).status).toBe(404);
  });

  it("leads to the page that was wanted, if it is one of ours", async () => {
    await ask("PUT", "/people/ana", ANA);
    for (const [next, leadsTo] of [
      ["/items/main/SKU-1", "/items/main/SKU-1"],
      ["https://elsewhere.example/", "/inbox"],
      ["//elsewhere.example", "/inbox"],
    ] as const) {
      const link = `${await aLink(crypto.randomUUID())}?next=${encodeURIComponent(next)}`;
      const [, action] = /action="([^"]+)"/.exec(await (await visit(link)).text())!;
      expect((await submit(action!.replaceAll("&amp;", "&"))).headers.get("Location")).toBe(leadsTo);
    }
  });

  it("ends after fifteen minutes, and with its person", async () => {
    await ask("PUT", "/people/ana", ANA);
    const late = await aLink("late");
    passTime(15 * 60_000);
    expect((await submit(late)).status).toBe(404);
    const orphaned = await aLink("orphaned");
    await ask("DELETE", "/people/ana");
    expect((await submit(orphaned)).status).toBe(404);
  });

  it("is not signed in by from another site", async () => {
    await ask("PUT", "/people/ana", ANA);
    const link = await aLink("elsewhere");
    const response = await exports.default.fetch(`${ORIGIN}${link}`, {
      method: "POST",
      headers: { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
      body: new URLSearchParams(),
    });
    expect([response.status, response.headers.get("Set-Cookie")]).toEqual([403, null]);
  });

  it("is asked for without learning who is known", async () => {
    await ask("PUT", "/people/ana", ANA);
    const known = await ask("POST", "/sign-in", { email: ANA.email });
    const unknown = await ask("POST", "/sign-in", { email: "nobody@example.com" });
    expect([known.status, known.body]).toEqual([202, unknown.body]);
    expect(unknown.status).toBe(202);
    expect((await ask("POST", "/sign-in", { email: "nothing" })).status).toBe(422);
  });

  it("does not count while the mail server refuses it: once it is taken again, the next one comes", async () => {
    const email = { to: [ANA.email], from: "stock@example.com", mailUrl: null };
    let refused = 0;
    const refuses = async (): Promise<never> => {
      refused++;
      throw new Error("E_RECIPIENT_NOT_ALLOWED");
    };
    await ask("PUT", "/people/ana", ANA);
    await set({ email, binding: { send: refuses } });
    for (let time = 1; time <= 4; time++) {
      await ask("POST", "/sign-in", { email: ANA.email });
      await eventually(async () => {
        expect(refused).toBe(time);
        const { results } = await env.DB.prepare("SELECT person_id FROM sign_ins").all();
        expect(results).toEqual(Array.from({ length: time }, () => ({ person_id: "" })));
      });
    }
    await set({ email, binding: inbox.binding });
    await ask("POST", "/sign-in", { email: ANA.email });
    await eventually(() => expect(inbox.mails.map(({ to }) => to)).toEqual([ANA.email]));
  });

  it("leads to a page without what was typed in it, where mail programs would cut its address", async () => {
    await ask("PUT", "/people/ana", ANA);
    await set({ email: { to: [ANA.email], from: "stock@example.com", mailUrl: null }, binding: inbox.binding });
    const page = "/inbox/reviews/wf-1";
    for (const [typed, next] of [
      ["?quantity=48", `${page}?quantity=48`],
      [`?comment=${"a".repeat(1_500)}`, page],
    ] as const) {
      await submit("/sign-in", { email: ANA.email, next: page + typed });
      await eventually(() => expect(inbox.mails.at(-1)?.text).toContain(`?next=${encodeURIComponent(next)}\n`));
    }
  });

  it("is asked for on a page that is answered by a page, with its style", async () => {
    const answered = await submit("/sign-in", { email: ANA.email, next: "/orders" });
    expect([answered.status, answered.headers.get("Content-Security-Policy")]).toEqual([
      202,
      expect.stringContaining("style-src 'self'"),
    ]);
    expect(await answered.text()).toContain('href="/orders"');
  });
});

describe("a session", () => {
  it("of a person answers as that person, whatever the channel", async () => {
    const { body } = await trigger();
    const cookie = await signedIn();
    const page = `/inbox/reviews/${body.workflow_id}`;
    const answered = await submit(page, { decision: "reject", revision: "1", csrf: await csrf(cookie) }, cookie);
    expect(answered.status).toBeLessThan(400);
    const { review } = await read(body.workflow_id);
    expect(review).toMatchObject({ status: "rejected", decided_by: "Ana", channel: "inbox" });
    const audit = await ask("GET", `/audit/${body.workflow_id}`);
    expect(JSON.stringify(audit.body)).toContain("person:ana");
  });

  it("is over once its holder signs out, for a copy of the cookie too", async () => {
    const cookie = await signedIn();
    expect((await submit("/inbox/sign-out", { csrf: await csrf(cookie) }, cookie)).status).toBe(303);
    expect((await visit("/inbox", cookie)).status).toBe(401);
  });

  it("that is over is said where a form comes too late, and leads back to the form's page", async () => {
    const answered = await exports.default.fetch(`${ORIGIN}/inbox/approve`, {
      method: "POST",
      headers: { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Referer: `${ORIGIN}/inbox?group=supplier` },
      body: new URLSearchParams({ step: "look" }),
    });
    const html = await answered.text();
    expect([answered.status, html.includes("You are no longer signed in, so nothing was changed.")]).toEqual([
      401,
      true,
    ]);
    expect(html).toContain('name="next" value="/inbox?group=supplier"');
  });

  it("that is over keeps what was typed: it is in its fields again once the reader has signed in", async () => {
    const { body } = await trigger();
    const question = `/inbox/reviews/${body.workflow_id}`;
    const fields = {
      decision: "modify",
      quantity: "4 8",
      comment: `& ${"の".repeat(498)}`,
      revision: "1",
      csrf: "old",
    };
    const late = await (await submit(question, fields, "", question)).text();
    const next = /name="next" value="([^"]+)"/.exec(late)![1]!.replaceAll("&amp;", "&");
    const now = await submit("/inbox/sign-in", { key: ROOT_KEY, next });
    const html = await (await visit(now.headers.get("Location")!, cookieOf(now))).text();
    expect(html).toContain('value="4 8"');
    expect(html).toContain(`&amp; ${"の".repeat(498)}`);
    expect(html).toContain("Order 48");
    expect((await read(body.workflow_id)).status).toBe("awaiting_human_review");
  });

  it("is listed, and ended by whoever may", async () => {
    const person = await signedIn();
    const key = cookieOf(await submit("/inbox/sign-in", { key: ROOT_KEY }));
    const { body } = await ask("GET", "/sessions");
    expect(
      body.sessions.map((one: { person_id: string; key_id: string }) => one.person_id ?? one.key_id).toSorted(),
    ).toEqual(["ana", "root"]);
    for (const { session_id } of body.sessions) {
      expect((await ask("DELETE", `/sessions/${session_id}`)).status).toBe(204);
      expect((await ask("DELETE", `/sessions/${session_id}`)).status).toBe(404);
    }
    for (const cookie of [person, key]) expect((await visit("/inbox", cookie)).status, cookie).toBe(401);
  });

  it("ends with its person, and after twelve hours", async () => {
    const gone = await signedIn();
    await ask("DELETE", "/people/ana");
    expect((await visit("/inbox", gone)).status).toBe(401);
    const old = await signedIn();
    passTime(12 * HOUR_MS);
    expect(Date.now()).toBe(T0 + 12 * HOUR_MS);
    expect((await visit("/inbox", old)).status).toBe(401);
  });

  it("may not be guessed or forged", async () => {
    const cookie = await signedIn();
    for (const forged of [`${cookie}x`, cookie.replace(/=./, "=Z"), "stockwarden_session=1.2"])
      expect((await visit("/inbox", forged)).status, forged).toBe(401);
  });
});

it("a session ends once its key may no longer review", async () => {
  const made = await ask("POST", "/keys", { name: "counter", scopes: ["read", "review"] });
  const cookie = cookieOf(await submit("/inbox/sign-in", { key: made.body.key, next: "/inbox" }));
  expect((await visit("/inbox", cookie)).status).toBe(200);
  await env.DB.prepare("UPDATE api_keys SET scopes = '[\"read\"]' WHERE name = 'counter'").run();
  passTime(61_000);
  expect((await visit("/inbox", cookie)).status).toBe(401);
});
