/** Square's exports: headers as they are, contents made up, totals counted by hand. */
import { describe, expect, it } from "vitest";
import { exported, reading, readOne, salesOf } from "../support.ts";

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
      exported(header, [
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
    expect(await reading(exported(header, [line("10/09/2026", "Tea", "2.0", "Payment")]))).toMatchObject({
      status: "ask",
      system: "square",
    });
  });

  it("reads items with stock by location", async () => {
    const { reading: found, content } = await readOne(
      exported(
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
