/**
 * A million rows (57 MB) in a tab: the page answers while they are read, and the upload passes no limit and loses
 * nothing.
 */
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PAGE_POLICY } from "../../src/http/middleware/headers.ts";
import { ImportPage } from "../../src/ui/import-page.tsx";
import { renderPage } from "../../src/ui/page-layout.tsx";
import { contextOf, DESK, launch } from "./browser.ts";
import { SERVED_ASSETS } from "./served-assets.ts";
import { ownFolder } from "../support/own-folder.ts";

const ROWS = 1_000_000;
const WRITTEN_AT_ONCE = 20_000;
const ITEMS = 3_001;
const STORES = 7;
const DAYS = 700;
/** `POST /sales`. */
const MOST_BYTES = 2 * 1_024 * 1_024;
const MOST_ROWS = 50_000;
const WITHIN_MS = 600_000;
/** In the time that this takes to read, a page that is not frozen draws thousands of frames. */
const LEAST_FRAMES = 60;

const folder = ownFolder("large");
const path = join(folder, "sales.csv");
let browser: Browser;
let server: Server;
let units = 0;
const parts: { bytes: number; rows: number; units: number }[] = [];

beforeAll(async () => {
  const handle = openSync(path, "w");
  writeSync(handle, "date,store,sku,quantity,price,customer\n");
  for (let row = 0; row < ROWS;) {
    let text = "";
    for (const end = row + WRITTEN_AT_ONCE; row < end; row++) {
      const sold = 1 + ((row * 7) % 9);
      units += sold;
      const day = new Date(Date.UTC(2024, 0, 1) + ((row * 31) % DAYS) * 86_400_000).toISOString().slice(0, 10);
      text +=
        `${day} 10:0${row % 10},store-${row % STORES},SKU-${(row * 13) % ITEMS},${sold},` +
        `${(sold * 1.25).toFixed(2)},customer ${row}\n`;
    }
    writeSync(handle, text);
  }
  closeSync(handle);
  server = createServer(async (request, response) => {
    const asset = SERVED_ASSETS.find((one) => one.path === request.url);
    response.setHeader("Content-Security-Policy", PAGE_POLICY);
    if (asset !== undefined) return response.setHeader("Content-Type", asset.type).end(asset.body);
    if (request.url === "/import") {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      return response.end(renderPage(ImportPage({ session: { name: "ana", csrf: "token" } })));
    }
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
    if (request.url?.startsWith("/import/sales?") === true) {
      const lines = body.trim().split("\n").slice(1);
      const sold = lines.reduce((sum, line) => sum + Number(line.split(",")[3]), 0);
      parts.push({ bytes: Buffer.byteLength(body), rows: lines.length, units: sold });
    }
    return response.setHeader("Content-Type", "application/json").end("{}");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

it(
  "are read beside a page that goes on answering, and arrive whole",
  async () => {
    expect(statSync(path).size).toBeGreaterThan(50_000_000);
    const page = await (await contextOf(browser, { ...DESK, timezoneId: "UTC" })).newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/import`);
    await page.evaluate(() => {
      const counted = globalThis as unknown as { frames: number };
      counted.frames = 0;
      const count = (): void => {
        counted.frames++;
        requestAnimationFrame(count);
      };
      count();
    });
    await page.setInputFiles("#files", path);
    await page.getByText("Reading …", { exact: true }).first().waitFor();
    // A person goes on while it reads.
    await page.getByLabel("Store of files that name none").fill("web");
    await page.getByLabel("Drop sales that are stored by another period").check();
    expect(await page.getByText("Reading …", { exact: true }).first().isVisible(), "it reads still").toBe(true);
    await page.getByText("1,000,000 rows").waitFor({ timeout: WITHIN_MS });
    const frames = await page.evaluate(() => (globalThis as unknown as { frames: number }).frames);
    expect(frames).toBeGreaterThan(LEAST_FRAMES);

    await page.locator("#load:not([disabled])").click();
    await page.getByText("Loaded 21,007 items, 1,000,000 sales").waitFor({ timeout: WITHIN_MS });
    expect(parts.reduce((sum, part) => sum + part.units, 0)).toBe(units);
    expect(Math.max(...parts.map(({ bytes }) => bytes))).toBeLessThanOrEqual(MOST_BYTES);
    expect(Math.max(...parts.map(({ rows }) => rows))).toBeLessThanOrEqual(MOST_ROWS);
    await page.context().close();
  },
  WITHIN_MS * 2,
);
