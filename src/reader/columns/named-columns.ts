/** The columns that a person named by flags. */
import type { ReaderOptions } from "../types.ts";
import { columnNamed, type Head } from "./head.ts";

export interface Named {
  readonly item: number | null;
  readonly date: number | null;
  readonly units: number | null;
  readonly store: number | null;
  /** `--item-column none` and `headers`, `--units-column rows`, `--store-column headers`. */
  readonly single: boolean;
  readonly across: boolean;
  readonly rowUnits: boolean;
  readonly storeHeaders: boolean;
}

export function namedColumns(head: Head, options: ReaderOptions): Named | { readonly problem: string } {
  const special = {
    single: options.itemColumn === "none",
    across: options.itemColumn === "headers",
    rowUnits: options.unitsColumn === "rows",
    storeHeaders: options.storeColumn === "headers",
  };
  const texts = {
    item: special.single || special.across ? undefined : options.itemColumn,
    date: options.dateColumn,
    units: special.rowUnits ? undefined : options.unitsColumn,
    store: special.storeHeaders ? undefined : options.storeColumn,
  };
  for (const [name, text] of Object.entries(texts)) {
    if (text === undefined || columnNamed(head.headers, text) >= 0) continue;
    const headers = head.headers
      .filter((header) => header !== "")
      .map((header) => `"${header}"`)
      .join(", ");
    return { problem: `--${name}-column: no column is called "${text}". The columns are ${headers}.` };
  }
  const column = (text: string | undefined) => (text === undefined ? null : columnNamed(head.headers, text));
  return {
    item: column(texts.item),
    date: column(texts.date),
    units: column(texts.units),
    store: column(texts.store),
    ...special,
  };
}
