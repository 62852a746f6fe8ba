/**
 * `/import` on a running server: a made-up shop of 200 items, loaded by a person and by the command, is the same shop.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ask } from "../support/black-box.ts";
import { madeUpShop, writeShop } from "../support/builders/made-up-shop.ts";
import { contextOf, DESK, launch, shoot } from "./browser.ts";

const ROOT = join(import.meta.dirname, "../..");
const shop = madeUpShop();
let folder = "";
let server: LocalServer;
let browser: Browser;
let paths: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-import-story-"));
  paths = writeShop(folder, shop);
  [server, browser] = await Promise.all([
    startLocalServer({ persistTo: join(folder, "state"), env: { LOG_LEVEL: "warn" } }),
    launch(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Stored {
  readonly settings: unknown;
  readonly days: unknown;
  readonly action: unknown;
  readonly quantity: number;
}

async function stored(store: string, product: string): Promise<Stored> {
  const [item, history] = await Promise.all([
    ask(server, "GET", `/products/${product}?store_id=${store}`),
    ask(server, "GET", `/history/${product}?store_id=${store}`),
  ]);
  const { decision } = item.body.decisions[0];
  return {
    settings: item.body.settings,
    days: history.body.days,
    action: decision.recommended_action,
    quantity: decision.recommended_quantity,
  };
}

it("is read, loaded and decided alike by the page and by the command, row by row; and can be taken back", async () => {
  const context = await contextOf(browser, { ...DESK, timezoneId: "UTC" });
  const page = await context.newPage();
  await page.goto(`${server.url}/import`);
  await page.getByLabel("Key").fill(server.key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Load your files" }).waitFor();
  await page.setInputFiles("#files", paths);
  await page.getByText("a row of totals").waitFor();
  await page.getByLabel("Store of files that name none").fill("web");
  await page.locator("#load:not([disabled])").click();
  const counted = new Intl.NumberFormat("en").format(shop.sales);
  const ended = page.getByText(`Loaded 200 items, ${counted} sales, ${shop.first} to ${shop.last}. Due today:`);
  await ended.waitFor({ timeout: 240_000 }).catch(async (error: Error) => {
    throw new Error(`${error.message} The page says: ${await page.locator("#said").textContent()}`);
  });
  await shoot(page, "import-story");
  // How many, not how much: of today's demand less is to come at a later count.
  const due = /Due today: \d+ of 200 items/u.exec((await ended.textContent()) ?? "")?.[0];

  const args = ["scripts/import.ts", ...paths, "--url", server.url, "--key", server.key, "--store", "desk", "--yes"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, TZ: "UTC" },
  });
  expect(status, stdout + stderr).toBe(0);
  expect(due).toBeDefined();
  expect(stdout).toContain(due);
  for (const product of shop.history.keys()) {
    const { quantity: ofPage, ...onPage } = await stored("web", product);
    const { quantity: ofCommand, ...byCommand } = await stored("desk", product);
    expect(onPage).toEqual(byCommand);
    expect(Math.abs(ofPage - ofCommand), `${product}: ${ofPage} and ${ofCommand}`).toBeLessThanOrEqual(1);
  }

  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByText("Taken back: the sales of 200 items").waitFor();
  const left = await ask(server, "GET", "/history/SKU-007?store_id=web");
  expect((left.body?.days ?? []).filter(({ units }: { units: number }) => units > 0)).toEqual([]);
  await context.close();
});
