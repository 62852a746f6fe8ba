/** The structure of a table's cells. Columns count from 0. */
import type { Period } from "../types.ts";

export type DateSource =
  | { readonly kind: "column"; readonly column: number; readonly hint: Period | null }
  /** One date in several columns; `day` null = months, `month` null = weeks or quarters of a year. */
  | {
      readonly kind: "parts";
      readonly year: number;
      readonly month: number | null;
      readonly day: number | null;
      readonly week: number | null;
      readonly quarter: number | null;
    };

/** Only rows whose cell in `column` is `only`, as `plainText` writes it, count units. */
export interface RowMeasure {
  readonly column: number;
  readonly only: string;
}

interface WithItems {
  /** The first of these columns that is filled names the item. */
  readonly item: readonly number[];
  /** Added to the name of an item without a code: sizes, colours. */
  readonly variants: readonly number[];
  readonly store: number | null;
}

/** One row for each sale, or for each day. */
export interface ListLayout extends WithItems {
  readonly kind: "list";
  readonly date: DateSource;
  /** Null = each row is one unit. */
  readonly units: number | null;
  readonly inStock: number | null;
  readonly status: number | null;
  /** Filled when the order was cancelled. */
  readonly cancelledAt: number | null;
  /** Says for each row alone that it was cancelled: `x`, `yes`, 1. */
  readonly cancelFlag: number | null;
  /** Says of each row whether it is a sale or a return. */
  readonly rowKind: number | null;
  /** Some of its cells say so: a "purchase" among them is one of the shop's own. */
  readonly saysSales: boolean;
  /** The order of a row. Later rows of an order leave the order's own cells blank. */
  readonly order: number | null;
  readonly measure: RowMeasure | null;
  /** The whole file is one item, as the person said. */
  readonly singleItem: boolean;
  /** Holds several products with their quantities in one cell: `2× Cap, 1× Scarf`. */
  readonly products: number | null;
  /** Further statuses that are not a sale, besides those that never are. */
  readonly noSale: RegExp | null;
  /** Statuses of orders whose goods came back on a day that the file does not give. */
  readonly refunded: RegExp | null;
}

/** One row for each item, one column for each period. */
export interface WideLayout extends WithItems {
  readonly kind: "wide";
  readonly measure: RowMeasure | null;
  readonly periods: readonly number[];
  readonly totals: readonly number[];
  /** The columns number their periods. */
  readonly numbered: boolean;
}

/** One row for each date, one column for each item. */
export interface AcrossLayout {
  readonly kind: "across";
  readonly date: DateSource;
  readonly store: number | null;
  readonly items: readonly number[];
  readonly totals: readonly number[];
}

/** One row for each product: settings, stock, or both. */
export interface GoodsLayout extends WithItems {
  readonly kind: "goods";
  readonly fields: readonly GoodsField[];
  /** A column of stock for each of several stores. */
  readonly storeStocks: readonly { readonly column: number; readonly store: string }[];
  /** Only the first row of a product has the name. */
  readonly group: number | null;
  readonly name: number | null;
  /** A product of this type is only a heading for its variants. */
  readonly type: number | null;
}

export interface GoodsField {
  readonly column: number;
  /** The wire name of the setting or of the trigger's field. */
  readonly name: string;
  readonly as: "text" | "number" | "days" | "money" | "gtin";
  readonly of: "catalogue" | "stock";
  /** Days that one of its figures means, where it counts days or weeks. */
  readonly unit?: number;
}

export type Layout = ListLayout | WideLayout | AcrossLayout | GoodsLayout;
