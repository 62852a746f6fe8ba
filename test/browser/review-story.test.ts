/** The whole story in a real browser: trigger, mail, page, verdict, webhook; then what goes wrong; then the inbox. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REVIEWERS, reviewWorld, until, type ReviewWorld } from "../support/builders/review-world.ts";
import { axeFindings, DESK, PHONE, shoot } from "./browser.ts";
import { useBrowser } from "./use-browser.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const [ANA, BEN] = REVIEWERS;

const { newPage, open } = useBrowser();
let world: ReviewWorld;

beforeAll(async () => {
  world = await reviewWorld({ env: { REVIEW_FIRST_ORDER: "true" } });
});
afterAll(async () => {
  await world?.close();
});

/** Six weeks of sales, so that the plan decides and the chart has something to show. */
async function withHistory(product: string): Promise<void> {
  const rows = Array.from({ length: 42 }, (_, index) => {
    const date = new Date(Date.now() - (42 - index) * DAY_MS).toISOString().slice(0, 10);
    return `${date},${2 + ((index * index * 7) % 17) + (index % 7 === 5 ? 9 : 0)}`;
  });
  const response = await fetch(`${world.server.url}/history/${product}?store_id=tokyo-3`, {
    method: "PUT",
    headers: { "Content-Type": "text/csv", Authorization: `Bearer ${world.server.key}` },
    body: `date,units\n${rows.join("\n")}\n`,
  });
  if (!response.ok) throw new Error(await response.text());
}

const statusOf = async (id: string): Promise<string> => (await world.api("GET", `/workflows/${id}`)).body.status;
const plan = { current_stock: 20, safety_stock_level: 30, lead_time_days: 5, pack_size: 6, max_stock: 300 };

describe("on a phone", () => {
  it("a question comes by mail, its page shows the numbers, one tap approves, and the webhook reports it", async () => {
    await withHistory("OOLONG");
    const { workflow_id, decision } = await world.ask("OOLONG", plan);
    const page = await open(await world.reviewLink(ANA, "OOLONG"));
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(
      `Order ${decision.recommended_quantity} of OOLONG for tokyo-3?`,
    );
    expect(await page.getByRole("img", { name: /Projected stock/ }).count()).toBe(1);
    expect(await page.getByRole("img", { name: /Demand/ }).count()).toBe(1);
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await shoot(page, "story-1-question");
    await page.getByLabel(/Comment/).fill("Looks right");
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page.getByText("Thank you, recorded").waitFor();
    await shoot(page, "story-2-approved");
    expect(await statusOf(workflow_id)).toBe("completed");
    await until(
      () => [...world.webhook.events.values()].find((event) => event.data.workflow_id === workflow_id),
      "the webhook",
    );
  });

  it("a quantity being typed redraws the chart and says what is wrong with it; Enter decides nothing", async () => {
    await withHistory("SENCHA");
    const { workflow_id } = await world.ask("SENCHA", plan);
    const page = await open(await world.reviewLink(ANA, "SENCHA"), { ...PHONE, colorScheme: "dark" });
    const field = page.getByLabel("Quantity", { exact: true });
    await field.fill("48");
    await page.locator("#charts").getByText("Order 48", { exact: true }).waitFor();
    await shoot(page, "story-3-tried-dark");
    await field.fill("50");
    await page.getByText("It must be a multiple of the pack size of 6.").waitFor();
    await Promise.all([page.waitForEvent("load"), field.press("Enter")]);
    expect(await statusOf(workflow_id)).toBe("awaiting_human_review");
    await page.getByRole("button", { name: /^Order/ }).click();
    await page.getByText(/multiple of the pack size/).waitFor();
    await shoot(page, "story-4-bad-quantity");
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("Quantity", { exact: true }).fill("48");
    await page.getByRole("button", { name: /^Order/ }).click();
    await page.getByText("48 will be ordered.").waitFor();
    expect((await world.api("GET", `/workflows/${workflow_id}`)).body.decision.recommended_quantity).toBe(48);
  });

  it("what was typed and not sent is there again after Back, on button and chart too", async () => {
    await withHistory("HOJICHA");
    await world.ask("HOJICHA", plan);
    const page = await open(await world.reviewLink(ANA, "HOJICHA"));
    await page.getByLabel("Quantity", { exact: true }).fill("48");
    await page.getByLabel(/Comment/).fill("For the fair");
    await page.getByRole("link", { name: "Stockwarden" }).click();
    await page.getByRole("heading", { level: 1, name: /./ }).waitFor();
    await page.goBack();
    await page.getByRole("button", { name: "Order 48" }).waitFor();
    await page.locator("#charts").getByText("Order 48", { exact: true }).waitFor();
    expect(await page.getByLabel("Quantity", { exact: true }).inputValue()).toBe("48");
    expect(await page.getByLabel(/Comment/).inputValue()).toBe("For the fair");
  });

  it("a quantity is tried, and an answer given, without any script", async () => {
    await withHistory("MATCHA");
    const { workflow_id } = await world.ask("MATCHA", plan);
    const page = await open(await world.reviewLink(ANA, "MATCHA"), { ...PHONE, javaScriptEnabled: false });
    await page.getByLabel("Quantity", { exact: true }).fill("24");
    await page.getByRole("button", { name: "Show in chart" }).click();
    await page.locator("#charts").getByText("Order 24", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByText("Thank you, recorded").waitFor();
    expect(await statusOf(workflow_id)).toBe("rejected");
  });

  it("a scanner's browser that loads the page, idles and submits the form by script decides nothing", async () => {
    const { workflow_id } = await world.ask("SCANNED");
    const link = await world.reviewLink(ANA, "SCANNED");
    const page = await open(link);
    await page.waitForTimeout(3_000);
    await page.evaluate(() => (document.getElementById("answer") as HTMLFormElement).submit());
    await page.getByText("Nothing was decided").waitFor();
    expect(await statusOf(workflow_id)).toBe("awaiting_human_review");
    const again = await open(link);
    await again.getByRole("button", { name: /^Approve/ }).click();
    await again.getByText("Thank you, recorded").waitFor();
    expect(await statusOf(workflow_id)).toBe("completed");
  });

  it("of two reviewers who answer at once, the second is told who was faster", async () => {
    await world.ask("RACED");
    const pages = await Promise.all(
      [ANA, BEN].map(async (reviewer) => open(await world.reviewLink(reviewer, "RACED"))),
    );
    await Promise.all([
      pages[0]!.getByRole("button", { name: /^Approve/ }).click(),
      pages[1]!.getByRole("button", { name: "Reject" }).click(),
    ]);
    await Promise.all(pages.map((page) => page.getByRole("status").waitFor()));
    const said = await Promise.all(pages.map((page) => page.getByRole("status").textContent()));
    expect(said.filter((text) => text!.includes("Thank you, recorded"))).toHaveLength(1);
    expect(said.filter((text) => text!.includes("Somebody was faster"))).toHaveLength(1);
    await shoot(pages[said.findIndex((text) => text!.includes("faster"))]!, "story-5-somebody-was-faster");
  });
});

// The page counts down by the phone's clock; what decides is the server's, so a wrong one must do no more than look
// wrong.
describe("a phone whose clock is ten minutes off", () => {
  it.each([
    { clock: "slow", minutes: -10, countdown: /4 h [89] min left/ },
    { clock: "fast", minutes: 10, countdown: /3 h 4\d min left/ },
  ])("$clock, counts down wrongly, and its answer counts all the same", async ({ clock, minutes, countdown }) => {
    const product = `CLOCK-${clock}`;
    const { workflow_id } = await world.ask(product);
    const link = await world.reviewLink(ANA, product);
    const page = await newPage();
    await page.clock.setFixedTime(Date.now() + minutes * 60_000);
    await page.goto(link);
    await page.getByText(countdown).waitFor();
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page.getByText("Thank you, recorded").waitFor();
    expect(await statusOf(workflow_id)).toBe("completed");
  });
});

describe("in the inbox", () => {
  async function signIn(options = DESK): Promise<Page> {
    const page = await open(`${world.server.url}/inbox`, options);
    await page.getByLabel("Key").fill(world.server.key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    return page;
  }

  it("a wrong key is refused in words, and the session's cookie is out of reach for scripts", async () => {
    const page = await open(`${world.server.url}/inbox`);
    await page.getByLabel("Key").fill("nonsense");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("This key is unknown").waitFor();
    await page.getByLabel("Key").fill(world.server.key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Sign out").waitFor();
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
    expect(cookie!.value).not.toContain(world.server.key);
    await page.getByRole("button", { name: /Sign out/ }).click();
    await page.getByLabel("Key").waitFor();
  });

  it("new questions appear by themselves, are filtered, ticked, looked at again and approved together", async () => {
    const page = await signIn();
    const ask = async (product: string) => {
      const { workflow_id } = await world.ask(product);
      const quantity = page.getByLabel(`Quantity of ${product} for tokyo-3`);
      await quantity.waitFor();
      expect(await quantity.inputValue()).toBe("37");
      return workflow_id;
    };
    const asked = [await ask("BULK-A"), await ask("BULK-B")];
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, "inbox-live");
    await page.getByLabel("Search").fill("BULK-");
    await page.getByRole("button", { name: "Show" }).click();
    for (const product of ["BULK-A", "BULK-B"]) await page.getByLabel(`Tick ${product} for tokyo-3`).check();
    await page.getByRole("button", { name: "Approve 2…" }).click();
    await page.getByRole("heading", { name: "Approve these 2?" }).waitFor();
    expect(await statusOf(asked[0]!)).toBe("awaiting_human_review");
    await shoot(page, "inbox-look-again");
    await page.getByRole("button", { name: "Approve all 2" }).click();
    await page.getByRole("heading", { name: "2 of 2 approved" }).waitFor();
    expect(await Promise.all(asked.map(statusOf))).toEqual(["completed", "completed"]);
    await page.goto(`${world.server.url}/inbox?show=history`);
    await until(async () => {
      await page.reload();
      return (await page.getByText("BULK-B").count()) > 0;
    }, "the history");
    await shoot(page, "inbox-history-live");
  });

  it("one question is opened and answered, and the item's page shows its story", async () => {
    await withHistory("SINGLE");
    const { workflow_id } = await world.ask("SINGLE", plan);
    const page = await signIn(PHONE);
    await page.goto(`${world.server.url}/inbox/reviews/${workflow_id}`);
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page.getByText("Thank you, recorded").waitFor();
    expect((await world.api("GET", `/workflows/${workflow_id}`)).body.review).toMatchObject({
      channel: "inbox",
      decided_by: "root key",
    });
    await page.goto(`${world.server.url}/items/tokyo-3/SINGLE`);
    await page.getByRole("heading", { name: "SINGLE" }).waitFor();
    await page.getByRole("heading", { name: "Open orders" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, "item-live");
    await page.goto(`${world.server.url}/items/tokyo-3/NEVER-SEEN`);
    await page.getByText("Unknown item").waitFor();
  });

  it("a form without the session's token, or from elsewhere, does nothing", async () => {
    const { workflow_id } = await world.ask("CSRF");
    const page = await signIn();
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const send = (fields: Record<string, string>, headers: Record<string, string>) =>
      fetch(`${world.server.url}/inbox/reviews/${workflow_id}`, {
        method: "POST",
        headers: { Cookie: cookies, "Content-Type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams({ decision: "approve", revision: "1", ...fields }),
      });
    expect((await send({}, { "Sec-Fetch-Site": "same-origin" })).status).toBe(403);
    expect((await send({ csrf: "0" }, { "Sec-Fetch-Site": "same-origin" })).status).toBe(403);
    const csrf = (await page.locator("input[name=csrf]").first().getAttribute("value"))!;
    expect((await send({ csrf }, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect(await statusOf(workflow_id)).toBe("awaiting_human_review");
  });
});
