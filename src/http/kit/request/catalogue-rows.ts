/** Rows of a catalogue as CSV or NDJSON; each is an item with all of its settings. Pure. */
import { name } from "../../../api/fields.ts";
import { SETTING_COLUMNS, SettingsBody } from "../../../api/settings-body.ts";
import { ownHistory, toTerms } from "../../../api/settings-terms.ts";
import { objectName, type ItemIdentity } from "../../../storage/identity.ts";
import type { ItemTerms } from "../../../workflow/item-terms.ts";
import { numberIn } from "./csv-number.ts";
import { csvTable } from "./csv-table.ts";
import { parseStrictJson } from "./strict-json.ts";
import { UploadErrors } from "./upload-errors.ts";

const MOST_CATALOGUE_ROWS = 10_000;

/** Settings that name something else. */
const NAMES: ReadonlySet<string> = new Set(["supplier_id", "like_product_id", "replaces"]);

export interface CatalogueRow {
  readonly item: ItemIdentity;
  readonly terms: ItemTerms;
}

/** What a row says, and where in the file each of its fields is. */
interface Written {
  readonly line: number;
  readonly product: unknown;
  readonly store: unknown;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly placeOf: (field: string) => string;
}

export function catalogueFromCsv(text: string, defaultStore: string): CatalogueRow[] {
  const errors = new UploadErrors();
  const names = Object.keys(SETTING_COLUMNS);
  const { columns, rows } = csvTable(
    text,
    { required: ["product_id"], optional: ["store_id", ...names], mostRows: MOST_CATALOGUE_ROWS },
    errors,
  );
  const written = rows.map((row): Written => {
    const settings: Record<string, unknown> = {};
    for (const column of columns.keys()) {
      const place = SETTING_COLUMNS[column];
      const cell = row.cell(column);
      if (place === undefined || cell === "") continue;
      // A cell that is not a number stays text, which the schema refuses with the field's name.
      const value = place.isNumber ? (numberIn(cell) ?? cell) : NAMES.has(column) ? row.name(column) : cell;
      settings[place.setting] =
        place.member === null ? value : { ...(settings[place.setting] as object | undefined), [place.member]: value };
    }
    return {
      line: row.line,
      product: row.name("product_id"),
      store: row.name("store_id") || undefined,
      settings,
      placeOf: (field) =>
        `line ${row.line}, column ${row.placeOf(columns.has(field) ? field : field.replace("/", "_"))}`,
    };
  });
  return checked(written, defaultStore, errors);
}

export function catalogueFromNdjson(text: string, defaultStore: string): CatalogueRow[] {
  const errors = new UploadErrors();
  const written: Written[] = [];
  for (const [index, json] of text.split("\n").entries()) {
    if (json.trim() === "") continue;
    const line = index + 1;
    if (written.length >= MOST_CATALOGUE_ROWS) {
      errors.at(line, 1, `there are more than ${MOST_CATALOGUE_ROWS} rows`);
      break;
    }
    const row = objectIn(json);
    if (row === null) {
      errors.at(line, 1, "is not a JSON object");
      continue;
    }
    const { product_id, store_id, ...settings } = row;
    const placeOf = (field: string): string => `line ${line}, /${field}`;
    written.push({ line, product: product_id, store: store_id ?? undefined, settings, placeOf });
  }
  if (written.length === 0) errors.at(1, 1, "there is no row");
  return checked(written, defaultStore, errors);
}

function checked(written: readonly Written[], defaultStore: string, errors: UploadErrors): CatalogueRow[] {
  const rows: CatalogueRow[] = [];
  const lines = new Map<string, number>();
  for (const { line, product, store, settings, placeOf } of written) {
    const refuse = (field: string, message: string): void =>
      errors.add(placeOf(field), `${placeOf(field)}: ${field} ${message}`);
    const productId = name.safeParse(product);
    const storeId = name.safeParse(store ?? defaultStore);
    if (!productId.success) refuse("product_id", productId.error.issues[0]!.message);
    if (!storeId.success) refuse("store_id", storeId.error.issues[0]!.message);
    const parsed = SettingsBody.safeParse(settings);
    for (const issue of parsed.error?.issues ?? []) {
      if (issue.code === "unrecognized_keys") for (const key of issue.keys) refuse(key, "is not a known field");
      else refuse(issue.path.join("/"), issue.message);
    }
    if (!productId.success || !storeId.success || !parsed.success) continue;
    const item = { storeId: storeId.data, productId: productId.data };
    const before = lines.get(objectName(item));
    if (before !== undefined) refuse("product_id", `is listed in line ${before} already`);
    lines.set(objectName(item), line);
    const terms = toTerms(parsed.data);
    const itself = ownHistory(item, terms);
    if (itself !== null) refuse(itself, "must be another product");
    rows.push({ item, terms });
  }
  errors.throwIfAny("The catalogue");
  return rows;
}

function objectIn(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = parseStrictJson(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}
