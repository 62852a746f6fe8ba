/** Shopify's exports: headers as they are, contents made up, totals counted by hand. */
import { describe, expect, it } from "vitest";
import { exported, readOne, salesOf } from "../support.ts";

const SHOPIFY_ORDERS =
  "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts " +
  "Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created " +
  "at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires " +
  "shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing City,Billing " +
  "Zip,Billing Country,Shipping Name,Notes,Cancelled at,Payment Method,Payment Reference,Refunded " +
  "Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem " +
  "discount,Phone";
describe("Shopify", () => {
  const orders = exported(SHOPIFY_ORDERS, [
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
      exported(header, [
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
      exported(header, [
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
      exported(
        "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS " +
          "Code,COO,Ginza,Kobe",
        [{ Handle: "tea", Title: "Tea", SKU: "TEA", Ginza: 4, Kobe: "not stocked" }],
      ),
    );
    expect(content.stock).toEqual([{ product_id: "TEA", store_id: "Ginza", current_stock: 4 }]);
  });
});
