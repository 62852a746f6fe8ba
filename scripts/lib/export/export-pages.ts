/**
 * The decision log page by page, by its key: rows added meanwhile do no harm, and an interrupted export can continue.
 */
import { parseWorkflow } from "../../../src/storage/record/workflow-record.ts";
import { partsOfPurchaseOrderId } from "../../../src/workflow/orders/purchase-line.ts";

/** What is exported, one after the other; the ids of the second never look like those of the first. */
const TABLES = [
  // Some 3 kB a record: a page of a megabyte and a half.
  {
    name: "workflows",
    key: "workflow_id",
    began: "created_at",
    pageRows: 500,
    owns: (id: string) => !isPurchase(id),
    text: ({ record, id }: ExportRow) => JSON.stringify(parseWorkflow(record, id)),
  },
  {
    name: "purchase_orders",
    key: "po_id",
    began: "CAST(record ->> 'createdAt' AS BIGINT)",
    // A long order with its lines and audit is a megabyte.
    pageRows: 20,
    owns: isPurchase,
    text: ({ record }: ExportRow) => record,
  },
] as const;

interface ExportRow {
  readonly id: string;
  readonly record: string;
}

/** Runs one statement and returns its rows. */
export type Query = (sql: string) => Promise<readonly object[]>;

export interface ExportRange {
  /** Epoch ms; what began before it. */
  readonly before: number;
  /** Id after which to begin, of a workflow or a purchase order; "" = the first. */
  readonly after: string;
}

export async function* exportedLines(
  query: Query,
  { before, after }: ExportRange,
  mostRows = Infinity,
): AsyncGenerator<string> {
  const first = after === "" ? 0 : TABLES.findIndex(({ owns }) => owns(after));
  for (const [at, table] of TABLES.slice(first).entries()) {
    yield* linesOf(table, query, { before, after: at === 0 ? after : "" }, Math.min(mostRows, table.pageRows));
  }
}

async function* linesOf(
  { name, key, began, text }: (typeof TABLES)[number],
  query: Query,
  { before, after }: ExportRange,
  pageRows: number,
): AsyncGenerator<string> {
  for (let last = after; ;) {
    if (!/^[0-9a-z-]*$/.test(last)) throw new Error("not an id");
    const sql =
      `SELECT ${key} AS id, CAST(record AS TEXT) AS record FROM ${name} WHERE ${key} > '${last}' AND ${began} < ` +
      `${before} ORDER BY ${key} LIMIT ${pageRows}`;
    const rows = (await query(sql)) as readonly ExportRow[];
    for (const row of rows) yield text(row);
    if (rows.length < pageRows) return;
    last = rows.at(-1)!.id;
  }
}

function isPurchase(id: string): boolean {
  return partsOfPurchaseOrderId(id) !== null;
}

/** Where an interrupted file continues: after its last whole line. */
export function resumePoint(text: string): { readonly bytes: number; readonly after: string } {
  const end = text.lastIndexOf("\n") + 1;
  const whole = text.slice(0, end).trimEnd();
  const last = whole.slice(whole.lastIndexOf("\n") + 1);
  return {
    bytes: Buffer.byteLength(text.slice(0, end)),
    after: last === "" ? "" : (JSON.parse(last) as { id: string }).id,
  };
}
