/** Which column of a list of products counts what is on the shelf, and which columns name item and store. */
import { describe, expect, it } from "vitest";
import { reading, readOne, salesOf } from "./support.ts";

const stockOf = async (text: string, options = {}) => (await readOne(text, options)).content.stock;

describe("the column of stock", () => {
  it.each([
    ["the worth of the stock", "SKU,Name,Stock value,Stock qty\nA,Tea,50,7\nB,Cup,30,2\n"],
    ["the stock of another month", "SKU,Name,Stock last month,Stock\nA,Tea,50,7\nB,Cup,30,2\n"],
    ["a flag", "SKU,Name,Manage stock,Stock status,Stock quantity\nA,Tea,1,instock,7\nB,Cup,1,outofstock,2\n"],
    ["a question", "Référence,Nom,En stock ?,Stock\nA,Thé,1,7\nB,Tasse,1,2\n"],
    ["a rule about running out", "sku,name,out_of_stock_qty,is_in_stock,stock_qty\nA,Tea,0,1,7\nB,Cup,0,1,2\n"],
    ["what is expected", "default_code,name,virtual_available,qty_available\nA,Tea,40,7\nB,Cup,10,2\n"],
  ])("is not %s", async (_, text) => {
    expect(await stockOf(text)).toEqual([
      { product_id: "A", current_stock: 7 },
      { product_id: "B", current_stock: 2 },
    ]);
  });

  it("is asked for where several columns count stock", async () => {
    const text = "SKU;Bestand Berlin;Bestand Hamburg;Bestand gesamt\nA;5;7;12\nB;3;0;3\n";
    const { status, kind, questions } = await reading(text);
    expect({ status, kind, flags: questions[0]?.choices.map(({ flag }) => flag) }).toEqual({
      status: "ask",
      kind: "stock",
      flags: [
        "--store-column headers",
        '--units-column "Bestand Berlin"',
        '--units-column "Bestand Hamburg"',
        '--units-column "Bestand gesamt"',
      ],
    });
    expect(await stockOf(text, { unitsColumn: "Bestand Hamburg" })).toEqual([
      { product_id: "A", current_stock: 7 },
      { product_id: "B", current_stock: 0 },
    ]);
    expect(await stockOf(text, { storeColumn: "headers" })).toEqual([
      { product_id: "A", store_id: "Berlin", current_stock: 5 },
      { product_id: "A", store_id: "Hamburg", current_stock: 7 },
      { product_id: "B", store_id: "Berlin", current_stock: 3 },
      { product_id: "B", store_id: "Hamburg", current_stock: 0 },
    ]);
  });

  it("leaves a till's columns of each outlet apart, and takes no reorder point for a store", async () => {
    const text =
      "id,handle,sku,name,supply_price,retail_price,track_inventory,inventory_Main_Outlet,reorder_point_Main_Outlet," +
      "inventory_Kobe,reorder_point_Kobe\n1,tea,10001,Tea,4.5,9.9,1,12,4,3,2\n2,cup,10002,Cup,3,8,1,7,4,0,2\n";
    expect(await reading(text)).toMatchObject({ status: "ask", kind: "stock" });
    const { content, reading: found } = await readOne(text, { storeColumn: "headers" });
    expect(found).toMatchObject({ status: "read", units: 22, stores: 2 });
    expect(content.stock[0]).toEqual({ product_id: "10001", store_id: "Main Outlet", current_stock: 12 });
    expect(content.catalogue[0]).toEqual({ product_id: "10001", name: "Tea", unit_cost: 4.5, price: 9.9 });
  });
});

describe("the column of items", () => {
  it("is no type that several products share", async () => {
    expect(await reading("Type,Ready,Stock\nlarge,yes,3\nlarge,no,4\n")).toMatchObject({ status: "ask" });
  });

  it("is no number of a payment or an order", async () => {
    expect(salesOf(await readOne("Payment ref,Date,Product,Qty\nP1,2026-11-01,Tea,2\nP2,2026-11-02,Tea,1\n"))).toEqual([
      "Tea 2026-11-01 2",
      "Tea 2026-11-02 1",
    ]);
    const odoo = "Order Reference,Order Date,Order Lines/Product,Quantity\nS1,2026-11-01,Tea,2\nS2,2026-11-02,Tea,1\n";
    expect(salesOf(await readOne(odoo))).toEqual(["Tea 2026-11-01 2", "Tea 2026-11-02 1"]);
  });

  it("is asked for where a reference never repeats and the names do", async () => {
    const rows = "XKBK;01/11/2026;Thé;2\nOHSA;15/11/2026;Tasse;1\nUOYE;16/11/2026;Thé;1\n";
    const { status, questions } = await reading(`Référence;Date;Produit;Quantité\n${rows}`);
    expect(status).toBe("ask");
    expect(questions[0]?.choices.map(({ flag }) => flag).slice(0, 2)).toEqual([
      "--item-column Référence",
      "--item-column Produit",
    ]);
  });
});

it.each(["1.11.,2.11.", "11/1,11/2", "11月1日,11月2日"])("refuses columns of days without a year: %s", async (days) => {
  const { status, problem } = await reading(`SKU,Name,${days}\nA,Tea,3,4\nB,Cup,1,2\n`);
  expect(status).toBe("refused");
  expect(problem).toContain("days without a year");
});

describe("units of two kinds", () => {
  it.each([
    ["packs beside what each holds", "date,sku,packs sold,units per pack\n2026-11-01,A,5,12\n2026-11-13,A,2,12\n"],
    ["cases and pieces of one item", "date,sku,quantity,uom\n2026-11-01,A,5,CASE\n2026-11-13,A,2,EACH\n"],
  ])("are asked about: %s", async (_, text) => {
    const found = await reading(text);
    expect(found).toMatchObject({ status: "ask", questions: [{ about: "unit" }] });
    expect(await reading(text, { kind: "sales" })).toMatchObject({ status: "read", units: 7 });
  });

  it("are none where each item has its own measure, or no pack is counted", async () => {
    const measured = "date,sku,quantity,uom\n2026-11-01,A,5,kg\n2026-11-13,B,2,pcs\n2026-11-14,A,1,kg\n";
    expect(await reading(measured)).toMatchObject({ status: "read", units: 8 });
    const pieces = "date,sku,units,units per pack\n2026-11-01,A,24,12\n2026-11-13,A,12,12\n";
    expect(await reading(pieces)).toMatchObject({ status: "read", units: 36 });
  });
});

it("leaves out a row of the balance before the first sale", async () => {
  const text = "date,sku,qty\n2026-11-01,Opening balance,500\n2026-11-01,A,5\n2026-11-13,A,2\n";
  expect(await reading(text)).toMatchObject({ items: 1, units: 7, left_out: { rows: 1, units: 500 } });
});

describe("a file in the letters of one language", () => {
  it.each([
    ["windows-1250", "Data sprzedaży;Kod produktu;Ilość", { ż: 0xbf, ś: 0x9c, ć: 0xe6, ó: 0xf3 }],
    ["windows-1254", "Tarih;Ürün Adı;Miktar", { Ü: 0xdc, ü: 0xfc, ı: 0xfd, Ş: 0xde, ğ: 0xf0 }],
  ] as const)("is read by the words of its header: %s", async (encoding, header, letters) => {
    const text = `${header}\n01.11.2026;A;5\n13.11.2026;A;2\n`;
    const table: Readonly<Record<string, number>> = letters;
    const bytes = Uint8Array.from([...text].map((letter) => table[letter] ?? letter.charCodeAt(0)));
    const found = await readOne(bytes);
    expect(found.reading).toMatchObject({ status: "read", encoding, items: 1, units: 7 });
    expect(found.reading.columns.map((column) => column.header).join(";")).toBe(header);
  });

  it.each([
    ["gb18030", "c8d5c6da2cc9ccc6b7b1e0c2eb2ccafdc1bf", "日期,商品编码,数量"],
    ["euc-kr", "b3afc2a52cbbf3c7b0c4dab5e52cbcf6b7ae", "날짜,상품코드,수량"],
    ["windows-1251", "c4e0f2e02cc0f0f2e8eaf3eb2ccaeeebe8f7e5f1f2e2ee", "Дата,Артикул,Количество"],
  ])("is read by the words of its header: %s", async (encoding, hex, header) => {
    const rows = Buffer.from("\n2026-11-01,A,5\n2026-11-13,A,2\n");
    const { reading: found } = await readOne(new Uint8Array(Buffer.concat([Buffer.from(hex, "hex"), rows])));
    expect(found).toMatchObject({ status: "read", encoding, items: 1, units: 7 });
    expect(found.columns.map((column) => column.header).join(",")).toBe(header);
  });
});
