/**
 * The twelve tasks of a buyer's morning in a real browser, each a test with the task's name. docs/people.md lists them.
 */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { REVIEWERS, reviewWorld, until, type ReviewWorld } from "../support/builders/review-world.ts";
import { linksIn } from "../support/peers/mail-sink.ts";
import { axeFindings, contextOf, DESK, launch, PHONE, shoot } from "./browser.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";

const [ANA, BEN] = REVIEWERS;
/** Long enough to answer on a busy machine, and over by the time that the other tasks are done. */
const NIGHT = { env: { REVIEW_TTL_SECONDS: "45" }, slack: "off" } as const;

interface WireRun {
  readonly run_id: string;
  readonly status: string;
  readonly items: number;
  readonly waiting: number;
}

let world: ReviewWorld;
/** Its questions expire while the other tasks are done. */
let overnight: ReviewWorld;
let browser: Browser;
/** Ana's, opened before the deadline, and the link that it came from. */
let lateLink: string;
let latePage: Page;
let lateUntil: number;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [world, overnight, browser] = await Promise.all([reviewWorld({}), reviewWorld(NIGHT), launch()]);
  for (const [id, name, email] of [
    ["ana", "Ana", ANA],
    ["ben", "Ben", BEN],
    ["dora", "Dora", "dora@example.com"],
  ])
    await world.api("PUT", `/people/${id}`, { name, email });
  await world.api("PUT", "/stores/tokyo-3", { name: "Tokyo", time_zone: "Asia/Tokyo", locale: "ja-JP" });
  const { review } = await overnight.ask("LATE");
  lateUntil = Date.parse(review!.expires_at);
  lateLink = await overnight.reviewLink(ANA, "LATE");
  const context = await contextOf(browser, PHONE);
  latePage = await context.newPage();
  await latePage.goto(lateLink);
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([world?.close(), overnight?.close()]);
});

async function open(url: string): Promise<Page> {
  const context = await contextOf(browser, { ...DESK, reducedMotion: "reduce" });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function signIn({ server }: ReviewWorld = world): Promise<Page> {
  const page = await open(`${server.url}/inbox`);
  await page.getByLabel("Key").fill(server.key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

const workflow = async (id: string) => (await world.api("GET", `/workflows/${id}`)).body;

/** An hour of the day that is always so far ahead, whenever the tests run. */
const clockIn = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString().slice(11, 16);

/** A link in Ana's name, as a mail would hold it. */
async function linkOf(workflowId: string): Promise<string> {
  const { body } = await world.api<{ url: string }>("POST", `/reviews/${workflowId}/link`, { reviewer: ANA });
  return body.url;
}

/** A run, once it is over. */
async function runOf(store_id: string): Promise<WireRun> {
  const { body } = await world.api<WireRun>("POST", "/runs", { store_id });
  return until(async () => {
    const run = (await world.api<WireRun>("GET", `/runs/${body.run_id}`)).body;
    return run.status === "done" ? run : null;
  }, "the run's end");
}

/** What the list shows once the database has heard of it. */
async function shownAfterReload(page: Page, text: string | RegExp): Promise<void> {
  await until(async () => {
    await page.reload();
    return (await page.getByText(text).count()) > 0;
  }, `"${text}" on the page`);
}

describe("a buyer's morning", () => {
  it("1. find what to order today: what is due by which cut-off, what waits, and what is sold out", async () => {
    await world.api("PUT", "/suppliers/dairy", {
      name: "Dairy",
      lead_time_days: 2,
      cut_off: clockIn(6),
      send: "manual",
    });
    await world.api("PUT", "/products/MILK", { name: "Milk 1 l", unit_cost: 2, supplier_id: "dairy" });
    const { workflow_id } = await world.ask("MILK", { store_id: "main" });
    await world.api("POST", `/approve/${workflow_id}`, { decision: "approve" });
    const cream = await world.ask("CREAM", { store_id: "main", current_stock: 0 });
    const page = await signIn();
    await page.getByRole("link", { name: "Today", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
    await shownAfterReload(page, "Dairy");
    await shownAfterReload(page, /Order 40 of CREAM/);
    expect(await page.getByRole("region", { name: "To order" }).textContent()).toMatch(/Dairy.*1 line.*by .*in /);
    await shownAfterReload(page, /^Sold out/);
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, "task-1-today");
    await page.getByRole("link", { name: /Dairy/ }).click();
    await page.getByRole("heading", { level: 1, name: /Dairy/ }).waitFor();
    await page.getByText("Milk 1 l").first().waitFor();
    await world.api("POST", `/approve/${cream.workflow_id}`, { decision: "reject" });
  });

  it("2. approve five and reject one by keyboard, in at most 20 keystrokes", async () => {
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
    await shoot(page, "task-ticked");
    await press("a");
    await page.getByRole("heading", { name: "Approve these 5?" }).waitFor();
    await page.locator("button:focus").waitFor();
    await shoot(page, "task-second-look");
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

  it("3. order another number than asked: a typed 48 cannot become 24", async () => {
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

  it("4. read Tokyo's day in Tokyo's morning, on the page and in the mail", async () => {
    const { review } = await world.ask("SENCHA");
    const day = new Intl.DateTimeFormat("en-GB", {
      weekday: "short",
      day: "numeric",
      month: "short",
      timeZone: "Asia/Tokyo",
    });
    const expires = `${day.format(Date.parse(review!.expires_at)).replace(",", "")}, `;
    const mail = await world.mailTo(ANA, "SENCHA");
    expect(mail.text).toMatch(new RegExp(`Answer by ${expires}[0-9:]+ GMT\\+9`));
    const page = await open(linksIn(mail)[0]!);
    expect(await page.locator(".clock time").textContent()).toMatch(new RegExp(`^${expires}.*GMT\\+9$`));
    await page.getByRole("heading", { level: 1, name: /SENCHA for Tokyo\?/ }).waitFor();
    await shoot(page, "task-4-tokyo");
  });

  it("5. type a German 1.200: it is what a German means, and 1,200 is another number", async () => {
    const store = { name: "Hofladen", time_zone: "Europe/Berlin", locale: "de-DE", currency: "EUR" };
    await world.api("PUT", "/stores/hofladen", store);
    await world.api("PUT", "/products/GERMAN?store_id=hofladen", { name: "Grüntee", unit_cost: 2 });
    const { workflow_id } = await world.ask("GERMAN", { store_id: "hofladen" });
    const page = await open(await linkOf(workflow_id));
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("Grüntee for Hofladen?");
    await page.getByLabel("Quantity", { exact: true }).fill("1,200");
    expect(await page.locator("#answer-bar .primary").textContent()).toBe("Order 1,2");
    await page.getByLabel("Quantity", { exact: true }).fill("1.200");
    expect(await page.locator("#answer-bar .primary").textContent()).toBe("Order 1.200");
    await page.getByText("1.200 are worth 4.200,00").waitFor();
    await shoot(page, "task-5-german");
    await page.getByRole("button", { name: "Order 1.200" }).click();
    await page.getByText("1.200 will be ordered.").waitFor();
    expect((await workflow(workflow_id)).decision.recommended_quantity).toBe(1_200);
  });

  it("6. take a mistaken No back, and be asked about the same order again", async () => {
    const { workflow_id } = await world.ask("MISTAKE");
    const page = await open(await world.reviewLink(ANA, "MISTAKE"));
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByRole("heading", { name: "Rejected: nothing will be ordered" }).waitFor();
    await shoot(page, "task-take-back");
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByText("An earlier answer was taken back").waitFor();
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page.getByText(/^\d+ will be ordered\./).waitFor();
    const answered = { status: "rejected", review: { taken_back: { by: "Ana" } } };
    expect(await workflow(workflow_id)).toMatchObject(answered);
  });

  it("7. ask Ben, with a note: he answers with a link in his own name", async () => {
    const { workflow_id } = await world.ask("ASKED");
    const page = await open(await linkOf(workflow_id));
    await page.getByLabel("Note").fill("Is the festival still on?");
    await page.getByRole("button", { name: "Ask Ben" }).click();
    await page.getByText("Ben is asked").waitFor();
    await shoot(page, "task-asked");
    const mail = await world.mailTo(BEN, "ASKED", /^Ana asks you: /);
    expect(mail.text).toContain('Ana wrote: "Is the festival still on?"');
    const his = await open(linksIn(mail)[0]!);
    await his.getByText("You answer as Ben.").waitFor();
    await his.getByRole("button", { name: /^Approve/ }).click();
    await his.getByText("will be ordered.").waitFor();
    const { entries } = (
      await world.api<{ entries: { event: string; actor: string }[] }>("GET", `/audit/${workflow_id}`)
    ).body;
    expect(entries.find(({ event }) => event === "asked")).toBeDefined();
    expect(entries.find(({ event }) => event === "verdict")?.actor).toBe("person:ben");
  });

  it("8. read a forwarded link: it says whose it is, and mails its reader one of their own", async () => {
    const { workflow_id } = await world.ask("FORWARDED");
    const page = await open(await linkOf(workflow_id));
    await page.getByText("This link is Ana’s.").click();
    await page.getByLabel("Your e-mail address").fill("dora@example.com");
    await page.getByRole("button", { name: "Send me my own" }).click();
    await page.getByText("Look into your mail").waitFor();
    const mail = await world.mailTo("dora@example.com", "FORWARDED", /^Order /);
    const hers = await open(linksIn(mail)[0]!);
    await hers.getByText("You answer as Dora.").waitFor();
  });

  it("9. come in from the morning's one mail without an API key, and go on to the next question", async () => {
    // Of this store alone, so that the other tasks' questions are not theirs.
    const address = "mo@example.com";
    await world.api("PUT", "/stores/morning-1", { name: "Morning", reviewers: ["mo"], review_at: clockIn(1) });
    await world.api("PUT", "/people/mo", { name: "Mo", email: address, stores: ["morning-1"] });
    const products = ["BREAD", "ROLLS"];
    const settings = (level: number) =>
      Promise.all(
        products.map((product) =>
          world.api("PUT", `/products/${product}?store_id=morning-1`, { safety_stock_level: level }),
        ),
      );
    await settings(4);
    for (const product_id of products)
      await world.api("POST", "/inventory-trigger", { product_id, store_id: "morning-1", current_stock: 3 });
    // A run finds the items that the database has heard of.
    await until(async () => (await runOf("morning-1")).items === products.length, "both items in the store's list");
    await settings(40);
    expect(await runOf("morning-1")).toMatchObject({ waiting: 2 });
    const mail = await world.mailTo(address, "2 questions for you", /^Morning, /);
    const [first] = linksIn(mail).filter((link) => link.includes("/review/"));
    const page = await open(first!);
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page.getByText("Thank you, recorded").waitFor();
    await page.getByRole("button", { name: "Mail me the next question" }).click();
    await page.getByText("Look into your mail").waitFor();
    const next = await world.mailTo(address, "for Morning", /^Order /);
    await page.goto(linksIn(next)[0]!);
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page.getByText("Thank you, recorded").waitFor();
    expect(await page.getByRole("button", { name: "Mail me the next question" }).count()).toBe(0);
    // The item's page asks who is there: a mailed link signs in, and leads to where the reader was going.
    await page.getByRole("link", { name: "See the item" }).click();
    await page.getByLabel("Your e-mail address").fill(address);
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
    const link = linksIn(await world.mailTo(address, "sign in to Stockwarden"))[0]!;
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: /BREAD|ROLLS/ }).waitFor();
    await page.getByText("Sign out (Mo)").first().waitFor();
    await shoot(page, "task-9-signed-in");
  });

  it("10. find an item by name or GTIN, and read the story of a decision", async () => {
    await world.api("PUT", "/products/STORY?store_id=tokyo-3", { name: "Grüner Tee", gtin: "4006381333931" });
    const { workflow_id } = await world.ask("STORY");
    await world.api("POST", `/approve/${workflow_id}`, { decision: "reject", comment: "We stop selling it." });
    const page = await signIn();
    await page.getByRole("link", { name: "Items", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Items" }).waitFor();
    for (const search of ["4006381333931", "grüner"]) {
      await page.getByLabel("Search").fill(search);
      await page.getByRole("button", { name: "Show" }).click();
      await page.waitForURL(({ searchParams }) => searchParams.get("q") === search);
      await shownAfterReload(page, "Grüner Tee");
      expect(await page.locator("tbody tr").count()).toBe(1);
    }
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, "task-10-items");
    await page.getByRole("link", { name: "Grüner Tee" }).click();
    await page.getByRole("heading", { level: 1, name: "Grüner Tee" }).waitFor();
    await shoot(page, "task-10-item");
    await page.locator(`a[href="/decisions/${workflow_id}"]`).click();
    await page.getByText("We stop selling it.").first().waitFor();
    await shoot(page, "task-10-story");
    await page.goBack();
    await page.getByRole("link", { name: "Tokyo", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Tokyo" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, "task-10-store");
  });

  it("12. say that an order was placed by telephone: a double click says it once, and Undo takes it back", async () => {
    const { workflow_id } = await world.ask("BROOM", { store_id: "main" });
    await world.api("POST", `/approve/${workflow_id}`, { decision: "approve" });
    const page = await signIn();
    await page.goto(`${world.server.url}/`);
    const tick = page.getByLabel("Placed: BROOM");
    await until(async () => {
      await page.reload();
      return (await tick.count()) === 1;
    }, "BROOM on the page");
    await tick.check();
    await page.getByLabel("Order number").fill("TEL 17");
    await page.getByRole("button", { name: "Mark as placed" }).dblclick();
    await page.getByRole("heading", { level: 1, name: "Marked as placed" }).waitFor();
    await page.getByText("number TEL 17").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, "task-12-placed");
    await page.goto(`${world.server.url}/orders`);
    expect(await page.getByRole("region", { name: "Placed by hand" }).textContent()).toContain("number TEL 17");
    await page.getByRole("button", { name: "Undo: BROOM" }).click();
    await page.getByRole("heading", { level: 1, name: "To be placed again" }).waitFor();
    await page.getByRole("link", { name: "Back to the orders" }).click();
    await tick.waitFor();
  });

  it("11. order now what expired overnight: the link says so, and Today asks again from the last count", async () => {
    await until(async () => Date.now() > lateUntil + 500, "the deadline");
    await latePage.getByRole("button", { name: /^Approve/ }).click();
    await latePage.getByText("The deadline has passed").first().waitFor();
    await shoot(latePage, "task-11-too-late");
    await latePage.goto(lateLink);
    await latePage.getByRole("heading", { name: /Expired unanswered/ }).waitFor();
    expect(await latePage.getByRole("link", { name: "Go to the inbox" }).count()).toBe(1);
    const late = await latePage.getByRole("link", { name: "Order it after all" }).getAttribute("href");
    expect(await axeFindings(latePage)).toEqual([]);
    const page = await signIn(overnight);
    await page.goto(`${overnight.server.url}/`);
    await shownAfterReload(page, "Expired, nothing ordered");
    expect(await page.getByRole("button", { name: "Order now" }).count()).toBe(1);
    await page.goto(`${overnight.server.url}${late}`);
    await page.getByRole("button", { name: "Order now" }).click();
    await page.getByRole("heading", { level: 1, name: /Order 37 of LATE/ }).waitFor();
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page.getByText("37 will be ordered.").waitFor();
    await shoot(page, "task-11-ordered");
  });
});
