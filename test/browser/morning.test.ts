/** A buyer's morning in a real browser: the inbox by keyboard, what is typed, and whose day and numbers are shown. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { REVIEWERS, reviewWorld, until, type ReviewWorld } from "../support/builders/review-world.ts";
import { linksIn } from "../support/peers/mail-sink.ts";
import { axeFindings, contextOf, DESK, launch, shoot } from "./browser.ts";

const [ANA] = REVIEWERS;

let world: ReviewWorld;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [world, browser] = await Promise.all([reviewWorld({}), launch()]);
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

async function open(url: string): Promise<Page> {
  const context = await contextOf(browser, { ...DESK, reducedMotion: "reduce" });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function signIn(): Promise<Page> {
  const page = await open(`${world.server.url}/inbox`);
  await page.getByLabel("Key").fill(world.server.key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

const workflow = async (id: string) => (await world.api("GET", `/workflows/${id}`)).body;

describe("a buyer's morning", () => {
  it("five approvals and one rejection take at most 20 keystrokes", async () => {
    const asked: string[] = [];
    for (const product of ["KEY-1", "KEY-2", "KEY-3", "KEY-4", "KEY-5", "KEY-6"])
      asked.push((await world.ask(product)).workflow_id);
    const page = await signIn();
    await until(async () => (await page.locator("tr[data-id]").count()) === 6, "six questions");
    expect(await axeFindings(page)).toEqual([]);
    let strokes = 0;
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) {
        strokes += 1;
        await page.keyboard.press(key);
      }
    };
    await press("x", "j", "x", "j", "x", "j", "x", "j", "x");
    await shoot(page, "morning-ticked");
    await press("a");
    await page.getByRole("heading", { name: "Approve these 5?" }).waitFor();
    await page.locator("button:focus").waitFor();
    await shoot(page, "morning-second-look");
    await press("Enter");
    await page.getByRole("heading", { name: "5 of 5 approved" }).waitFor();
    await page.locator("a:focus").waitFor();
    await press("Enter");
    await page.getByRole("heading", { name: "Waiting for an answer" }).waitFor();
    await until(async () => {
      await page.reload();
      return (await page.locator("tr[data-id]").count()) === 1;
    }, "the one that is left");
    await press("r");
    await page.getByRole("heading", { name: "Reject this one?" }).waitFor();
    await page.locator("button:focus").waitFor();
    await press("Enter");
    await page.getByRole("heading", { name: "1 of 1 rejected" }).waitFor();
    expect(strokes).toBeLessThanOrEqual(20);
    const statuses = await Promise.all(asked.map(async (id) => (await workflow(id)).status));
    expect(statuses.toSorted()).toEqual([...Array.from({ length: 5 }, () => "completed"), "rejected"]);
  });

  it("a typed 48 cannot become the number that was asked", async () => {
    const { workflow_id } = await world.ask("TYPED");
    const link = await world.reviewLink(ANA, "TYPED");
    const page = await open(link);
    await page.getByLabel("Quantity", { exact: true }).fill("48");
    // The button follows at once, before the server has answered.
    expect(await page.locator("#answer-bar .primary").textContent()).toBe("Order 48");
    const form = { decision: "approve", quantity: "48", revision: "1" };
    const headers = { "Sec-Fetch-Site": "same-origin" };
    const refused = await fetch(link, { method: "POST", headers, body: new URLSearchParams(form) });
    expect([refused.status, (await workflow(workflow_id)).status]).toEqual([422, "awaiting_human_review"]);
    expect(await refused.text()).toContain("Nothing was decided");
    await page.getByRole("button", { name: "Order 48" }).click();
    await page.getByText("48 will be ordered.").waitFor();
    expect((await workflow(workflow_id)).decision.recommended_quantity).toBe(48);
  });

  it("a mistaken No is taken back from its page, and the same order is asked about again", async () => {
    const { workflow_id } = await world.ask("MISTAKE");
    const page = await open(await world.reviewLink(ANA, "MISTAKE"));
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByRole("heading", { name: "Rejected: nothing will be ordered" }).waitFor();
    await shoot(page, "morning-take-back");
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByText("An earlier answer was taken back").waitFor();
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page.getByText(/^\d+ will be ordered\.$/).waitFor();
    const answered = { status: "rejected", review: { taken_back: { by: ANA } } };
    expect(await workflow(workflow_id)).toMatchObject(answered);
  });

  it("a German 1.200 is what a German means, and Tokyo's morning shows Tokyo's day", async () => {
    await world.api("PUT", "/stores/tokyo-3", {
      name: "Tokyo",
      time_zone: "Asia/Tokyo",
      locale: "de-DE",
      currency: "EUR",
    });
    await world.api("PUT", "/products/GERMAN?store_id=tokyo-3", { name: "Grüntee", unit_cost: 2 });
    const { workflow_id, review } = await world.ask("GERMAN");
    const link = await world.api("POST", `/reviews/${workflow_id}/link`, { reviewer: ANA });
    const page = await open((link.body as unknown as { url: string }).url);
    const day = new Intl.DateTimeFormat("en-GB", {
      weekday: "short",
      day: "numeric",
      month: "short",
      timeZone: "Asia/Tokyo",
    });
    const expires = day.format(Date.parse(review!.expires_at)).replace(",", "");
    expect(await page.locator(".clock time").textContent()).toMatch(new RegExp(`^${expires}, .*GMT\\+9$`));
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("Grüntee for Tokyo?");
    await page.getByLabel("Quantity", { exact: true }).fill("1,200");
    expect(await page.locator("#answer-bar .primary").textContent()).toBe("Order 1,2");
    await page.getByLabel("Quantity", { exact: true }).fill("1.200");
    expect(await page.locator("#answer-bar .primary").textContent()).toBe("Order 1.200");
    await page.getByText("1.200 are worth 4.200,00").waitFor();
    await shoot(page, "morning-german");
    await page.getByRole("button", { name: "Order 1.200" }).click();
    await page.getByText("1.200 will be ordered.").waitFor();
    expect((await workflow(workflow_id)).decision.recommended_quantity).toBe(1_200);
  });

  it("today, items and a store are found from one another", async () => {
    const page = await signIn();
    for (const [name, heading] of [
      ["Today", "Today"],
      ["Items", "Items"],
    ] as const) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await shoot(page, `morning-${name.toLowerCase()}`);
    }
    await page.getByLabel("Search").fill("grün");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("link", { name: "Grüntee" }).click();
    await page.getByRole("heading", { level: 1, name: "Grüntee" }).waitFor();
    await shoot(page, "morning-item");
    await page.getByRole("link", { name: "Tokyo", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Tokyo" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, "morning-store");
  });

  it("a colleague is asked from the page, with a note, and answers with a link in their own name", async () => {
    await world.api("PUT", "/people/ana", { name: "Ana", email: ANA });
    await world.api("PUT", "/people/cleo", { name: "Cleo", email: "cleo@example.com" });
    const { workflow_id } = await world.ask("ASKED");
    const link = await world.api("POST", `/reviews/${workflow_id}/link`, { reviewer: ANA });
    const page = await open((link.body as unknown as { url: string }).url);
    await page.getByLabel("Note").fill("Is the festival still on?");
    await page.getByRole("button", { name: "Ask Cleo" }).click();
    await page.getByText("Cleo is asked").waitFor();
    await shoot(page, "morning-asked");
    const mail = await world.mailTo("cleo@example.com", "ASKED", /^Ana asks you: /);
    expect(mail.text).toContain('Ana wrote: "Is the festival still on?"');
    const hers = await open(linksIn(mail)[0]!);
    await hers.getByText("You answer as Cleo.").waitFor();
    await hers.getByRole("button", { name: /^Approve/ }).click();
    await hers.getByText("will be ordered.").waitFor();
    const { entries } = (
      await world.api<{ entries: { event: string; actor: string }[] }>("GET", `/audit/${workflow_id}`)
    ).body;
    expect(entries.find(({ event }) => event === "asked")).toBeDefined();
    expect(entries.find(({ event }) => event === "verdict")?.actor).toBe("person:cleo");
  });

  it("a forwarded link says whose it is, and mails its reader one of their own", async () => {
    await world.api("PUT", "/people/ana", { name: "Ana", email: ANA });
    await world.api("PUT", "/people/dora", { name: "Dora", email: "dora@example.com" });
    const { workflow_id } = await world.ask("FORWARDED");
    const link = await world.api("POST", `/reviews/${workflow_id}/link`, { reviewer: ANA });
    const page = await open((link.body as unknown as { url: string }).url);
    await page.getByText("This link is Ana’s.").click();
    await page.getByLabel("Your e-mail address").fill("dora@example.com");
    await page.getByRole("button", { name: "Send me my own" }).click();
    await page.getByText("Look into your mail").waitFor();
    const mail = await world.mailTo("dora@example.com", "FORWARDED", /^Order /);
    const hers = await open(linksIn(mail)[0]!);
    await hers.getByText("You answer as Dora.").waitFor();
  });
});
