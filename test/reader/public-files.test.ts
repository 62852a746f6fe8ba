/** Files as they lie on the net: headers and forms as they are, rows made up; units and items counted by hand. */
import { describe, expect, it } from "vitest";
import { reading, readOne } from "./support.ts";

interface Expected {
  readonly items: number;
  readonly units: number;
  readonly out?: number;
  readonly period?: string;
  readonly stores?: number;
}

const READ: readonly (readonly [name: string, text: string, expected: Expected])[] = [
  [
    "a superstore's order lines",
    "Row ID,Order ID,Order Date,Ship Date,Customer ID,Customer Name,Country,City,State,Product " +
      "ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit\n" +
      "1,CA-1,11/8/2016,11/11/2016,CG,Ann,US,Henderson,Kentucky,F-1,Furniture,Chairs,Chair,261.96,2,0,41.9\n" +
      "2,CA-2,11/28/2016,11/30/2016,CG,Ann,US,Henderson,Kentucky,F-2,Furniture,Chairs,Stool,731.94,3,0,219.5\n",
    { items: 2, units: 5 },
  ],
  [
    "a bakery's tickets with prices in euros",
    'date,time,ticket_number,article,Quantity,unit_price\n2021-01-02,08:38,150040.0,BAGUETTE,1.0,"0,90 €"\n' +
      '2021-01-02,08:38,150040.0,PAIN,3.0,"1,20 €"\n',
    { items: 2, units: 4 },
  ],
  [
    "unit sales with returns",
    "id,date,store_nbr,item_nbr,unit_sales,onpromotion\n0,2013-01-01,25,103665,7.0,\n" +
      "1,2013-01-02,25,105574,2.0,\n2,2013-01-02,26,103665,-1.0,\n",
    { items: 3, units: 8, stores: 2 },
  ],
  [
    "a coffee shop's transactions",
    "transaction_id,transaction_date,transaction_time,transaction_qty,store_id,store_location,product_id," +
      "unit_price,product_category,product_type,product_detail\n" +
      "1,1/1/2023,7:06:11,2,5,Lower,32,3,Coffee,Brewed,Ethiopia\n" +
      "2,1/13/2023,7:08:56,2,8,Upper,57,3.1,Tea,Chai,Spicy\n",
    { items: 2, units: 4, stores: 2 },
  ],
  [
    "demand with returns in brackets",
    "Warehouse,Product_Code,Product_Category,Date,Order_Demand\nWhse_J,Product_0993,C28,2012/7/27,100 \n" +
      "Whse_J,Product_0979,C28,2012/1/19,500 \nWhse_A,Product_0979,C28,2012/1/20,(500)\n",
    { items: 3, units: 100, stores: 2 },
  ],
  [
    "invoice lines with credit notes",
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n" +
      "536365,85123A,HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom\n" +
      "C536379,D,Discount,-1,12/1/2010 9:41,27.5,14527,United Kingdom\n" +
      "536370,22728,CLOCK,24,12/13/2010 8:45,3.75,12583,France\n",
    { items: 3, units: 29 },
  ],
  [
    "a supermarket's branches",
    "Invoice ID,Branch,City,Customer type,Product line,Unit price,Quantity,Tax " +
      "5%,Total,Date,Time,Payment,cogs,Rating\n" +
      "1,A,Yangon,Member,Health,74.69,7,26.1,548.9,1/5/2019,13:08,Ewallet,522.8,9.1\n" +
      "2,C,Naypyitaw,Normal,Food,15.28,5,3.8,80.2,3/18/2019,10:29,Cash,76.4,9.6\n",
    { items: 2, units: 12, stores: 2 },
  ],
  [
    "a German pivot table",
    "Absatz nach Monat;;;\nArtikel;Jan 26;Feb 26;Mrz 26;Gesamtergebnis\nTee;1;2;3;6\nReis;4;5;6;15\n" +
      "Gesamtergebnis;5;7;9;21\n",
    { items: 2, units: 21, out: 63, period: "month" },
  ],
  [
    "a list by month",
    "product;month;units\nA;2026-01;4\nA;2026-02;5\nB;2026-01;1\n",
    { items: 2, units: 10, period: "month" },
  ],
  ["a year and a week", "year,week,item,qty\n2026,5,A,3\n2026,6,A,4\n", { items: 1, units: 7, period: "week" }],
  ["weeks as six digits", "sku,yearweek,qty\nA,202605,3\nA,202552,4\n", { items: 1, units: 7, period: "week" }],
  [
    "a year and a month in words",
    "Year,Month,Product,Units Sold\n2026,January,A,3\n2026,February,A,4\n",
    { items: 1, units: 7, period: "month" },
  ],
  [
    "a year and a quarter",
    "Year,Quarter,Product,Units Sold\n2026,Q1,A,3\n2026,Q2,A,4\n",
    { items: 1, units: 7, period: "quarter" },
  ],
  ["German calendar weeks", "Artikel;KW;Menge\nA;KW 5/2026;3\nA;KW 6/2026;4\n", { items: 1, units: 7, period: "week" }],
  [
    "German invoice lines",
    "Rechnungsnr;Rechnungsdatum;Kunde;Pos;Artikelnr;Bezeichnung;Menge;Einheit;Einzelpreis;Gesamt\n" +
      "R1;05.01.2026;Meier;1;A1;Tee;3;Stk;1,50;4,50\nR1;05.01.2026;Meier;2;A2;Reis;1.000;Stk;0,50;500,00\n",
    { items: 2, units: 1_003, stores: 1 },
  ],
  [
    "a French till",
    "Référence;Désignation;Date de vente;Quantité;Montant TTC\nA1;Thé;05/01/2026;3;4,50\nA1;Thé;15/01/2026;2;3,00\n",
    { items: 1, units: 5 },
  ],
  [
    "a Spanish till",
    "Código,Producto,Fecha,Unidades,Importe\nA1,Té,05/01/2026,3,4.50\nA1,Té,15/01/2026,2,3.00\n",
    { items: 1, units: 5 },
  ],
  [
    "an Italian till",
    "Codice;Articolo;Data;Quantità;Prezzo\nA1;Tè;05/01/2026;3;1,50\nA1;Tè;15/01/2026;2;1,50\n",
    { items: 1, units: 5 },
  ],
  [
    "a Dutch till",
    "Artikelnummer;Omschrijving;Datum;Aantal;Omzet\nA1;Thee;05-01-2026;3;4,50\nA1;Thee;15-01-2026;2;3,00\n",
    { items: 1, units: 5 },
  ],
  [
    "a Polish till",
    "Kod;Nazwa;Data sprzedaży;Ilość;Wartość\nA1;Herbata;05.01.2026;3;4,50\nA1;Herbata;15.01.2026;2;3,00\n",
    { items: 1, units: 5 },
  ],
  [
    "a Swedish till",
    "Artikelnr;Benämning;Datum;Antal;Belopp\nA1;Te;2026-01-05;3;45\nA1;Te;2026-01-06;2;30\n",
    { items: 1, units: 5 },
  ],
  [
    "a Russian till",
    "Артикул;Наименование;Дата;Количество;Сумма\nA1;Чай;05.01.2026;3;450\nИтого;;;3;450\n",
    { items: 1, units: 3, out: 3 },
  ],
  [
    "a Japanese till",
    "商品コード,商品名,販売日,数量,金額\nA-1,お茶,2026年1月5日,3,300\n合計,,,3,300\n",
    { items: 1, units: 3, out: 3 },
  ],
  ["a Chinese till", "商品编码,商品名称,销售日期,数量,金额\nA-1,茶,2026-01-05,3,300\n", { items: 1, units: 3 }],
  [
    "a Japanese table with totals",
    "商品名,2026年1月5日,2026年1月6日,合計\nお茶,3,4,7\n合計,3,4,7\n",
    { items: 1, units: 7, out: 21 },
  ],
  [
    "ordered, returned and net",
    "date,item,ordered quantity,returned quantity,net quantity\n2026-01-01,A,5,1,4\n2026-01-02,A,3,0,3\n",
    { items: 1, units: 7 },
  ],
  [
    "subtotals of each item",
    "Item,Date,Qty\nA,2026-01-01,4\nTotal A,,4\nB,2026-01-01,6\nTotal B,,6\n",
    { items: 2, units: 10, out: 10 },
  ],
  [
    "moments with an offset, by the day that is written",
    "item,sold at,qty\nA,2026-01-31T23:30:00+09:00,4\nA,2026-02-01T01:30:00Z,1\n",
    { items: 1, units: 5 },
  ],
  ["days as Excel's numbers", "item,date,qty\nA,46027,4\nA,46028,1\n", { items: 1, units: 5 }],
  [
    "the header on every page",
    "item,date,qty\nA,2026-01-05,4\nitem,date,qty\nA,2026-01-06,1\n",
    { items: 1, units: 5 },
  ],
  [
    "thousands apart by spaces and a trailing minus",
    "item;date;qty;price\nA;2026-01-05;1 204;0,5\nA;2026-01-06;4-;0,5\n",
    { items: 1, units: 1_200 },
  ],
  [
    "identifiers with zeros in front, as Excel keeps them",
    'sku,date,qty\n"=""00123""",2026-01-05,4\n00123,2026-01-06,1\n',
    { items: 1, units: 5 },
  ],
  [
    "some identifiers that Excel cut",
    "ean,date,qty\n4006381333931,2026-01-05,4\n4.00638E+12,2026-01-05,3\n",
    { items: 1, units: 4, out: 3 },
  ],
];

describe("a file", () => {
  it.each(READ)("of %s", async (_, text, { items, units, out = 0, period = "day", stores = 1 }) => {
    const found = await reading(text);
    expect(found.status, found.problem ?? JSON.stringify(found.questions)).toBe("read");
    expect(found).toMatchObject({ items, units, period, stores, left_out: { units: out } });
  });

  it.each([
    [
      "weekly money of departments",
      "Store,Dept,Date,Weekly_Sales,IsHoliday\n1,1,2010-02-05,24924.5,FALSE\n1,1,2010-02-12,46039.49,TRUE\n",
      "--units-column Weekly_Sales",
    ],
    [
      "sales of whole shops",
      "Store,DayOfWeek,Date,Sales,Customers,Open,Promo\n1,5,2015-07-31,5263,555,1,1\n1,4,2015-07-30,5020,546,1,1\n",
      "--item-column none",
    ],
    ["dates and units alone", "date,units\n2026-01-01,4\n2026-01-02,4\n", "--item-column none"],
    ["whole amounts", "date;product;amount\n2026-01-01;A;19\n2026-01-02;B;5\n", "--units-column amount"],
  ])("of %s is asked about", async (_, text, flag) => {
    const { status, questions } = await reading(text);
    expect(status).toBe("ask");
    expect(questions.flatMap(({ choices }) => choices.map((choice) => choice.flag))).toContain(flag);
  });

  it.each([
    ["numbered days", "id,item_id,store_id,d_1,d_2,d_3,d_4\nA_1,A,CA_1,0,1,0,2\n", "number their periods"],
    ["numbered months", "item,M1,M2,M3,M4\nA,1,2,3,4\n", "number their periods"],
    ["counts of stock by day", "date,sku,stock\n2026-01-01,A,4\n2026-01-02,A,3\n", "counts stock on several dates"],
    [
      "money alone",
      "date;product;amount\n2026-01-01;A;19.99\n2026-01-02;B;5.00\n2026-01-03;B;7.50\n2026-01-03;B;7.50\n",
      "is money",
    ],
    ["one day twice", "item,2026-01-05,2026-01-05\nA,1,2\n", 'Two columns are "2026-01-05"'],
  ])("of %s is refused for what it is", async (_, text, problem) => {
    const found = await reading(text);
    expect(found.status).toBe("refused");
    expect(found.problem).toContain(problem);
  });

  it.each([
    [
      "a catalogue by the service's own names",
      "product_id,name,supplier_id,lead_time_days,pack_size,unit_cost,safety_stock_level\nA,Tea,leaf,7,6,1.5,10\n",
      "catalogue",
      0,
    ],
    [
      "triggers by the service's own names",
      "product_id,store_id,current_stock,safety_stock_level\nA,main,4,10\n",
      "stock",
      4,
    ],
    ["an inventory list", "Item number,Description,Qty on hand,Reorder level,Cost\nA,Tea,4,10,2.5\n", "catalogue", 4],
    [
      "a German price list with stock",
      "SKU;Bezeichnung;Einkaufspreis;Lieferant;Bestand\nA;Tee;1,50;Müller;5\nB;Reis;2,00;Müller;7\n",
      "catalogue",
      12,
    ],
  ])("is %s", async (_, text, kind, units) => {
    expect(await reading(text)).toMatchObject({ status: "read", kind, units });
  });

  it("of products leaves out a pack size of 0, which is none, and says so", async () => {
    const { reading: found, content } = await readOne("sku,supplier,pack size,cost\nA,Leaf,0,1.50\nB,Clay,6,-2\n");
    expect(content.catalogue).toEqual([
      { product_id: "A", supplier_id: "Leaf", unit_cost: 1.5 },
      { product_id: "B", supplier_id: "Clay", pack_size: 6 },
    ]);
    expect(found.warnings).toEqual([
      "1 row: its pack_size is no number above 0, so it was left out",
      "1 row: its unit_cost is no number from 0 on, so it was left out",
    ]);
  });
});
