/** Lists of products: their settings, their stock, or both. */
import { isOtherLeadTime, leadTimeUnit } from "../goods/lead-time.ts";
import { hasPhrase, phrases, plainText } from "../text/words.ts";
import { type Choice, type Head, type Roles } from "./head.ts";
import { chooseGoodsItem, chooseStore } from "./choose-item.ts";
import { chooseStock, isWithoutReserved } from "./choose-stock.ts";
import type { GoodsField, GoodsLayout } from "./layout.ts";
import type { Named } from "./named-columns.ts";

type Known = readonly [name: string, as: GoodsField["as"], words: readonly string[]];

/** The service's own names come first: a file that uses them means exactly these. */
const OWN: readonly (readonly [string, GoodsField["as"]])[] = [
  ["name", "text"],
  ["supplier_id", "text"],
  ["supplier_sku", "text"],
  ["gtin", "gtin"],
  ["order_unit_name", "text"],
  ["order_unit_units", "number"],
  ["safety_stock_level", "number"],
  ["price", "money"],
  ["unit_cost", "money"],
  ["fixed_order_cost", "money"],
  ["holding_cost", "money"],
  ["shortage_cost", "money"],
  ["lead_time_days", "days"],
  ["review_period_days", "number"],
  ["service_level", "number"],
  ["min_order_quantity", "number"],
  ["pack_size", "number"],
  ["max_stock", "number"],
  ["shelf_life_days", "number"],
  ["phase_out_on", "text"],
  ["unmet", "text"],
  ["replaces", "text"],
  ["like_product_id", "text"],
  ["like_factor", "number"],
];
const KNOWN: readonly Known[] = [
  [
    "gtin",
    "gtin",
    phrases(
      "gtin,ean,ean13,ean code,upc,isbn,barcode,bar code,jan,jan code,variant barcode,EAN Code,GTIN UPC EAN or " +
        "ISBN,Strichcode,code barres,código de barras,codice a barre,streepjescode,штрихкод,JANコード,バーコード,条码",
    ),
  ],
  [
    "supplier_sku",
    "text",
    phrases(
      "supplier sku,supplier code,vendor sku,vendor code,supplier article,supplier item number,default vendor " +
        "code,Lieferanten Artikelnummer,Lieferantenartikelnummer,référence fournisseur",
    ),
  ],
  [
    "supplier_id",
    "text",
    phrases(
      "supplier,supplier name,default vendor " +
        "name,Lieferant,fournisseur,proveedor,fornitore,fornecedor,leverancier,dostawca,dodavatel,leverantör," +
        "leverandør,tedarikçi,поставщик,仕入先,供应商,공급업체",
    ),
  ],
  [
    "unit_cost",
    "money",
    phrases(
      "cost,unit cost,default cost,supply price,standard price,cost per item,cost price,purchase price," +
        "buying price,default " +
        "unit cost,wholesale price,landed cost,Einkaufspreis,EK,EK Preis,EK netto,Einstandspreis,prix d achat," +
        "prix d achat HT,coût,precio coste,precio de " +
        "compra,coste,costo,prezzo di acquisto,preço de custo,custo,inkoopprijs,cena zakupu,nákupní " +
        "cena,inköpspris,innkjøpspris,alış fiyatı,закупочная цена,себестоимость,原価,仕入単価,仕入価格,进价,성본,원가",
    ),
  ],
  [
    "price",
    "money",
    phrases(
      "price,variant price,sales price,regular price,retail price,selling price,sale price,list price,unit " +
        "price,rrp,Verkaufspreis,VK,VK Preis,Preis,prix de vente,prix,precio,precio de venta,PVP,prezzo,prezzo " +
        "di vendita,preço,preço de venda,verkoopprijs,cena,cena sprzedaży,pris,försäljningspris,fiyat,satış " +
        "fiyatı,цена,価格,売価,販売価格,单价,售价,가격,판매가",
    ),
  ],
  [
    "pack_size",
    "number",
    phrases(
      "pack size,pack,case size,case pack,units per case,units per pack,carton size,box " +
        "quantity,Packungsgröße,VPE,Verpackungseinheit,Gebinde,colisage,conditionnement,unidades por " +
        "caja,confezione,embalagem,verpakkingseenheid,opakowanie,入数,箱规,입수",
    ),
  ],
  [
    "min_order_quantity",
    "number",
    phrases(
      "minimum order quantity,min order quantity,min order qty,moq,minimum order,Mindestbestellmenge,quantité " +
        "minimale,pedido mínimo,quantità minima,minimale bestelhoeveelheid,最小発注数,起订量",
    ),
  ],
  [
    "safety_stock_level",
    "number",
    phrases(
      "safety stock,reorder point,reorder level,min stock,minimum stock,low stock amount,stock alert count,par " +
        "level,Mindestbestand,Meldebestand,Sicherheitsbestand,stock de sécurité,stock minimum,stock mini,seuil d " +
        "alerte,stock mínimo,stock de seguridad,scorta minima,estoque mínimo,minimumvoorraad,stan " +
        "minimalny,安全在庫,発注点,安全库存,안전재고",
    ),
  ],
  [
    "max_stock",
    "number",
    phrases(
      "max stock,maximum stock,Höchstbestand,Maximalbestand,stock maximum,stock máximo,scorta massima,estoque " +
        "máximo,最大在庫",
    ),
  ],
];
const STOCK_FIELDS: readonly Known[] = [
  ["reserved", "number", phrases("reserved,committed,allocated,committed not editable,reserviert,réservé,reservado")],
  [
    "on_order",
    "number",
    phrases("on order,incoming,incoming not editable,ordered,bestellt,en commande,en pedido,in ordine"),
  ],
];

/** A value of null without question or problem: this is not a list of products. */
export function chooseGoods(head: Head, roles: Roles, named: Named): Choice<GoodsLayout> {
  const store = named.store ?? chooseStore(head, roles);
  roles.give(store, "store", "names a store");
  const stocks = chooseStock(head, roles, named, (column) => isSetting(head, column));
  if (stocks.question !== undefined) return { value: null, question: stocks.question };
  const stock = stocks.value?.column ?? null;
  const storeStocks = stocks.value?.storeStocks ?? [];
  const hasSettings = head.headers.some(
    (header, column) => fieldOf(header, stock !== null) !== null && head.facts[column]!.filled > 0,
  );
  const hasUnits = head.classes.some(({ class: name }) => name === "units");
  const hasCode = head.classes.some(({ class: name }) => name === "item_code");
  if (stock === null && storeStocks.length === 0 && !hasSettings && !hasUnits && !hasCode && named.item === null)
    return { value: null };
  const fields: GoodsField[] = [];
  const item = named.item === null ? chooseGoodsItem(head, roles) : { value: [named.item], name: null };
  if (item.value === null)
    return item.question === undefined ? { value: null } : { value: null, question: item.question };
  if (stock !== null) {
    roles.give(stock, "current_stock", "counts what is on the shelf");
    fields.push({ column: stock, name: "current_stock", as: "number", of: "stock" });
  }
  for (const { column } of storeStocks) roles.give(column, "current_stock", "stock of the store in its header");
  if (item.name !== null) fields.push({ column: item.name, name: "name", as: "text", of: "catalogue" });
  head.headers.forEach((header, column) => {
    const field = fieldOf(header, stock !== null);
    if (field === null || !roles.isFree(column) || head.facts[column]!.filled === 0) return;
    if (field.name === "reserved" && stock !== null && isWithoutReserved(head, stock)) return;
    if (fields.some(({ name }) => name === field.name)) return;
    roles.give(column, field.name, "a setting of an item");
    fields.push({ ...field, column });
  });
  if (fields.length === 0 && storeStocks.length === 0) return { value: null };
  return {
    value: {
      kind: "goods",
      item: item.value,
      name: item.name,
      variants: [],
      store,
      fields,
      storeStocks,
      group: null,
      type: null,
    },
  };
}

function fieldOf(header: string, withStock: boolean): Omit<GoodsField, "column"> | null {
  const wire = header.toLowerCase().trim();
  const own = OWN.find(([name]) => name === wire);
  if (own !== undefined) return { name: own[0], as: own[1], of: "catalogue" };
  const plain = plainText(header);
  const unit = leadTimeUnit(plain);
  if (unit !== null) return { name: "lead_time_days", as: "days", of: "catalogue", unit };
  const known = KNOWN.find(([, , words]) => words.includes(plain));
  if (known !== undefined) return { name: known[0], as: known[1], of: "catalogue" };
  const stock = withStock ? STOCK_FIELDS.find(([, , words]) => words.includes(plain)) : undefined;
  return stock === undefined ? null : { name: stock[0], as: stock[1], of: "stock" };
}

/** Said where a lead time is left out for its unit. */
export function leadTimeWarnings(head: Head): readonly string[] {
  return head.headers
    .filter((_, column) => head.facts[column]!.filled > 0 && isOtherLeadTime(head.classes[column]!.plain))
    .map(
      (header) =>
        `"${header}" is not read: an item's lead time is in days or weeks. A supplier's may be in working days ` +
        "(PUT /suppliers/{supplier_id}).",
    );
}

/** Safety stock, minimum stock and the like are settings. */
function isSetting({ headers, classes }: Head, column: number): boolean {
  const { plain } = classes[column]!;
  return fieldOf(headers[column]!, true) !== null || hasPhrase(plain, "min") || hasPhrase(plain, "max");
}

/** Settings make a list of products a catalogue; with stock alone it is a count. */
export function isCatalogue(fields: readonly GoodsField[]): boolean {
  return fields.some(
    ({ of, name }) => of === "catalogue" && name !== "name" && name !== "gtin" && name !== "safety_stock_level",
  );
}
