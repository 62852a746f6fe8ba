import { describe, expect, it } from "vitest";
import { reading, readOne, salesOf } from "./support.ts";

const file = (...lines: string[]): string => `${lines.join("\n")}\n`;

describe("lines that sell no goods", () => {
  it("are left out of Square's item sales", async () => {
    const found = await readOne(
      file(
        "Date,Category,Item,Qty,Price Point Name,SKU,Gross Sales,Transaction ID,Event Type,Location",
        "11/24/26,Uncategorized,Custom Amount,1.0,,,$5.00,T1,Payment,Main",
        "11/24/26,Drinks,Latte,2.0,Small,LAT-S,$8.00,T1,Payment,Main",
      ),
    );
    expect(salesOf(found)).toEqual(["Main/LAT-S 2026-11-24 2"]);
    expect(found.reading.left_out).toMatchObject({
      units: 1,
      reasons: [{ line: 2, why: '"Custom Amount" is no goods' }],
    });
  });

  it("are left out of Shopify's orders, and goods with a code of that name are not", async () => {
    const found = await readOne(
      file(
        "Name,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem sku,Cancelled at,Location",
        "#1,paid,2026-11-01 10:00:00 +0100,2,Tea,TEA,,",
        "#1,,2026-11-01 10:00:00 +0100,1,Gift Card - €50.00,,,",
        "#1,,2026-11-01 10:00:00 +0100,1,Tip,,,",
        "#2,paid,2026-11-01 10:00:00 +0100,3,Tip,TIP,,",
      ),
    );
    expect(salesOf(found)).toEqual(["TEA 2026-11-01 2", "TIP 2026-11-01 3"]);
    expect(found.reading.left_out.units).toBe(2);
  });

  it("are left out where an invoice's line is of an account", async () => {
    const found = await readOne(
      file(
        "Buchungsdatum;Belegnr.;Art;Nr.;Beschreibung;Menge;Betrag",
        "01.11.2026;VR1;Artikel;1896-S;Schreibtisch;2;2.001,60",
        "02.11.2026;VR2;Sachkonto;8400;Versand;1;5,00",
        "13.11.2026;VR3;Artikel;1896-S;Schreibtisch;6;1.156,80",
      ),
    );
    expect(salesOf(found)).toEqual(["1896-S 2026-11-01 2", "1896-S 2026-11-13 6"]);
  });
});

describe("kinds of rows in several words", () => {
  it("take a credit note of Xero's off", async () => {
    const found = await readOne(
      file(
        "InvoiceNumber,InvoiceDate,InventoryItemCode,Description,Quantity,LineAmount,Type,Status",
        "INV-1,13/11/2026,TEA,Tea,2,20,Sales invoice,Paid",
        "CN-1,14/11/2026,TEA,Tea,1,10,Sales credit note,Paid",
      ),
    );
    expect(salesOf(found)).toEqual(["TEA 2026-11-13 2", "TEA 2026-11-14 -1"]);
  });

  it("know the lines of a sale, and leave movements out", async () => {
    const found = await readOne(
      file(
        "Date,Type,SKU,Quantity",
        "2026-11-01,Sale Line,A,2",
        "2026-11-02,Sales Return,A,1",
        "2026-11-03,Transfer Shipment,A,4",
        "2026-11-03,Purchase Credit Memo,A,4",
        "2026-11-03,Negative Adjmt.,A,1",
      ),
    );
    expect(found.reading).toMatchObject({ status: "read", left_out: { rows: 3, units: 9 } });
    expect(salesOf(found)).toEqual(["A 2026-11-01 2", "A 2026-11-02 -1"]);
  });

  it.each([
    ["a customer's purchases beside returns", ["Purchase", "Return"], '"Type" also says "Purchase"'],
    ["sales that were undone", ["Sale", "Cancelled sale"], '"Type" also says "Cancelled sale"'],
    ["no sale, in German", ["Verkauf", "Kein Verkauf"], '"Type" also says "Kein Verkauf"'],
    ["returns of a longer name", ["Sale", "No receipt return"], '"Type" also says "No receipt return"'],
  ])("ask about %s", async (_, kinds, asked) => {
    const rows = kinds.map((kind, at) => `2026-11-0${at + 1},${kind},A,2`);
    const { status, questions } = await reading(file("Date,Type,SKU,Quantity", ...rows));
    expect([status, questions[0]?.about]).toEqual(["ask", "row_kind"]);
    expect(questions[0]?.text).toContain(asked);
  });

  it("leave out what the shop bought and used, beside its sales", async () => {
    const kinds = ["Sale", "Purchase", "Output", "Consumption", "No sale"];
    const rows = kinds.map((kind, at) => `2026-11-0${at + 1},${kind},A,2`);
    expect(await reading(file("Date,Entry Type,SKU,Quantity", ...rows))).toMatchObject({
      status: "read",
      units: 2,
      left_out: { rows: 4 },
    });
  });

  it("know a sale to somebody who is no member", async () => {
    const rows = ["Sale", "Non-member sale"].map((kind, at) => `2026-11-0${at + 1},${kind},A,2`);
    expect(await reading(file("Date,Type,SKU,Quantity", ...rows))).toMatchObject({ status: "read", units: 4 });
  });

  it("do not take a credit card for a return", async () => {
    const text = file("Date,Payment,SKU,Quantity", "2026-11-01,Sale,A,2", "2026-11-02,Credit card,A,1");
    expect(await reading(text, { kind: "sales" })).toMatchObject({ units: 3 });
  });

  it("count a line of an order that was paid back as sold, and say so", async () => {
    const found = await reading(
      file(
        "Order ID,Order Date,Item Name,Per Unit Quantity,SKU,Order Payment State",
        "A1,01-Nov-2026 10:22 AM EST,Tea,1,TEA,Paid",
        "A2,02-Nov-2026 10:22 AM EST,Rice,2,RICE,Refunded",
      ),
    );
    expect(found).toMatchObject({ status: "read", units: 3 });
    expect(found.warnings.join()).toContain("1 order was refunded (2 units in them)");
  });
});

it("Square's payments are refused, and the export that counts goods is named", async () => {
  const payments = file(
    "Date,Time,Gross Sales,Tip,Total Collected,Source,PAN Suffix,Transaction ID,Description,Event Type,Location",
    '11/24/26,18:01:02,$8.00,$1.00,$9.00,Register,1111,T1,"2 x Latte (Small), Muffin",Payment,Main',
  );
  const { status, problem } = await reading(payments);
  expect(status).toBe("refused");
  expect(problem).toContain('Export "Items detail" of the same days instead');
  const named = await reading(payments, { itemColumn: "Source", unitsColumn: "PAN Suffix" });
  expect(named).toMatchObject({ status: "read", units: 1_111 });
});

describe("orders of a shop", () => {
  it.each([
    [
      "German",
      "Bestellnummer;Bestelldatum;Bestellstatus;SKU;Artikelname;Menge",
      ["Abgeschlossen", "Storniert", "Fehlgeschlagen", "Zahlung ausstehend", "Rückerstattet"],
    ],
    [
      "French",
      "Numéro de commande;Date de commande;État de la commande;UGS;Nom de l'article;Quantité",
      ["Terminée", "Annulée", "Échouée", "En attente de paiement", "Remboursée"],
    ],
    [
      "Spanish",
      "Número de pedido;Fecha de pedido;Estado del pedido;SKU;Nombre del producto;Cantidad",
      ["Completado", "Cancelado", "Fallido", "Pendiente de pago", "Reembolsado"],
    ],
  ])("leave out what was not paid, by their words in %s", async (_, header, statuses) => {
    const found = await reading(
      file(header, ...statuses.map((status, at) => `${at};2026-11-0${at + 1} 10:00;${status};TEA;Tea;1`)),
    );
    expect(found).toMatchObject({ status: "read", units: 2, left_out: { rows: 3, units: 3 } });
    expect(found.warnings.join()).toContain("1 order was refunded");
  });

  it.each([
    ["Order ID,Order date,SKU,Quantity,Payment status", "Paid", "Unpaid", 1],
    ["Invoice number,Invoice date,SKU,Quantity,Status", "Paid", "Unpaid", 3],
    ["Rechnungsnummer;Rechnungsdatum;Artikelnummer;Menge;Status", "bezahlt", "unbezahlt", 3],
    ["Factuurnummer;Factuurdatum;Artikelnummer;Aantal;Status", "Paid", "Unpaid", 3],
    ["Número da fatura;Data da fatura;SKU;Quantidade;Status", "Paid", "Unpaid", 3],
    ["Manufacturer order no,Order date,SKU,Quantity,Status", "Paid", "Unpaid", 1],
    ["Manufaktur Order,Order date,SKU,Quantity,Status", "Paid", "Unpaid", 1],
    ["Order no,Date of manufacture,SKU,Quantity,Status", "Paid", "Unpaid", 1],
  ])("that are not paid wait, and goods of an invoice are sold: %s", async (header, paid, unpaid, units) => {
    const mark = header.includes(";") ? ";" : ",";
    const rows = [
      ["1", "2026-11-01", "TEA", "1", paid],
      ["2", "2026-11-02", "TEA", "2", unpaid],
    ];
    expect(await reading(file(header, ...rows.map((row) => row.join(mark))))).toMatchObject({ status: "read", units });
  });

  it("without a code of the shop's own are asked about, with the supplier's among the choices", async () => {
    const { status, questions } = await reading(file("Date,Supplier SKU,Qty", "2026-11-01,X1,2", "2026-11-02,X2,1"));
    expect([status, questions[0]?.choices[0]?.flag]).toEqual(["ask", '--item-column "Supplier SKU"']);
  });

  it("are of the day of purchase, and name a product without a code by its name", async () => {
    const found = await readOne(
      file(
        "purchase-date\tlast-updated-date\torder-status\tproduct-name\tsku\tquantity",
        "2026-11-01T23:10:00+00:00\t2026-11-02T00:00:00+00:00\tShipped\tTea\tTEA\t2",
        "2026-11-02T10:10:00+00:00\t2026-11-03T00:00:00+00:00\tShipped\tRice\t\t1",
      ),
    );
    expect(salesOf(found)).toEqual(["Rice 2026-11-02 1", "TEA 2026-11-01 2"]);
    expect(found.reading.warnings.join()).toContain("is a time in UTC");
  });
});

it("an export of Odoo has the day of its order under the order's name", async () => {
  const found = await readOne(
    file(
      '"Order Ref","Order Ref/Date","Product","Quantity","Subtotal"',
      '"Shop/0001","2026-11-13 09:12:33","[E-COM11] Cabinet","2.00","500.00"',
      '"Shop/0002","2026-11-14 09:12:33","[E-COM12] Box","-1.00","-5.00"',
    ),
  );
  expect(salesOf(found)).toEqual(["[E-COM11] Cabinet 2026-11-13 2", "[E-COM12] Box 2026-11-14 -1"]);
});

describe("stock in lists of business programs", () => {
  const stockOf = async (text: string): Promise<readonly unknown[]> => (await readOne(text)).content.stock;

  it("is what is there, not what will be available", async () => {
    expect(
      await stockOf(
        file(
          "#,Item No.,Item Description,Whse,In Stock,Committed,Ordered,Available",
          "1,A1,Printer,01,12,2,5,15",
          "2,A1,Printer,02,3,0,0,3",
        ),
      ),
    ).toEqual([
      { product_id: "A1", store_id: "01", current_stock: 12, reserved: 2, on_order: 5 },
      { product_id: "A1", store_id: "02", current_stock: 3 },
    ]);
  });

  it("is not made less by reserved units a second time", async () => {
    expect(await stockOf("sku,physical,reserved,available\nA,10,2,8\n")).toEqual([
      { product_id: "A", current_stock: 8 },
    ]);
  });

  it("is no account", async () => {
    const { status, content } = await readOne(
      "*ItemCode,ItemName,InventoryAssetAccount,Quantity\nTEA,Tea,630,12\n",
    ).then((result) => ({ status: result.reading.status, content: result.content }));
    expect([status, content.stock]).toEqual(["ask", []]);
  });

  it("belongs to the shop's number, not to the supplier's", async () => {
    const { catalogue } = (
      await readOne(
        "No.,Description,Inventory,Unit Cost,Vendor No.,Vendor Item No.\n1896-S,ATHENS Desk,4,780.70,10000,X1\n",
      )
    ).content;
    expect(catalogue).toEqual([{ product_id: "1896-S", name: "ATHENS Desk", unit_cost: 780.7 }]);
  });

  it("in packs is asked about", async () => {
    const text = "SKU,Stock (cases),Units per case\nA,3,12\n";
    expect((await reading(text)).questions[0]).toMatchObject({ choices: [{ flag: "--kind stock" }] });
    expect(await reading(text, { kind: "stock" })).toMatchObject({ status: "read", units: 3 });
  });

  it.each([
    ["sku,stock\nA,3 kg\nB,10\n", '"stock" should hold numbers of units, and holds "3 kg"'],
    ["Name,SKU,Sold,Net Sales\nTea,TEA,10,$90.00\n", '"Sold" counts what was sold, and no column says when'],
    [",,November 2026,,December 2026\nProduct,Quantity,Untaxed,Quantity,Untaxed\n[TEA] Tea,4,40,6,60\n", '"Quantity"'],
  ])("is refused for what it is: %j", async (text, why) => {
    const { status, problem } = await reading(text);
    expect(status).toBe("refused");
    expect(problem).toContain(why);
  });
});
