/**
 * What the reader takes and gives. Pure: bytes or rows in, a reading out; no Node, no DOM, no clock.
 *
 * Units read plus units left out always equal the units in the file. Whatever can be read in two ways becomes a
 * question with the flag that answers it; nothing is guessed. A reading contains data of mapped columns only, since
 * orders contain customers' data.
 */
export type Period = "day" | "week" | "fortnight" | "month" | "quarter";
export type DateOrder = "dmy" | "mdy" | "ymd";
export type DecimalMark = "dot" | "comma";
export type Kind = "sales" | "orders" | "catalogue" | "stock" | "unknown";
export type System = "shopify" | "woocommerce" | "square";

/** One line of a file, or one row of a sheet. */
export interface Row {
  /** Line of the file that the row begins on, from 1; in a sheet, the number of the row. */
  readonly line: number;
  /** Trimmed. */
  readonly cells: readonly string[];
}

/** Rows that can be read again from the start, a slice at a time. */
export interface Table {
  readonly file: string;
  readonly sheet: string | null;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** What a person should check about it. */
  readonly notes: readonly string[];
  /** Numbers and dates come from typed cells, so `1.234` has only one reading. */
  readonly typed: boolean;
  /** Throws a ReadProblem for text that is not a table. */
  slices(): AsyncIterable<readonly Row[]>;
}

/** Bytes that can be read again from the start. */
export interface FileSource {
  readonly name: string;
  readonly size: number;
  slices(): AsyncIterable<Uint8Array>;
}

/** What a person chose; each is a flag of the commands. A column is its header, or its number from 1. */
export interface ReaderOptions {
  readonly itemColumn?: string;
  readonly dateColumn?: string;
  readonly unitsColumn?: string;
  readonly storeColumn?: string;
  readonly period?: Period;
  readonly dateOrder?: DateOrder;
  readonly decimalMark?: DecimalMark;
  readonly kind?: "sales" | "catalogue" | "stock";
  readonly completeThrough?: string;
  readonly sheet?: string;
  /** Accepts columns that number their periods (W0, W1 …); for replaying a file, never for loading it. */
  readonly undated?: boolean;
  /** Today: later sales are left out. ISO. */
  readonly today: string;
}

export interface ReadColumn {
  /** From 1. */
  readonly column: number;
  readonly header: string;
  readonly role: string;
  readonly why: string;
}

export interface FileQuestion {
  readonly about: string;
  readonly text: string;
  readonly choices: readonly { readonly flag: string; readonly means: string }[];
}

export interface LeftOut {
  readonly rows: number;
  readonly units: number;
  readonly reasons: readonly { readonly line: number; readonly why: string; readonly units: number }[];
}

/** How one file or sheet is read: the JSON of `npm run import -- --dry-run --json`. */
export interface Reading {
  readonly file: string;
  readonly sheet: string | null;
  readonly kind: Kind;
  readonly system: System | null;
  readonly status: "read" | "ask" | "refused";
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly header_line: number | null;
  readonly columns: readonly ReadColumn[];
  readonly period: Period | null;
  readonly date_format: string | null;
  /** Products, counted once for each store. */
  readonly items: number;
  readonly products: number;
  readonly stores: number;
  readonly rows: number;
  readonly units: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly left_out: LeftOut;
  readonly questions: readonly FileQuestion[];
  readonly warnings: readonly string[];
  /** Why the file is refused, and what to do. */
  readonly problem: string | null;
}

export interface ItemSales {
  readonly product: string;
  /** Null = the file names no store. */
  readonly store: string | null;
  /** By day number of the period's first day. */
  readonly units: Map<number, number>;
  /** Days for which the file says that nothing was recorded. */
  readonly unrecorded: Set<number>;
  /** Days that the file marks as in stock or not; null = it marks none. */
  readonly inStock: Map<number, boolean> | null;
}

export interface SalesContent {
  readonly period: Period;
  /** The columns number their periods: day numbers count periods from 0. */
  readonly undated: boolean;
  /** Meaning of days without a row within an item's days: 0 sales (a list) or not recorded (a table by period). */
  readonly gaps: "zero" | "unrecorded";
  readonly items: readonly ItemSales[];
}

/** Settings and counts of one item by their wire names; texts and numbers. */
export type GoodsRow = Readonly<Record<string, string | number>>;

export interface Content {
  readonly sales: SalesContent | null;
  readonly catalogue: readonly GoodsRow[];
  readonly stock: readonly GoodsRow[];
}

export interface ReadResult {
  readonly reading: Reading;
  readonly content: Content;
  /** The first rows under the header, for a page that shows the reading beside them. */
  readonly sample: readonly Row[];
}

/** The file cannot be read as a table; the message is for the person who sent it. */
export class ReadProblem extends Error {
  override readonly name = "ReadProblem";
  readonly line: number | null;

  constructor(message: string, line: number | null = null) {
    super(line === null ? message : `line ${line}: ${message}`);
    this.line = line;
  }
}
