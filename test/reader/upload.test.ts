/** What is uploaded of readings: parts below the limits, whole products, the same text every time. */
import { describe, expect, it } from "vitest";
import { formatLoaded } from "../../src/reader/upload/loaded.ts";
import { uploadPlan, type UploadOptions } from "../../src/reader/upload/upload-plan.ts";
import { upload, type Request, type Sender } from "../../src/reader/upload/send.ts";
import { readOne, TODAY } from "./support.ts";

const OPTIONS: UploadOptions = { store: null, completeThrough: null, replace: false, today: TODAY };

function sender(
  answer: (request: Request) => { status: number; body: unknown },
): Sender & { readonly sent: Request[] } {
  const sent: Request[] = [];
  return {
    sent,
    async send(request) {
      sent.push(request);
      return answer(request);
    },
    sleep: async () => undefined,
    hash: async (text) => `k${text.length}`,
    progress: () => undefined,
    timeZone: "Asia/Tokyo",
  };
}

const contentOf = async (text: string) => (await readOne(text)).content;

describe("an upload plan", () => {
  it("adds up rows of a day, and marks a day that nobody recorded as one of unknown demand", async () => {
    const content = await contentOf("item,date,qty\nA,2026-01-01,2\nA,2026-01-01,3\nA,2026-01-02,\nA,2026-01-03,4\n");
    const { parts, complete } = uploadPlan([content], OPTIONS);
    expect(parts.map(({ csv }) => csv)).toEqual([
      "product_id,store_id,date,units,in_stock\nA,main,2026-01-01,5,\nA,main,2026-01-02,0,0\nA,main,2026-01-03,4,\n",
    ]);
    expect(complete).toEqual([{ store_id: "main", through: "2026-01-03" }]);
  });

  it("cuts parts between products, below 50,000 rows and 2 MiB, and loses no unit", async () => {
    const rows = Array.from({ length: 300 }, (_, item) =>
      Array.from(
        { length: 250 },
        (_unused, day) =>
          `商品${item},${new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)},${1 + (day % 4)}`,
      ),
    ).flat();
    const { reading, content } = await readOne(`sku,date,qty\n${rows.join("\n")}\n`);
    const { parts } = uploadPlan([content], OPTIONS);
    expect(parts.length).toBeGreaterThan(1);
    const products = parts.map(
      ({ csv }) =>
        new Set(
          csv
            .trimEnd()
            .split("\n")
            .slice(1)
            .map((line) => line.split(",")[0]),
        ),
    );
    expect(new Set(products.flatMap((set) => [...set])).size).toBe(products.reduce((sum, set) => sum + set.size, 0));
    for (const { csv, rows: count } of parts) {
      expect(count).toBeLessThanOrEqual(50_000);
      expect(new TextEncoder().encode(csv).length).toBeLessThan(2 * 1_024 * 1_024);
    }
    const units = parts
      .flatMap(({ csv }) => csv.trimEnd().split("\n").slice(1))
      .reduce((sum, line) => sum + Number(line.split(",")[3]), 0);
    expect(units).toBe(reading.units);
  });

  it("never says that today is whole, and takes the end of a week or month otherwise", async () => {
    const through = async (text: string) => uploadPlan([await contentOf(text)], OPTIONS).complete[0]?.through;
    expect(await through(`item,date,qty\nA,${TODAY},2\n`)).toBe("2026-11-28");
    expect(await through("item,month,qty\nA,2026-01,2\nA,2026-02,2\n")).toBe("2026-02-28");
    expect(await through("item,week,qty\nA,2026-W05,2\nA,2026-W06,2\n")).toBe("2026-02-08");
  });

  it("gives products without a store to the stores that the other files name", async () => {
    const products = await contentOf("sku,name,price\nA,Tea,5\n");
    const sales = await contentOf("sku,store,date,qty\nA,Nord,2026-01-01,2\nA,Süd,2026-01-01,3\n");
    const catalogue = uploadPlan([products, sales], OPTIONS).parts[0]!;
    expect(catalogue.csv).toBe("product_id,name,price,store_id\nA,Tea,5,Nord\nA,Tea,5,Süd\n");
  });

  it("gives what names no store to the only store that is named, and asks whose it is where several are", async () => {
    const sales = (stores: string[]) =>
      contentOf(`sku,store,date,qty\n${stores.map((store) => `A,${store},2026-01-01,2`).join("\n")}\n`);
    const stock = await contentOf("sku,on hand\nA,7\n");
    expect(uploadPlan([await sales(["Nord"]), stock], OPTIONS).stores).toEqual(["Nord"]);
    const { problem, parts } = uploadPlan([await sales(["Nord", "Süd"]), stock], OPTIONS);
    expect([problem, parts.length]).toEqual([expect.stringContaining('others name "Nord", "Süd"'), 0]);
    const chosen = uploadPlan([await sales(["Nord", "Süd"]), stock], { ...OPTIONS, store: "Süd" });
    expect(chosen.parts.at(-1)?.csv).toContain("A,7,Süd");
  });

  it("counts the items of all files once", async () => {
    const contents = [
      await contentOf("sku,date,qty\nA,2026-01-01,2\nB,2026-01-01,2\n"),
      await contentOf("sku,date,qty\nB,2026-01-02,2\nC,2026-01-02,2\n"),
      await contentOf("sku,name,price\nC,Tea,5\nD,Cup,5\n"),
    ];
    expect(uploadPlan(contents, OPTIONS).items).toBe(4);
  });

  it("says when two files have the same days", async () => {
    const sales = await contentOf("sku,date,qty\nA,2026-01-01,2\n");
    expect(uploadPlan([sales, sales], OPTIONS).notes[0]).toContain("only the last file counts");
  });

  it("refuses fortnights and quarters, which the service does not plan", async () => {
    const { problem } = uploadPlan([await contentOf("item,2026-Q1,2026-Q2\nA,1,2\n")], OPTIONS);
    expect(problem).toContain("sales of a quarter");
  });
});

describe("sending a plan", () => {
  it("makes unknown stores, sends settings, sales and their end, then counts; a key for each part", async () => {
    const contents = [
      await contentOf("sku,name,price,stock\nA,Tea,5,7\n"),
      await contentOf("sku,date,qty\nA,2026-01-01,2\n"),
    ];
    const plan = uploadPlan(contents, { ...OPTIONS, store: "nord" });
    const to = sender(({ method, path }) =>
      method === "GET"
        ? { status: 404, body: {} }
        : { status: 200, body: path === "/inventory-triggers" ? { results: [] } : {} },
    );
    const { notes } = await upload(to, plan);
    expect(to.sent.map(({ method, path }) => `${method} ${path.split("?")[0]}`)).toEqual([
      "GET /stores/nord",
      "PUT /stores/nord",
      "PUT /catalogue",
      "POST /sales",
      "POST /sales/complete",
      "POST /inventory-triggers",
    ]);
    expect(to.sent.filter(({ key }) => key !== undefined)).toHaveLength(2);
    expect(notes[0]).toContain("Asia/Tokyo");
  });

  it("sends a part again, under the same key, after a break in the line", async () => {
    const plan = uploadPlan([await contentOf("sku,date,qty\nA,2026-01-01,2\n")], OPTIONS);
    let breaks = 2;
    const to = sender(({ path }) => {
      if (path.startsWith("/sales?") && breaks-- > 0) throw new Error("the line broke.");
      return { status: 200, body: {} };
    });
    expect((await upload(to, plan)).salesRows).toBe(1);
    expect(new Set(to.sent.filter(({ path }) => path.startsWith("/sales?")).map(({ key }) => key)).size).toBe(1);
  });

  it("counts from a safety stock of 0 only where the item's settings have none", async () => {
    const plan = uploadPlan([await contentOf("sku,on hand\nA,7\nB,8\n")], OPTIONS);
    const workflow = {
      product_id: "B",
      store_id: "main",
      status: "completed",
      decision: { recommended_action: "hold", recommended_quantity: 0 },
    };
    const to = sender(({ path, csv }) => {
      if (path !== "/inventory-triggers") return { status: 200, body: {} };
      const problem = { detail: "No.", errors: [{ pointer: "/safety_stock_level", message: "is missing" }] };
      const first = csv!.includes("safety_stock_level")
        ? { index: 0, status: 200, workflow: { ...workflow, product_id: "A" } }
        : { index: 0, status: 422, problem };
      return {
        status: 200,
        body: { results: csv!.includes("B,") ? [first, { index: 1, status: 200, workflow }] : [first] },
      };
    });
    const { decided, failed } = await upload(to, plan);
    expect(decided.map(({ productId }) => productId)).toEqual(["B", "A"]);
    expect(failed).toEqual([]);
    expect(to.sent.at(-1)?.csv).toBe("product_id,current_stock,store_id,safety_stock_level\nA,7,main,0\n");
  });

  it("waits for decisions, a hundred at a time, and says how many are still being made", async () => {
    const counts = Array.from({ length: 150 }, (_, item) => `SKU-${item},7`).join("\n");
    const content = await contentOf(`sku,on hand\n${counts}\n`);
    const plan = uploadPlan([content], OPTIONS);
    const to = sender(({ path, csv }) => {
      if (path !== "/inventory-triggers") return { status: 200, body: {} };
      const results = csv!
        .trim()
        .split("\n")
        .slice(1)
        .map((line, index) => ({
          index,
          status: 202,
          workflow: { product_id: line.split(",")[0], status: "running" },
        }));
      return { status: 200, body: { results } };
    });
    const outcome = await upload(to, plan);
    expect(to.sent.filter(({ prefer }) => prefer === "wait=30")).toHaveLength(2);
    expect(formatLoaded("", [], plan.items, outcome)[0]).toBe(
      "Loaded 150 items. Due today: 0 of 150 items to order; 150 still being decided.",
    );
  });

  it("ends with the server's words when a part is refused", async () => {
    const plan = uploadPlan([await contentOf("sku,date,qty\nA,2026-01-01,2\n")], OPTIONS);
    const to = sender(({ path }) =>
      path.startsWith("/sales?")
        ? { status: 409, body: { code: "period_differs", detail: "Weeks are stored." } }
        : { status: 200, body: {} },
    );
    await expect(upload(to, plan)).rejects.toThrow("Weeks are stored.");
  });
});
