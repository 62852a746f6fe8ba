/** The exports of shop systems: headers as they are, contents made up, totals counted by hand. */
import { describe, expect, it } from "vitest";
import { reading, readOne, salesOf } from "./support.ts";

const table = (header: string, rows: readonly Readonly<Record<string, string | number>>[]): string => {
  const names = header.split(",");
  const lines = rows.map((row) => names.map((name) => `"${String(row[name] ?? "").replaceAll('"', '""')}"`).join(","));
  return `${[header, ...lines].join("\n")}\n`;
};

const SHOPIFY_ORDERS =
  "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts " +
  "Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created " +
  "at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires " +
  "shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing City,Billing " +
  "Zip,Billing Country,Shipping Name,Notes,Cancelled at,Payment Method,Payment Reference,Refunded " +
  "Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem " +
  "discount,Phone";

describe("Shopify", () => {
  const orders = table(SHOPIFY_ORDERS, [
    {
      Name: "#1001",
      Email: "a@example.com",
      "Financial Status": "paid",
      "Created at": "2026-10-01 09:00:00 +0900",
      "Lineitem quantity": 2,
      "Lineitem name": "Tea - 100 g",
      "Lineitem sku": "TEA-100",
      "Lineitem price": "7.50",
      Total: "22.50",
      Location: "Ginza",
    },
    {
      Name: "#1001",
      "Created at": "2026-10-01 09:00:00 +0900",
      "Lineitem quantity": 1,
      "Lineitem name": "Cup",
      "Lineitem sku": "",
      "Lineitem price": "7.50",
    },
    {
      Name: "#1002",
      "Financial Status": "voided",
      "Created at": "2026-10-02 10:00:00 +0900",
      "Lineitem quantity": 5,
      "Lineitem name": "Tea - 100 g",
      "Lineitem sku": "TEA-100",
      Location: "Ginza",
    },
    {
      Name: "#1003",
      "Financial Status": "paid",
      "Created at": "2026-10-02 11:00:00 +0900",
      "Cancelled at": "2026-10-02 12:00:00 +0900",
      "Lineitem quantity": 3,
      "Lineitem name": "Tea - 100 g",
      "Lineitem sku": "TEA-100",
      Location: "Kobe",
    },
    { Name: "#1003", "Created at": "2026-10-02 11:00:00 +0900", "Lineitem quantity": 4, "Lineitem name": "Cup" },
    {
      Name: "#1004",
      "Financial Status": "refunded",
      "Created at": "2026-10-03 11:00:00 +0900",
      "Lineitem quantity": 6,
      "Lineitem name": "Tea - 100 g",
      "Lineitem sku": "TEA-100",
      "Refunded Amount": "45.00",
      Location: "Kobe",
    },
  ]);

  it("reads orders of several lines at several locations, without cancelled ones", async () => {
    const found = await readOne(orders);
    expect(found.reading).toMatchObject({
      kind: "orders",
      system: "shopify",
      status: "read",
      period: "day",
      units: 9,
      rows: 3,
      stores: 2,
      left_out: { rows: 3, units: 12 },
    });
    expect(salesOf(found)).toEqual([
      "Ginza/Cup 2026-10-01 1",
      "Ginza/TEA-100 2026-10-01 2",
      "Kobe/TEA-100 2026-10-03 6",
    ]);
    expect(found.reading.warnings.join()).toContain("1 order was refunded");
  });

  it("lets nothing of a customer leave the file", async () => {
    const { content } = await readOne(orders);
    expect(JSON.stringify(content)).not.toContain("example.com");
  });

  it("reads products with their variants, costs, bar codes and stock", async () => {
    const header =
      "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 " +
      "Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant " +
      "Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires " +
      "Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Gift Card,Variant Image,Variant " +
      "Weight Unit,Cost per item,Status";
    const { reading: found, content } = await readOne(
      table(header, [
        {
          Handle: "tea",
          Title: "Tea",
          "Option1 Name": "Size",
          "Option1 Value": "100 g",
          "Variant SKU": "TEA-100",
          "Variant Inventory Qty": 12,
          "Variant Price": "7.50",
          "Cost per item": "3.10",
          "Variant Barcode": "4006381333931",
        },
        {
          Handle: "tea",
          "Option1 Value": "250 g",
          "Variant SKU": "",
          "Variant Inventory Qty": 5,
          "Variant Price": "15.00",
          "Cost per item": "6.00",
          "Variant Barcode": "4.00638E+12",
        },
        { Handle: "tea", "Image Src": "https://example.com/1.png", "Image Position": 2 },
        {
          Handle: "cup",
          Title: "Cup",
          "Option1 Name": "Title",
          "Option1 Value": "Default Title",
          "Variant SKU": "CUP",
          "Variant Inventory Qty": 0,
          "Variant Price": "4.00",
        },
      ]),
    );
    expect(found).toMatchObject({ kind: "catalogue", system: "shopify", items: 3, units: 17, left_out: { rows: 1 } });
    expect(content.catalogue).toEqual([
      { product_id: "TEA-100", name: "Tea - 100 g", gtin: "4006381333931", price: 7.5, unit_cost: 3.1 },
      { product_id: "Tea - 250 g", name: "Tea - 250 g", price: 15, unit_cost: 6 },
      { product_id: "CUP", name: "Cup", price: 4 },
    ]);
    expect(content.stock.map((row) => row["current_stock"])).toEqual([12, 5, 0]);
  });

  it("reads stock by location, and leaves out what a location does not keep", async () => {
    const header =
      "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS " +
      "Code,COO,Location,Bin name,Incoming (not editable),Unavailable (not editable),Committed (not " +
      "editable),Available (not editable),On hand (current),On hand (new)";
    const { reading: found, content } = await readOne(
      table(header, [
        {
          Handle: "tea",
          Title: "Tea",
          SKU: "TEA",
          Location: "Ginza",
          "Committed (not editable)": 2,
          "Available (not editable)": 8,
          "On hand (current)": 10,
        },
        {
          Handle: "tea",
          Title: "Tea",
          SKU: "TEA",
          Location: "Kobe",
          "Committed (not editable)": 0,
          "Available (not editable)": "not stocked",
          "On hand (current)": "not stocked",
        },
      ]),
    );
    expect(found).toMatchObject({ kind: "stock", system: "shopify", units: 10, warnings: [] });
    expect(content.stock).toEqual([{ product_id: "TEA", store_id: "Ginza", current_stock: 10, reserved: 2 }]);
  });

  it("reads the older form with a column a location", async () => {
    const { content } = await readOne(
      table(
        "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS " +
          "Code,COO,Ginza,Kobe",
        [{ Handle: "tea", Title: "Tea", SKU: "TEA", Ginza: 4, Kobe: "not stocked" }],
      ),
    );
    expect(content.stock).toEqual([{ product_id: "TEA", store_id: "Ginza", current_stock: 4 }]);
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
      table(header, [
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
      table(
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
      table(
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

describe("Square", () => {
  const header =
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net " +
    "Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer " +
    "ID,Customer Name,Customer Reference ID,Unit,Count,Itemization Type,Commission,Employee,Fulfillment " +
    "Note,Channel,Token";
  const line = (date: string, item: string, units: string, event: string, more = {}) => ({
    Date: date,
    Time: "10:00:00",
    Item: item,
    Qty: units,
    "Gross Sales": "$7.00",
    "Event Type": event,
    Location: "Main St",
    "Customer Name": "Ana",
    ...more,
  });

  it("reads item sales; refunds are returns on their own day", async () => {
    const found = await readOne(
      table(header, [
        line("10/14/2026", "Tea", "2.0", "Payment", { "Price Point Name": "Large" }),
        line("10/15/2026", "Tea", "-1.0", "Refund", { "Price Point Name": "Large" }),
        line("10/15/2026", "Cup", "1.0", "Payment", { SKU: "CUP", "Price Point Name": "Regular" }),
      ]),
    );
    expect(found.reading).toMatchObject({ kind: "sales", system: "square", status: "read", units: 2, stores: 1 });
    expect(salesOf(found)).toEqual([
      "Main St/CUP 2026-10-15 1",
      "Main St/Tea - Large 2026-10-14 2",
      "Main St/Tea - Large 2026-10-15 -1",
    ]);
  });

  it.each([
    ["Article,Qté,SKU,Type d'événement", "Paiement", "Remboursement"],
    ["Artículo,Cantidad,SKU,Tipo de evento", "Pago", "Reembolso"],
    ["商品,数量,SKU,イベントの種類", "支払い", "払い戻し"],
  ])("reads a till's rows in another language: %s", async (columns, paid, refunded) => {
    const text = `Date,${columns}\n2026-11-27,Latte,2,LAT,${paid}\n2026-11-28,Latte,1,LAT,${refunded}\n`;
    const found = await readOne(text);
    expect(found.reading).toMatchObject({ kind: "sales", status: "read", units: 1 });
    expect(salesOf(found)).toEqual(["LAT 2026-11-27 2", "LAT 2026-11-28 -1"]);
  });

  it("names the word that decided as the file has it", async () => {
    const { columns } = await reading("商品コード,日付,数量\nA,2026-11-01,3\n");
    expect(columns[0]?.why).toContain("商品コード");
  });

  it("asks about a file of refunds alone, and reads it as the export that it is", async () => {
    const refunds = "Date,Item,Qty,Price Point Name,SKU,Gross Sales\n2026-11-14,Tea,-1,Regular,TEA,($4.00)\n";
    expect(await reading(refunds)).toMatchObject({ status: "ask", system: "square" });
    expect(await reading(refunds, { kind: "sales" })).toMatchObject({ status: "read", system: "square", units: -1 });
  });

  it("asks which day comes first where no date shows it", async () => {
    expect(await reading(table(header, [line("10/09/2026", "Tea", "2.0", "Payment")]))).toMatchObject({
      status: "ask",
      system: "square",
    });
  });

  it("reads items with stock by location", async () => {
    const { reading: found, content } = await readOne(
      table(
        "Token,Item Name,Variation Name,SKU,Description,Category,Reporting Category,GTIN,Price,Default Unit " +
          "Cost,Default Vendor Name,Default Vendor Code,Current Quantity Main St,New Quantity Main St,Stock " +
          "Alert Enabled Main St,Stock Alert Count Main St",
        [
          {
            Token: "X",
            "Item Name": "Tea",
            "Variation Name": "Large",
            SKU: "TEA-L",
            Price: "7.00",
            "Default Unit Cost": "3.00",
            "Default Vendor Name": "Leaf Co",
            "Current Quantity Main St": 9,
          },
          {
            Token: "Y",
            "Item Name": "Cup",
            "Variation Name": "Regular",
            SKU: "",
            Price: "4.00",
            "Current Quantity Main St": "",
          },
        ],
      ),
    );
    expect(found).toMatchObject({ kind: "catalogue", system: "square", items: 2, stores: 1, units: 9 });
    expect(content.catalogue[0]).toEqual({
      product_id: "TEA-L",
      name: "Tea - Large",
      price: 7,
      unit_cost: 3,
      supplier_id: "Leaf Co",
    });
    expect(content.stock).toEqual([{ product_id: "TEA-L", store_id: "Main St", current_stock: 9 }]);
  });
});
