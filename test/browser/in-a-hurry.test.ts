/** A buyer in a hurry: the connection goes at the wrong moment, or an order is more than they may spend. */
import type { Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REVIEWERS, reviewWorld, type ReviewWorld } from "../support/builders/review-world.ts";
import { axeFindings, DESK, shoot } from "./browser.ts";
import { useBrowser } from "./use-browser.ts";

const [ANA] = REVIEWERS;

const { open, newPage } = useBrowser();
let world: ReviewWorld;

beforeAll(async () => {
  world = await reviewWorld({ slack: "off" });
});
afterAll(async () => {
  await world?.close();
});

async function signIn(): Promise<Page> {
  const page = await open(`${world.server.url}/inbox`, DESK);
  await page.getByLabel("Key").fill(world.server.key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Waiting for an answer" }).waitFor();
  return page;
}

/** Nothing that is sent arrives, and the browser does not know why. */
async function loseWhatIsSent(page: Page, press: () => Promise<void>): Promise<void> {
  const isPost = (request: Request): boolean => request.method() === "POST";
  await page.route("**/*", (route) => (isPost(route.request()) ? route.abort("connectionfailed") : route.continue()));
  await Promise.all([page.waitForEvent("requestfailed", isPost), press()]);
  await page.waitForURL(/^chrome-error:/);
  await page.unrouteAll();
  await page.goBack();
}

const OFFLINE = "You are offline: nothing was sent.";

describe("the first look at a question on a small phone", () => {
  it("says what it is worth, by when, and what silence does, and leads to another quantity", async () => {
    await world.ask("GLANCE");
    const page = await open(await world.reviewLink(ANA, "GLANCE"));
    const bar = page.getByRole("group", { name: /of GLANCE for tokyo-3/ });
    const barTop = (await bar.boundingBox())!.y;
    const seen = async (text: string): Promise<boolean> => {
      const box = (await page.getByText(text).boundingBox())!;
      return box.y >= 0 && box.y + box.height <= barTop;
    };
    for (const text of ["Worth", "Answer by", "If nobody answers, nothing is ordered."])
      expect([text, await seen(text)]).toEqual([text, true]);
    await bar.getByRole("link", { name: "Change the quantity" }).click();
    const quantity = page.getByLabel("Quantity", { exact: true });
    expect(await quantity.evaluate((field) => field === document.activeElement)).toBe(true);
    await quantity.fill("half");
    const error = page.getByText("Type a quantity in digits");
    await error.waitFor();
    expect(await seen("Type a quantity in digits")).toBe(true);
    await shoot(page, "hurry-half", "css");
  });

  it("names the quantity that can be ordered, and moves to what the press did", async () => {
    const { workflow_id } = await world.ask("PACKED", { pack_size: 6 });
    const page = await open(`${await world.reviewLink(ANA, "PACKED")}?quantity=20`);
    await page.getByText("It must be a multiple of the pack size of 6. 24 can be ordered.").waitFor();
    await page.getByLabel("Quantity", { exact: true }).fill("24");
    await page.getByRole("button", { name: "Order 24" }).click();
    // Read aloud and in sight at once: what the press did.
    await page.getByText("Thank you, recorded").waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("24 will be ordered.");
    expect((await world.api("GET", `/workflows/${workflow_id}`)).body.decision.recommended_quantity).toBe(24);
  });

  it("opens at the field that is wrong, as a page without script has to", async () => {
    await world.ask("BEGIN");
    const page = await open(`${await world.reviewLink(ANA, "BEGIN")}?quantity=half`);
    const field = (await page.getByLabel("Quantity", { exact: true }).boundingBox())!;
    expect(field.y).toBeLessThan((await page.getByRole("button", { name: "Reject" }).boundingBox())!.y);
    expect(await page.getByText("Type a quantity in digits").isVisible()).toBe(true);
  });
});

describe("an answer that cannot be sent", () => {
  it("stays on the page of a question, and is there after the browser's own error page", async () => {
    const { workflow_id } = await world.ask("LOST");
    const page = await open(await world.reviewLink(ANA, "LOST"));
    const quantity = page.getByLabel("Quantity", { exact: true });
    // As a Japanese keyboard types it.
    await quantity.fill("４８");
    await page.getByLabel(/Comment/).fill("For the fair");
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Order 48" }).click();
    await page.getByText(OFFLINE).waitFor();
    await shoot(page, "hurry-offline");
    await page.context().setOffline(false);
    await page.getByText(OFFLINE).waitFor({ state: "detached" });
    await loseWhatIsSent(page, () => page.getByRole("button", { name: "Order 48" }).click({ noWaitAfter: true }));
    expect([await quantity.inputValue(), await page.getByLabel(/Comment/).inputValue()]).toEqual([
      "４８",
      "For the fair",
    ]);
    await page.getByRole("button", { name: "Order 48" }).click();
    await page.getByText("48 will be ordered.").waitFor();
    await page.waitForURL(/[^?]$/);
    expect((await world.api("GET", `/workflows/${workflow_id}`)).body.decision.recommended_quantity).toBe(48);
  });

  it("stays in the inbox, with its ticks", async () => {
    await world.ask("LOST-TOO");
    const page = await signIn();
    const row = page.getByRole("row", { name: /LOST-TOO/ });
    await row.getByRole("textbox").fill("55");
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Approve 1…" }).click();
    await page.getByText(OFFLINE).waitFor();
    await page.context().setOffline(false);
    await loseWhatIsSent(page, () => page.getByRole("button", { name: "Approve 1…" }).click({ noWaitAfter: true }));
    await row.waitFor();
    expect([await row.getByRole("textbox").inputValue(), await row.getByRole("checkbox").isChecked()]).toEqual([
      "55",
      true,
    ]);
  });

  it("stays in the inbox when the session ends, and while the reader looks again", async () => {
    const { workflow_id } = await world.ask("SIGNED-OUT");
    const page = await signIn();
    const row = page.getByRole("row", { name: /SIGNED-OUT/ });
    const held = async (): Promise<unknown[]> => [
      await row.getByRole("textbox").inputValue(),
      await row.getByRole("checkbox").isChecked(),
    ];
    const comment = page.getByRole("textbox", { name: "Comment" });
    const loseSession = async (button: string): Promise<void> => {
      await page.context().clearCookies();
      await page.getByRole("button", { name: button }).click();
      await page.getByText("You are no longer signed in").waitFor();
      await page.getByLabel("Key").fill(world.server.key);
      await page.getByRole("button", { name: "Sign in" }).click();
      await row.waitFor();
    };
    await row.getByRole("textbox").fill("55");
    await loseSession("Approve 1…");
    expect(await held()).toEqual(["55", true]);
    await page.getByRole("button", { name: "Approve 1…" }).click();
    await comment.fill("For the fair");
    await page.getByRole("link", { name: "Back" }).click();
    await row.waitFor();
    expect(await held()).toEqual(["55", true]);
    await page.getByRole("button", { name: "Approve 1…" }).click();
    expect(await comment.inputValue()).toBe("For the fair");
    await comment.fill("For the fair in May");
    await loseSession("Approve it");
    await page.getByRole("button", { name: "Approve 1…" }).click();
    await page.getByRole("button", { name: "Approve it" }).click();
    await page.getByText("55 will be ordered.").waitFor();
    expect((await world.api("GET", `/workflows/${workflow_id}`)).body).toMatchObject({
      decision: { recommended_quantity: 55 },
      review: { comment: "For the fair in May" },
    });
    await world.ask("NEXT-ONE");
    await page.getByRole("link", { name: "Back to the inbox" }).click();
    await page
      .getByRole("row", { name: /NEXT-ONE/ })
      .getByRole("checkbox")
      .check();
    await page.getByRole("button", { name: "Approve 1…" }).click();
    expect(await comment.inputValue()).toBe("");
  });

  it("stays in the inbox while a filter hides it", async () => {
    await world.ask("HIDDEN-1");
    await world.ask("HIDDEN-2");
    const page = await signIn();
    const row = page.getByRole("row", { name: /HIDDEN-1/ });
    await row.getByRole("textbox").fill("55");
    await page.goto(`${world.server.url}/inbox?q=HIDDEN-2`);
    await page
      .getByRole("row", { name: /HIDDEN-2/ })
      .getByRole("checkbox")
      .check();
    await page.getByRole("button", { name: "Approve 1…" }).waitFor();
    await page.goto(`${world.server.url}/inbox?q=HIDDEN`);
    await page.getByRole("button", { name: "Approve 2…" }).waitFor();
    expect(await row.getByRole("textbox").inputValue()).toBe("55");
    await row.getByRole("checkbox").uncheck();
    await page.reload();
    await page.getByRole("button", { name: "Approve 1…" }).waitFor();
  });

  it.each([
    ["of another name", "BENS", "Ben"],
    ["of the same name", "NAMESAKES", "root key"],
  ])("is not shown to somebody else who signs in after it, %s", async (_, product, name) => {
    await world.ask(product);
    const page = await signIn();
    const row = page.getByRole("row", { name: new RegExp(product) });
    await row.getByRole("textbox").fill("55");
    const { key } = (await world.api<{ key: string }>("POST", "/keys", { name, scopes: ["read", "review"] })).body;
    await page.context().clearCookies();
    await page.goto(`${world.server.url}/inbox`);
    await page.getByLabel("Key").fill(key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await row.waitFor();
    expect(await row.getByRole("checkbox").isChecked()).toBe(false);
    expect(await row.getByRole("textbox").inputValue()).not.toBe("55");
  });

  it("stays on the page of an order", async () => {
    await world.api("PUT", "/suppliers/dairy", { name: "Dairy", lead_time_days: 2, send: "manual" });
    await world.api("PUT", "/products/MILK?store_id=tokyo-3", { supplier_id: "dairy", unit_cost: 2 });
    const { workflow_id } = await world.ask("MILK");
    await world.api("POST", `/approve/${workflow_id}`, { decision: "approve" });
    const page = await signIn();
    await page.goto(`${world.server.url}/orders`);
    await page.getByRole("link", { name: "Dairy" }).click();
    const units = page.getByLabel("Units of MILK");
    await units.fill("60");
    await page.getByLabel("Product id").fill("CREAM");
    const save = page.getByRole("button", { name: "Save quantities" });
    await loseWhatIsSent(page, () => save.click({ noWaitAfter: true }));
    expect([await units.inputValue(), await page.getByLabel("Product id").inputValue()]).toEqual(["60", "CREAM"]);
    await page.getByLabel("Product id").fill("");
    await save.click();
    await page.getByText("Quantities saved").waitFor();
    // What is printed is the order, not what is said to its buyer.
    await page.emulateMedia({ media: "print" });
    expect(await page.getByText("Quantities saved").isVisible()).toBe(false);
    expect(await page.getByText("MILK").first().isVisible()).toBe(true);
  });
});

describe("a press that cannot be taken back", () => {
  it("asks first, and does nothing without a Yes", async () => {
    await world.api("PUT", "/suppliers/grocer", { name: "Grocer", lead_time_days: 2, send: "manual" });
    await world.api("PUT", "/products/RICE?store_id=tokyo-3", { supplier_id: "grocer", unit_cost: 2 });
    const { workflow_id } = await world.ask("RICE");
    await world.api("POST", `/approve/${workflow_id}`, { decision: "approve" });
    const page = await signIn();
    await page.goto(`${world.server.url}/orders`);
    await page.getByRole("link", { name: "Grocer" }).click();
    const asked: string[] = [];
    page.once("dialog", async (dialog) => {
      asked.push(dialog.message());
      await dialog.dismiss();
    });
    const cancel = page.getByRole("button", { name: "Cancel order" });
    await cancel.click();
    expect(asked).toEqual(["Cancel the whole order? This cannot be taken back."]);
    expect(await cancel.isVisible()).toBe(true);
    page.once("dialog", (dialog) => dialog.accept());
    await cancel.click();
    await page.getByText("Nothing more of it is expected.").waitFor();
  });
});

describe("an order above the reader's limit of value", () => {
  it("cannot be pressed, says why at the button, and can be lowered to what is within it", async () => {
    await world.api("PUT", "/people/ana", { name: "Ana", email: ANA, value_limit: 40 });
    const { workflow_id } = await world.ask("DEAR");
    const page = await open(await world.reviewLink(ANA, "DEAR"));
    const bar = page.getByRole("group", { name: /of DEAR for tokyo-3/ });
    expect(await bar.getByRole("button", { name: /^Approve/ }).isDisabled()).toBe(true);
    await bar.getByText("Above your limit of 40.00: order 11 at most, reject, or leave it to a colleague.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await shoot(page, "hurry-above-limit");
    const quantity = page.getByLabel("Quantity", { exact: true });
    await quantity.fill("12");
    expect(await bar.getByRole("button", { name: "Order 12" }).isDisabled()).toBe(true);
    await bar.getByRole("link", { name: "order 11 at most" }).click();
    await bar.getByRole("button", { name: "Order 11" }).click();
    await page.getByText("11 will be ordered.").waitFor();
    expect((await world.api("GET", `/workflows/${workflow_id}`)).body.decision.recommended_quantity).toBe(11);
  });
});

it("a browser that keeps nothing for pages still has the inbox's keys", async () => {
  await world.ask("NO-STORAGE");
  const page = await newPage(DESK);
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
  });
  await page.goto(`${world.server.url}/inbox`);
  await page.getByLabel("Key").fill(world.server.key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("row", { name: /NO-STORAGE/ }).waitFor();
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Approve 1…" }).waitFor();
});

it("names of scripts that run the other way keep their places, and numbers beside them their side", async () => {
  await world.api("PUT", "/stores/haifa", { name: "חיפה" });
  await world.api("PUT", "/suppliers/east", { name: "الشرق", lead_time_days: 2, send: "manual" });
  await world.api("PUT", "/products/HALVA?store_id=haifa", { supplier_id: "east", unit_cost: 2 });
  const { workflow_id } = await world.ask("HALVA", { store_id: "haifa" });
  const page = await signIn();
  /** Where each text begins on the page, from the left. */
  const places = (within: string, texts: readonly string[]): Promise<number[]> =>
    page
      .locator(within)
      .filter({ hasText: texts[0]! })
      .first()
      .evaluate((whole, words) => {
        const walker = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT);
        const lefts = new Map<string, number>();
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
          for (const word of words) {
            const at = node.textContent!.indexOf(word);
            if (at < 0 || lefts.has(word)) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            lefts.set(word, range.getBoundingClientRect().left);
          }
        return words.map((word) => lefts.get(word) ?? Number.NaN);
      }, texts);
  const rising = (lefts: readonly number[]): boolean => lefts.every((left, at) => at === 0 || left > lefts[at - 1]!);
  const inRow = await places(".id", ["חיפה", "الشرق"]);
  expect([inRow, rising(inRow)]).toEqual([inRow, true]);
  await world.api("POST", `/approve/${workflow_id}`, { decision: "approve" });
  await page.goto(world.server.url);
  const onToday = await places("#due ~ ul .id", ["חיפה", "1 line"]);
  expect([onToday, rising(onToday)]).toEqual([onToday, true]);
});

it("a list keeps its columns in sight beside an id of 128 characters without a gap", async () => {
  await world.ask("X".repeat(128));
  const page = await signIn();
  await page.goto(`${world.server.url}/items`);
  const list = page.getByRole("region", { name: "Items" });
  await list.getByRole("link", { name: /^X{128}$/ }).waitFor();
  expect(await list.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});
