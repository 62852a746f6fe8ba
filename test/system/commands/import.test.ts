/** `npm run import` from an empty server to what is due, for a made-up shop of 200 items. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalServer } from "../../../scripts/lib/server/local-server.ts";
import { concurrently } from "../../../src/shared/concurrently.ts";
import { runScript, type Ran } from "../../support/run-script.ts";
import { ask } from "../../support/black-box.ts";
import { madeUpShop, writeShop } from "../../support/builders/made-up-shop.ts";
import { plainServer } from "../../support/plain-server.ts";
import { ownFolder } from "../../support/own-folder.ts";

const shop = madeUpShop();
const AT_ONCE = 8;
const folder = ownFolder("import-test");
let server: LocalServer;
let paths: string[];

beforeAll(async () => {
  paths = writeShop(folder, shop);
  server = await plainServer();
});

function run(args: readonly string[]): Promise<Ran> {
  return runScript(["scripts/import.ts", ...args], { TZ: "UTC" });
}

function load(...flags: string[]): Promise<Ran> {
  return run([...paths, "--url", server.url, "--key", server.key, "--store", "berlin", ...flags]);
}

describe("npm run import", () => {
  it("says how it reads, loads, and ends with what is due; every row arrives once, also when run again", async () => {
    const { status, stdout, stderr } = await load("--yes");
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toContain("sales.csv: sales (utf-8, cells apart by semicolons, columns named on line 2)");
    expect(stdout).toContain("a row of totals");
    const counted = new Intl.NumberFormat("en").format(shop.sales);
    expect(stdout).toContain(`Loaded 200 items, ${counted} sales, ${shop.first} to ${shop.last}. Due today: `);
    const due = /Due today: (\d+) of 200 items to order/u.exec(stdout)?.[1];
    const asked = /(\d+) to answer/u.exec(stdout)?.[1] ?? "0";
    expect(Number(due) + Number(asked)).toBeGreaterThanOrEqual(60);
    expect(Number(due) + Number(asked)).toBeLessThan(100);

    expect((await load("--yes")).status).toBe(0);
    await concurrently([...shop.history], AT_ONCE, async ([product, days]) => {
      const { body } = await ask(server, "GET", `/history/${product}?store_id=berlin`);
      const stored = (body.days as { date: string; units: number }[]).filter(({ units }) => units !== 0);
      expect(stored.map(({ date, units }) => [date, units])).toEqual(days);
    });
    const item = await ask(server, "GET", "/products/SKU-007?store_id=berlin");
    expect(item.body.settings).toMatchObject({ name: "Item 7", price: 12.5, unit_cost: 9.25 });
  });

  it("loads weeks as weeks, and says what cannot be loaded", async () => {
    const weeks = Array.from({ length: 8 }, (_, week) =>
      new Date(Date.UTC(2026, 7, 3) + week * 7 * 86_400_000).toISOString().slice(0, 10),
    );
    const path = join(folder, "weeks.csv");
    writeFileSync(path, `item,${weeks.join(",")}\nTea,1,2,3,4,5,6,7,8\n`);
    const at = ["--url", server.url, "--key", server.key, "--store", "weekly", "--yes"];
    const { status, stdout, stderr } = await run([path, ...at]);
    expect(status, stdout + stderr).toBe(0);
    const { body } = await ask(server, "GET", "/history/Tea?store_id=weekly");
    expect(body).toMatchObject({ period: "week" });
    expect((body.days as { units: number }[]).map(({ units }) => units)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    writeFileSync(path, "item,2026-Q1,2026-Q2\nTea,1,2\n");
    expect((await run([path, ...at])).stderr).toContain("The service plans days, weeks and months");
  });

  it("asks nobody where nobody is: it says which flags answer, and loads nothing", async () => {
    const { status, stdout } = await run([join(folder, "stock.csv"), "--dry-run", "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: "stock.csv", kind: "stock", status: "read", items: 200 });
    expect((await load()).stderr).toContain("Add --yes");
  });

  it("refuses a file that is not there, and still says how the others are read", async () => {
    const { status, stdout } = await run([join(folder, "none.csv"), join(folder, "stock.csv"), "--dry-run", "--json"]);
    const lines = stdout.trim().split("\n");
    expect([status, lines.length]).toEqual([1, 2]);
    expect(JSON.parse(lines[0]!)).toMatchObject({ file: "none.csv", kind: "unknown", status: "refused", items: 0 });
    expect(JSON.parse(lines[0]!).problem).toContain("cannot be read");
    expect(JSON.parse(lines[1]!)).toMatchObject({ file: "stock.csv", status: "read" });
  });
});
