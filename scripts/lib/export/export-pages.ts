/**
 * The decision log page by page, by its key: what is added meanwhile disturbs nothing, and a break can be continued.
 */

import { parseWorkflow } from "../../../src/storage/record/workflow-record.ts";

/** Some 3 kB a record in the file. */
const PAGE_ROWS = 500;

export interface ExportRow {
  readonly workflow_id: string;
  readonly record: string;
}

/** Runs one statement and returns its rows. */
export type Query = (sql: string) => Promise<readonly object[]>;

export interface ExportRange {
  /** Epoch ms; workflows that began before it. */
  readonly before: number;
  /** Workflow id after which to begin; "" = the first. */
  readonly after: string;
}

export async function* exportedLines(
  query: Query,
  { before, after }: ExportRange,
  pageRows = PAGE_ROWS,
): AsyncGenerator<string> {
  for (let last = after; ;) {
    if (!/^[0-9a-z-]*$/.test(last)) throw new Error("not a workflow id");
    const sql = `SELECT workflow_id, CAST(record AS TEXT) AS record FROM workflows WHERE workflow_id > '${last}' AND created_at < ${before} ORDER BY workflow_id LIMIT ${pageRows}`;
    const rows = (await query(sql)) as readonly ExportRow[];
    for (const row of rows) yield JSON.stringify(parseWorkflow(row.record, row.workflow_id));
    if (rows.length < pageRows) return;
    last = rows.at(-1)!.workflow_id;
  }
}

/** Where a file that broke off can be continued: after its last whole line. */
export function resumePoint(text: string): { readonly bytes: number; readonly after: string } {
  const end = text.lastIndexOf("\n") + 1;
  const whole = text.slice(0, end).trimEnd();
  const last = whole.slice(whole.lastIndexOf("\n") + 1);
  return {
    bytes: Buffer.byteLength(text.slice(0, end)),
    after: last === "" ? "" : (JSON.parse(last) as { id: string }).id,
  };
}
