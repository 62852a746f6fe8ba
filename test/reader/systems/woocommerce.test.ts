/** WooCommerce's exports: headers as they are, contents made up, totals counted by hand. */
import { describe, expect, it } from "vitest";
import { exported, readOne, salesOf } from "../support.ts";

describe("WooCommerce", () => {
  const header =
    "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Email " +
    "(Billing),Payment Method Title,Cart Discount Amount,Order Subtotal Amount,Order Refund Amount,Order Total " +
    "Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost,Coupon Code,Discount Amount";

  it("reads orders a line an item, without those that were cancelled, failed or never paid", async () => {
    const line = (number: number, status: string, sku: string, units: number) => ({
      "Order Number": number,
      "Order Status": status,
      "Order Date": "2026-10-05 12:00",
      SKU: sku,
      "Item #": 1,
      "Item Name": "Cap",
      "Quantity (- Refund)": units,
      "Item Cost": "9.90",
    });
    const found = await readOne(
      exported(header, [
        line(1, "Completed", "CAP", 2),
        line(2, "Processing", "CAP", 1),
        line(3, "Cancelled", "CAP", 4),
        line(4, "Failed", "CAP", 8),
        line(5, "Pending payment", "CAP", 16),
        line(6, "On hold", "", 32),
      ]),
    );
    expect(found.reading).toMatchObject({
      kind: "orders",
      system: "woocommerce",
      units: 35,
      left_out: { rows: 3, units: 28 },
    });
    expect(salesOf(found)).toEqual(["CAP 2026-10-05 3", "Cap 2026-10-05 32"]);
  });

  it("reads an analytics export whose cells hold several products", async () => {
    const found = await readOne(
      exported(
        "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales",
        [
          {
            Date: "2026-10-05 12:00:00",
            "Order #": 7,
            Status: "completed",
            Customer: "Ana",
            "Product(s)": "2× Cap, 1× Scarf, red",
            "Items sold": 3,
            "Net Sales": "24",
          },
          {
            Date: "2026-10-06 12:00:00",
            "Order #": 8,
            Status: "cancelled",
            Customer: "Bob",
            "Product(s)": "5× Cap",
            "Items sold": 5,
            "Net Sales": "50",
          },
        ],
      ),
    );
    expect(found.reading).toMatchObject({ system: "woocommerce", units: 3, left_out: { units: 5 } });
    expect(salesOf(found)).toEqual(["Cap 2026-10-05 2", "Scarf, red 2026-10-05 1"]);
  });

  it("reads products; the heading of variants is none", async () => {
    const { reading: found, content } = await readOne(
      exported(
        "ID,Type,SKU,Name,Published,Is featured?,Visibility in catalog,Short description,Description,Date sale " +
          "price starts,Date sale price ends,Tax status,Tax class,In stock?,Stock,Low stock amount,Backorders " +
          "allowed?,Sold individually?,Weight (kg),Sale price,Regular price,Categories,Tags,Shipping " +
          "class,Images,Parent,Position",
        [
          { ID: 1, Type: "variable", SKU: "CAP", Name: "Cap", Stock: "" },
          {
            ID: 2,
            Type: "variation",
            SKU: "CAP-R",
            Name: "Cap - red",
            Stock: 7,
            "Low stock amount": 3,
            "Regular price": "9.9",
            Parent: "CAP",
          },
          { ID: 3, Type: "simple", SKU: "SCARF", Name: "Scarf", Stock: 2, "Regular price": "19" },
        ],
      ),
    );
    expect(found).toMatchObject({
      kind: "catalogue",
      system: "woocommerce",
      items: 2,
      units: 9,
      left_out: { rows: 1 },
    });
    expect(content.catalogue[0]).toEqual({ product_id: "CAP-R", name: "Cap - red", price: 9.9, safety_stock_level: 3 });
  });
});

describe("WooCommerce in other languages", () => {
  it.each([
    [
      "German",
      "ID,Typ,Artikelnummer,GTIN\\, UPC\\, EAN oder ISBN,Name,Vorrätig?,Lager,Geringe Lagermenge,Angebotspreis," +
        "Regulärer Preis",
    ],
    [
      "French",
      "ID,Type,UGS,GTIN\\, UPC\\, EAN ou ISBN,Nom,En stock ?,Stock,Montant de stock faible,Tarif promo,Tarif régulier",
    ],
    [
      "Spanish",
      "ID,Tipo,SKU,GTIN\\, UPC\\, EAN o ISBN,Nombre,¿Existencias?,Inventario,Cantidad de bajo inventario," +
        "Precio rebajado,Precio normal",
    ],
    [
      "Dutch",
      "ID,Type,SKU,GTIN\\, UPC\\, EAN of ISBN,Naam,Op voorraad?,Voorraad,Lage voorraad,Actieprijs,Reguliere prijs",
    ],
  ])("reads the products of a %s shop", async (_, list) => {
    const header = list
      .split(/(?<!\\),/u)
      .map((name) => `"${name.replaceAll("\\", "")}"`)
      .join(",");
    const rows = [
      '44,simple,TEA-100,4006381333931,Tea,1,25,5,"11,90","12,90"',
      "45,variable,TEA-V,,Tea,1,,,,",
      '46,"variation, virtual",TEA-V-1,,Tea – 250 g,1,12,3,,"9,90"',
    ];
    const { reading: found, content } = await readOne(`${header}\n${rows.join("\n")}\n`);
    expect(found).toMatchObject({ status: "read", kind: "catalogue", system: "woocommerce", items: 2, units: 37 });
    expect(content.catalogue).toEqual([
      { product_id: "TEA-100", name: "Tea", gtin: "4006381333931", price: 12.9, safety_stock_level: 5 },
      { product_id: "TEA-V-1", name: "Tea – 250 g", price: 9.9, safety_stock_level: 3 },
    ]);
    expect(content.stock.map(({ current_stock }) => current_stock)).toEqual([25, 12]);
  });

  it("reads the products in one cell of an order by what is in it", async () => {
    const found = await readOne(
      'Datum,"Bestellung #",Status,Kunde,"Produkt(e)","Verkaufte Artikel","N. Umsatz"\n' +
        '"2026-11-02 10:15:22",4001,completed,Ann,"2× Tea, 1× Cup",3,25.8\n' +
        '"2026-11-03 10:15:22",4002,cancelled,Bob,"1× Tea",1,12.9\n',
    );
    expect(found.reading).toMatchObject({ kind: "orders", system: "woocommerce", units: 3 });
    expect(salesOf(found)).toEqual(["Cup 2026-11-02 1", "Tea 2026-11-02 2"]);
    expect(JSON.stringify(found.content)).not.toContain("Ann");
  });
});
