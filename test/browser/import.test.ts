/** `/import` in a real browser: files are read there, shown, put right, and sent as the service wants them. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PAGE_POLICY } from "../../src/http/middleware/headers.ts";
import { ImportPage } from "../../src/ui/import-page.tsx";
import { renderPage } from "../../src/ui/page-layout.tsx";
import { serial, workbook } from "../reader/workbook.ts";
import { axeFindings, contextOf, DESK, launch, PHONE, shoot } from "./browser.ts";
import { SERVED_ASSETS } from "./served-assets.ts";

let browser: Browser;
let server: Server;
let origin: string;
let sent: { method: string; path: string; body: string; csrf: string }[] = [];

beforeAll(async () => {
  browser = await launch();
  server = createServer(async (request, response) => {
    const asset = SERVED_ASSETS.find(({ path }) => path === request.url);
    response.setHeader("Content-Security-Policy", PAGE_POLICY);
    if (asset !== undefined) return response.setHeader("Content-Type", asset.type).end(asset.body);
    if (request.url === "/import") {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      return response.end(renderPage(ImportPage({ session: { name: "ana", csrf: "token" } })));
    }
    if (request.url?.startsWith("/import/") !== true) return response.writeHead(404).end();
    const path = request.url.slice("/import".length);
    const body = await textOf(request);
    sent.push({ method: request.method ?? "", path, body, csrf: String(request.headers["x-csrf"]) });
    response.setHeader("Content-Type", "application/json");
    if (path !== "/inventory-triggers") return response.end("{}");
    const results = body
      .trim()
      .split("\n")
      .slice(1)
      .map((line, index) => ({ index, status: 200, workflow: workflowOf(line.split(",")[0] ?? "") }));
    return response.end(JSON.stringify({ results }));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});
beforeEach(() => {
  sent = [];
});

function workflowOf(product: string) {
  const decision = { recommended_action: "restock", recommended_quantity: 12 };
  return { product_id: product, store_id: "main", status: "completed", decision };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

async function open(options = DESK): Promise<Page> {
  const page = await (await contextOf(browser, { ...options, reducedMotion: "reduce" })).newPage();
  await page.goto(`${origin}/import`);
  return page;
}

const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const SALES = "Artikel;Datum;Menge;Kunde\nTee;31.10.2026;2;Ana\nReis;01.11.2026;2,5;Bob\nSumme;;4,5;\n";

describe("/import", () => {
  it.each([
    ["desk-light", { ...DESK, colorScheme: "light" }],
    ["phone-dark", { ...PHONE, colorScheme: "dark" }],
  ] as const)("shows how files are read, is clean for axe and does not scroll sideways (%s)", async (name, options) => {
    const page = await open(options);
    await page.setInputFiles("#files", [
      file("sales.csv", SALES),
      file("till.csv", "item,date,qty\nA,03/04/2026,2\n"),
      file("notes.csv", "colour,shape\nred,round\n"),
    ]);
    await page.getByText("Left out: 1 row,").waitFor();
    await page.getByText("Refused:").waitFor();
    await shoot(page, `import-${name}`);
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
    await page.context().close();
  });

  it("sends only the mapped columns, then says what is due, and takes it back", async () => {
    const page = await open();
    await page.setInputFiles("#files", [file("sales.csv", SALES), file("stock.csv", "SKU,On hand\nTee,3\nReis,4\n")]);
    await page.locator("#load:not([disabled])").click();
    await page.getByText("Due today: 2 of 2 items to order").waitFor();
    await shoot(page, "import-loaded");
    const sales = sent.find(({ path }) => path.startsWith("/sales?"));
    expect(sales?.body).toBe(
      "product_id,store_id,date,units,in_stock\nTee,main,2026-10-31,2,\nReis,main,2026-11-01,2.5,\n",
    );
    expect(sales?.path).toContain("complete_through=2026-11-01");
    expect(sent.every(({ csrf, body }) => csrf === "token" && !body.includes("Ana"))).toBe(true);
    expect(sent.at(-1)?.body).toBe("product_id,current_stock,store_id\nTee,3,main\nReis,4,main\n");
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByText("Taken back: the sales of 2 items").waitFor();
    const deleted = sent.filter(({ method }) => method === "DELETE").map(({ path }) => path);
    expect(deleted.toSorted()).toEqual([
      "/history/Reis?store_id=main&from=2026-10-31&to=2026-11-01",
      "/history/Tee?store_id=main&from=2026-10-31&to=2026-11-01",
    ]);
    await page.context().close();
  });

  it("asks what can be read two ways, and takes the answer", async () => {
    const page = await open();
    await page.setInputFiles("#files", file("till.csv", "item,date,qty\nA,03/04/2026,2\n"));
    await page.getByRole("button", { name: "day, month, year: 2026-04-03" }).click();
    await page.locator("#load:not([disabled])").click();
    await page.getByText("Loaded 1 item,").waitFor();
    expect(sent.find(({ path }) => path.startsWith("/sales?"))?.body).toContain("A,main,2026-04-03,2");
    await page.context().close();
  });

  it("lets a person choose another column", async () => {
    const page = await open();
    await page.setInputFiles(
      "#files",
      file("till.csv", "sku,shop,date,qty\nA,Nord,2026-04-03,2\nB,Nord,2026-04-04,3\n"),
    );
    await page.getByLabel("Role of shop").selectOption("item-column");
    await page.getByText("1 item, 2 rows").waitFor();
    await page.context().close();
  });

  it("takes a sheet of a workbook out, and asks about each of the others for itself", async () => {
    const page = await open({ ...PHONE, colorScheme: "dark" });
    const day = { date: serial("2026-11-02") };
    const book = workbook([
      {
        name: "Till",
        rows: [
          ["item", "date", "sales"],
          ["Tea", day, 3],
        ],
      },
      {
        name: "Web",
        rows: [
          ["item", "date", "amount"],
          ["Tea", day, 4],
          ["Rice", day, 5],
        ],
      },
      {
        name: "Notes",
        rows: [
          ["by", "Ana"],
          ["on", "Monday"],
        ],
      },
    ]);
    await page.setInputFiles("#files", [{ name: "book.xlsx", mimeType: "", buffer: Buffer.from(book) }]);
    await page.getByRole("button", { name: "Remove book.xlsx, sheet Notes" }).click();
    await page.getByText("Answer the questions first.").waitFor();
    await shoot(page, "import-sheets");
    await page.getByRole("button", { name: '"sales" counts units, for example 3' }).click();
    await page.getByText("1 item, 1 row, 3 units").waitFor();
    await page.getByRole("button", { name: '"amount" counts units, for example 4' }).click();
    await page.getByText("2 items, 2 rows, 9 units").waitFor();
    await page.locator("#load:not([disabled])").click();
    await page.getByText("Loaded 2 items, 3 sales, 2026-11-02 to 2026-11-02.").waitFor();
    const sales = sent
      .filter(({ path }) => path.startsWith("/sales?"))
      .map(({ body }) => body.split("\n").slice(1, -1));
    expect(sales).toEqual([["Tea,main,2026-11-02,3,"], ["Tea,main,2026-11-02,4,", "Rice,main,2026-11-02,5,"]]);
    await page.context().close();
  });
});
