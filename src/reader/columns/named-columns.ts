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
  const found: Record<string, number | null> = {};
  for (const [name, text] of Object.entries(texts)) {
    const column = text === undefined ? null : columnNamed(head.headers, text);
    if (column === -1) {
      const headers = head.headers
        .filter((header) => header !== "")
        .map((header) => `"${header}"`)
        .join(", ");
      return { problem: `--${name}-column: no column is called "${text}". The columns are ${headers}.` };
    }
    found[name] = column;
  }
  return { ...(found as Pick<Named, "item" | "date" | "units" | "store">), ...special };
}
