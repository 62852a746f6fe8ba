/** Settings of a catalogue, and counts of stock, as parts to upload. */
import type { GoodsRow } from "../types.ts";
import { csvLine } from "./csv-line.ts";
import { PART_CHARACTERS, type UploadPart } from "./upload-part.ts";

/** Rows of a part. Decisions of one request are waited for together, within the service's patience: fewer of those. */
const MOST_ROWS = { catalogue: 10_000, stock: 100 } as const;

export function* goodsParts(what: "catalogue" | "stock", rows: readonly GoodsRow[]): Generator<UploadPart> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // A price list must not reset a pack size that somebody typed.
  const request =
    what === "catalogue"
      ? ({ method: "PUT", path: "/catalogue?keep=true" } as const)
      : ({ method: "POST", path: "/inventory-triggers" } as const);
  const header = csvLine(names);
  const isCount = what === "stock";
  let csv = header;
  let records: (string | number)[][] = [];
  const part = (): UploadPart => ({
    what,
    ...request,
    csv,
    rows: records.length,
    columns: names,
    records: isCount ? records : [],
  });
  for (const row of rows) {
    const cells = names.map((name) => row[name] ?? "");
    const line = csvLine(cells);
    if (records.length > 0 && (records.length >= MOST_ROWS[what] || csv.length + line.length > PART_CHARACTERS)) {
      yield part();
      [csv, records] = [header, []];
    }
    csv += line;
    records.push(cells);
  }
  if (records.length > 0) yield part();
}
