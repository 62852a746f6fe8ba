/** The tables that both databases have, column by column (docs/storage.md), for what copies and compares them. */

export type ColumnKind = "text" | "json" | "bigint" | "double precision";

/** A row as both sides give it: JSON columns as their text, numbers as numbers. */
export type Row = Readonly<Record<string, string | number | null>>;

export interface StoredTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnKind>>;
  readonly key: readonly string[];
  /** Columns that only ever rise while a row is in use; null counts as 0. */
  readonly rising?: readonly string[];
  /** Rows may go: in the other tables, one that only the copy has says that the copy is in use. */
  readonly mayShrink: boolean;
  /** Rows a page: some megabytes. */
  readonly pageRows: number;
}

/** Decisions a page: some 4 MB, ten times that where each carries an adviser's facts and reply. */
export const LOG_PAGE_ROWS = 1_000;

const LATENCIES = ["10", "25", "50", "100", "250", "500", "1000", "2500", "10000", "60000", "inf"].map(
  (bound) => `le_${bound}`,
);
const RESULTS = ["completed", "approved", "modified", "rejected", "expired"];

export const STORED_TABLES: readonly StoredTable[] = [
  {
    name: "items",
    columns: {
      store_id: "text",
      product_id: "text",
      object_id: "text",
      inputs_version: "bigint",
      terms: "json",
      sales: "json",
      counted_at: "bigint",
      sold_out_on: "bigint",
      arrives_on: "bigint",
      outages: "text",
    },
    key: ["store_id", "product_id"],
    rising: ["inputs_version"],
    mayShrink: false,
    pageRows: 5_000,
  },
  {
    name: "sales",
    columns: { store_id: "text", product_id: "text", year: "bigint", packed: "json" },
    key: ["store_id", "product_id", "year"],
    mayShrink: true,
    pageRows: 500,
  },
  {
    name: "answered_requests",
    columns: { request_key: "text", body_hash: "text", started_at: "bigint", status: "bigint", answer: "text" },
    key: ["request_key"],
    mayShrink: true,
    pageRows: 1_000,
  },
  {
    name: "forecasts",
    columns: { store_id: "text", product_id: "text", chunk: "bigint", uploaded_at: "bigint", points: "json" },
    key: ["store_id", "product_id", "chunk"],
    mayShrink: true,
    pageRows: 20,
  },
  {
    name: "sessions",
    columns: { session_id: "text", kind: "text", subject: "text", created_at: "bigint", expires_at: "bigint" },
    key: ["session_id"],
    mayShrink: true,
    pageRows: 1_000,
  },
  {
    name: "sign_ins",
    columns: { token: "text", person_id: "text", sender: "text", expires_at: "bigint" },
    key: ["token"],
    mayShrink: true,
    pageRows: 1_000,
  },
  {
    name: "world",
    columns: { kind: "text", id: "text", facts: "json" },
    key: ["kind", "id"],
    mayShrink: true,
    pageRows: 200,
  },
  {
    name: "purchase_orders",
    columns: {
      po_id: "text",
      version: "bigint",
      store_id: "text",
      supplier_id: "text",
      status: "text",
      order_by: "bigint",
      sent_at: "bigint",
      ended: "text",
      parked: "bigint",
      updated_at: "bigint",
      record: "json",
    },
    key: ["po_id"],
    rising: ["version"],
    mayShrink: true,
    pageRows: 20,
  },
  {
    name: "workflows",
    columns: {
      workflow_id: "text",
      version: "bigint",
      store_id: "text",
      product_id: "text",
      status: "text",
      review_status: "text",
      expires_at: "bigint",
      decided_at: "bigint",
      created_at: "bigint",
      record: "json",
      metrics: "json",
      listed: "text",
    },
    key: ["workflow_id"],
    rising: ["version"],
    mayShrink: true,
    pageRows: LOG_PAGE_ROWS,
  },
  {
    name: "api_keys",
    columns: {
      key_id: "text",
      digest: "text",
      name: "text",
      scopes: "json",
      rate_class: "text",
      stores: "json",
      created_at: "bigint",
      created_by: "text",
      expires_at: "bigint",
      revoked_at: "bigint",
      last_used_at: "bigint",
    },
    key: ["key_id"],
    rising: ["revoked_at", "last_used_at"],
    mayShrink: false,
    pageRows: 5_000,
  },
  {
    name: "metric_products",
    columns: { slot: "bigint", product_id: "text" },
    key: ["slot"],
    mayShrink: false,
    pageRows: 1_000,
  },
  {
    name: "decision_stats",
    columns: {
      slot: "bigint",
      action: "text",
      ...Object.fromEntries([...LATENCIES, ...RESULTS].map((name) => [name, "bigint" as const])),
      latency_sum_ms: "double precision",
      confidence: "double precision",
      decided_at: "bigint",
    },
    key: ["slot", "action"],
    mayShrink: false,
    pageRows: 2_000,
  },
  {
    name: "counters",
    columns: { series: "text", value: "double precision" },
    key: ["series"],
    rising: ["value"],
    mayShrink: false,
    pageRows: 5_000,
  },
  {
    name: "disabled_endpoints",
    columns: { url: "text", disabled_at: "bigint" },
    key: ["url"],
    mayShrink: true,
    pageRows: 2_000,
  },
  {
    name: "sweep_positions",
    columns: { sweep: "text", position: "text" },
    key: ["sweep"],
    mayShrink: true,
    pageRows: 100,
  },
];

export type Key = readonly (string | number)[];

export function keyOf(table: StoredTable, row: Row): Key {
  return table.key.map((column) => row[column]!);
}

/** The order of both databases: texts by their bytes, numbers by value. */
export function compareKeys(a: Key, b: Key): number {
  for (const [at, part] of a.entries()) {
    const other = b[at]!;
    const order =
      typeof part === "number"
        ? part - (other as number)
        : Buffer.compare(Buffer.from(part), Buffer.from(other as string));
    if (order !== 0) return order;
  }
  return 0;
}

/** A row as one line, the same on either side if and only if the rows are. */
export function lineOf(table: StoredTable, row: Row): string {
  return JSON.stringify(Object.keys(table.columns).map((column) => row[column] ?? null));
}
