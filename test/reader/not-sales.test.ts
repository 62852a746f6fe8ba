/** Files that look like sales or products, and are others: they are asked about or refused, never loaded as such. */
import { describe, expect, it } from "vitest";
import { reading, readOne, salesOf } from "./support.ts";
import { serial, workbook } from "./workbook.ts";

const file = (...lines: string[]): string => `${lines.join("\n")}\n`;

describe("what the shop ordered, received, moved or lost", () => {
  it.each([
    [
      "purchase orders",
      '"Supplier" and "PO Number"',
      ["PO Number,Order Date,Expected Date,Supplier,SKU,Quantity", "PO1,2026-11-20,2026-12-04,Leaf,A,24"],
    ],
    [
      "purchase orders in German",
      '"Lieferant" and "Liefertermin"',
      ["Bestellnummer;Bestelldatum;Liefertermin;Lieferant;Artikelnummer;Menge", "B1;13.11.2026;04.12.2026;Leaf;A;24"],
    ],
    ["goods receipts", '"Wareneingang Nr"', ["Wareneingang Nr;Datum;Artikelnummer;Menge", "W1;13.11.2026;A;24"]],
    ["units that came", '"Qty received"', ["Date,SKU,Qty received", "2026-11-13,A,24"]],
    ["units that are to come", '"Offene Menge"', ["Datum;Artikelnummer;Offene Menge", "13.11.2026;A;24"]],
    ["transfers", '"From" and "To"', ["Date,From,To,SKU,Qty", "2026-11-13,Main,North,A,4"]],
    ["waste", '"Quantity wasted"', ["Date,Product,Quantity wasted", "2026-11-13,A,4"]],
    [
      "movements in words",
      '"Bewegung"',
      ["Datum;Artikelnummer;Bewegung;Menge", "13.11.2026;A;Abgang;2", "14.11.2026;A;Zugang;24"],
    ],
    ["corrections", '"Reason"', ["Date,SKU,Qty,Reason", "2026-11-13,A,4,Expired", "2026-11-14,B,2,Damaged"]],
    [
      "movements by code",
      '"BwA" says by a number what each row moved, such as "601"',
      [
        "|Material|Werk|BwA|Buch.dat.|Menge|BME|",
        "|100-100|1000|601|02.11.2026|1.200-|ST|",
        "|100-200|1000|101|13.11.2026|5.000,5|ST|",
      ],
    ],
  ])("is asked about: %s", async (_, why, lines) => {
    const { status, questions } = await reading(file(...lines));
    expect([status, questions.map(({ about }) => about)]).toEqual(["ask", ["row_kind"]]);
    expect(questions[0]!.text).toContain(why);
    expect((await reading(file(...lines), { kind: "sales" })).status).toBe("read");
  });

  it("is not taken from a word that few rows have", async () => {
    const text = file("Date,SKU,Qty,Note", "2026-11-13,A,20,", "2026-11-14,A,3,Out", "2026-11-15,A,1,");
    expect(await reading(text)).toMatchObject({ status: "read", units: 24 });
  });

  it.each([
    ["a supplier beside what was sold", "Date,Supplier,SKU,Items Sold", "2026-11-13,Leaf,A,24"],
    ["a shop's report by brand", "Product vendor,Product title,Day,Ordered quantity", "Leaf,A,2026-11-13,24"],
    ["orders of customers with a day of delivery", "Order,Customer,Supplier,Order Date,Delivery date,SKU,Qty", ""],
    ["a reason that few rows have", "Date,SKU,Qty,Reason,Till", "2026-11-13,A,24,,1"],
    ["a customer's own number of the order", "Invoice Date,PO Number,SKU,Qty", "2026-11-13,77,A,24"],
    ["a day's sheet", "Date,SKU,Opening stock,Goods received,Sold,Closing stock", "2026-11-13,A,30,5,24,11"],
    ["a day's sheet of a supplier", "Date,Supplier,SKU,Received,Units Sold", "2026-11-13,Leaf,A,5,24"],
    ["weeks", "Date,From,To,SKU,Units sold", "2026-11-02,2026-11-02,2026-11-08,A,24"],
    ["sales that wait for goods", "Date,SKU,Units sold incl. backorder", "2026-11-13,A,24"],
    ["what is in or out of stock", "Date,SKU,Qty,Availability", "2026-11-13,A,24,Out"],
    ["tickets, which are an entrada, too", "Fecha,Producto,Cantidad", "13/11/2026,Entrada,24"],
  ])("is not taken from %s", async (_, header, row) => {
    const line = row === "" ? "1,Ana,Leaf,2026-11-13,2026-11-15,A,24" : row;
    expect(await reading(file(header, line))).toMatchObject({ status: "read", units: 24 });
  });
});

it.each([
  "Quotation",
  "Quotation Sent",
  "Draft",
  "Angebot",
  "Devis",
  "Presupuesto",
  "Rejected",
  "Abgelehnt",
  "Expired",
])('an order whose status is "%s" sold nothing', async (status) => {
  const found = await readOne(
    file("Order,Order Date,SKU,Quantity,Status", "1,2026-11-13,A,2,Sales Order", `2,2026-11-14,A,5,${status}`),
  );
  expect(salesOf(found)).toEqual(["A 2026-11-13 2"]);
  expect(found.reading.left_out).toMatchObject({
    units: 5,
    reasons: [{ why: "an offer, a draft or an order that was refused" }],
  });
});

it.each(["Storniert / Abgelehnt", "Cancelled by customer", "Canceled - refunded", "Annulée par le client"])(
  'an order whose status is "%s" was cancelled',
  async (status) => {
    const rows = ["1,2026-11-13,A,2,Partially cancelled", `2,2026-11-14,A,5,${status}`];
    const found = await readOne(file("Order,Order Date,SKU,Quantity,Status", ...rows));
    expect(salesOf(found)).toEqual(["A 2026-11-13 2"]);
    expect(found.reading.left_out).toMatchObject({ units: 5, reasons: [{ why: "a cancelled order" }] });
  },
);

it.each(["Cancelled (partially)", "Storniert (teilweise)", "Annulée partiellement", "Anulado en parte"])(
  'an order whose status is "%s" has lines that were sold',
  async (status) => {
    const text = file("Order,Order Date,SKU,Quantity,Status", `1,2026-11-13,A,2,${status}`);
    expect(await reading(text)).toMatchObject({ status: "read", units: 2 });
  },
);

describe("names of columns under their periods", () => {
  it.each([
    ["money before units", "Umsatz;Menge;Umsatz;Menge"],
    ["a plan before what came true", "Plan;Ist;Plan;Ist"],
    ["stores", "Nord;Süd;Nord;Süd"],
  ])("are refused for what they are: %s", async (_, names) => {
    const text = file("Artikel;Sep 2026;;Okt 2026;", `;${names}`, "A;30;3;40;4", "B;10;1;20;2");
    const { status, problem } = await reading(text);
    expect(status).toBe("refused");
    expect(problem).toContain(`such as "Sep 2026 ${names.split(";")[0]}"`);
  });

  it("are refused where each period has one, and it is money", async () => {
    const { status, problem } = await reading(file("Artikel;Sep 2026;Okt 2026", ";Umsatz;Umsatz", "A;30;40", "B;1;2"));
    expect([status, problem]).toEqual([
      "refused",
      'Line 2 under "Sep 2026" to "Okt 2026" names the columns once more: "Umsatz". Write both names into one line, ' +
        'such as "Sep 2026 Umsatz".',
    ]);
  });

  it("are refused in merged cells of a workbook", async () => {
    const [september, october] = [{ month: serial("2026-09-01") }, { month: serial("2026-10-01") }];
    const rows = [
      ["Artikel", september, null, october, null],
      [null, "Umsatz", "Menge", "Umsatz", "Menge"],
      ["A", 30, 3, 40, 4],
      ["B", 10, 1, 20, 2],
    ];
    const { status, problem } = await reading(workbook([{ name: "S", merges: ["B1:C1", "D1:E1", "A1:A2"], rows }]));
    expect([status, problem]).toEqual(["refused", expect.stringContaining('such as "2026-09 Umsatz"')]);
  });

  it("say nothing new where all of them count units", async () => {
    const text = file("Artikel;Sep 2026;Okt 2026", ";Menge;Menge", "A;30;40", "B;10;20");
    expect(await reading(text)).toMatchObject({ status: "read", units: 100 });
  });

  it.each([";Mo;Di", ";Mon;Tue", ";KW 45;KW 46", ";W45;W46"])(
    "say nothing new where they are days: %s",
    async (line) => {
      const text = file("Artikel;02.11.2026;09.11.2026", line, "A;30;40", "B;10;20");
      expect(await reading(text)).toMatchObject({ status: "read", units: 100 });
    },
  );
});

describe("a table that begins again", () => {
  const parts = (title: string) =>
    file("Sales,,", "Date,Item,Qty", "2026-11-02,Tea,3", `${title},,`, "Date,Item,Qty", "2026-11-02,Tea,7");

  it("is asked about where another title stands above", async () => {
    const { status, questions } = await reading(parts("Branch: South"));
    expect([status, questions[0]?.about]).toEqual(["ask", "parts"]);
    expect(questions[0]!.text).toContain('on line 5, under "Branch: South"');
    expect(await reading(parts("Branch: South"), { kind: "sales" })).toMatchObject({ status: "read", units: 10 });
  });

  it.each(["Sales", "Page 2", "Seite 2", "2 / 9", "November 2026", "2026-11-02"])("goes on under %j", async (title) => {
    expect(await reading(parts(title))).toMatchObject({ status: "read", units: 10 });
  });
});

describe("a sheet of a stocktake", () => {
  it("has what was counted, and not what was expected", async () => {
    const text = file("Artikelnr;Bezeichnung;Sollbestand;Istbestand;Differenz", "A;Tee;10;9;-1", "B;Milch;5;5;0");
    expect((await readOne(text)).content.stock).toEqual([
      { product_id: "A", current_stock: 9 },
      { product_id: "B", current_stock: 5 },
    ]);
  });

  it("with a date is refused for what it is", async () => {
    const { status, problem } = await reading(file("Count date,SKU,Expected,Counted", "2026-11-28,A,10,9"));
    expect(status).toBe("refused");
    expect(problem).toContain('"Counted" counts stock on "2026-11-28"');
  });
});

describe("a list of suppliers", () => {
  it.each([
    ["Supplier;Supplier code;Lead time (days);Minimum order;Email", "Dairy Ltd;DAI;2;150;o@d.example"],
    ["Name,Phone,Lead time,Minimum order value", "Dairy Ltd,123,2,150"],
    ["Kreditor;Name 1;Ort;Planlieferzeit", "10001;Dairy;Berlin;5"],
  ])("is none of products: %s", async (header, row) => {
    const { status, problem } = await reading(file(header, row));
    expect(status).toBe("refused");
    expect(problem).toContain("PUT /suppliers/{supplier_id}");
  });

  it("is none where products are named", async () => {
    const { catalogue } = (await readOne("SKU,Name,Supplier,Email,Cost\nA,Tea,Leaf,l@leaf.example,2\n")).content;
    expect(catalogue).toEqual([{ product_id: "A", name: "Tea", supplier_id: "Leaf", unit_cost: 2 }]);
  });
});

describe("a lead time", () => {
  const days = async (header: string, cell: string) =>
    (await readOne(`SKU,Name,${header},Cost\nA,Tea,${cell},2.5\n`)).content.catalogue[0]?.["lead_time_days"];

  it.each([
    ["Lead time", "14", 14],
    ["Lead time (days)", "14", 14],
    ["Lead time (weeks)", "2", 14],
    ["Lieferzeit in Wochen", "2", 14],
    ["Lieferzeit (Tage)", "2", 2],
    ["Délai de livraison (jours)", "5", 5],
    ["lead_time_days", "5", 5],
    ["Lead time", "2 weeks", 14],
    ["Lead time (weeks)", "3 days", 3],
    ["Lieferzeit", "1.5 Wochen", 10.5],
  ])("%s %s is %d days", async (header, cell, expected) => {
    expect(await days(header, cell)).toBe(expected);
  });

  it("in another unit is left out, and said to be", async () => {
    const header = await readOne("SKU,Name,Lead time (working days),Cost\nA,Tea,5,2.5\n");
    expect(header.content.catalogue).toEqual([{ product_id: "A", name: "Tea", unit_cost: 2.5 }]);
    expect(header.reading.warnings.join()).toContain('"Lead time (working days)" is not read');
    const cell = await readOne("SKU,Name,Lead time,Cost\nA,Tea,2 months,2.5\n");
    expect(cell.content.catalogue).toEqual([{ product_id: "A", name: "Tea", unit_cost: 2.5 }]);
    expect(cell.reading.warnings.join()).toContain("its lead_time_days is no number of days or weeks");
  });
});
