/** A reading in sentences, for a person who decides whether the file is read right. */
import type { Reading } from "./types.ts";

const KINDS: Readonly<Record<Reading["kind"], string>> = {
  sales: "sales",
  orders: "orders",
  catalogue: "a list of products",
  stock: "a count of stock",
  unknown: "not recognised",
};
const SYSTEMS = { shopify: "Shopify", woocommerce: "WooCommerce", square: "Square" } as const;
const MARKS: Readonly<Record<string, string>> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" };
const UNSAID = new Set(["ignored", "money"]);

export function describeReading(reading: Reading): string[] {
  const { kind, system, status } = reading;
  const name = reading.sheet === null ? reading.file : `${reading.file}, sheet "${reading.sheet}"`;
  const lines = [`${name}: ${KINDS[kind]}${system === null ? "" : ` from ${SYSTEMS[system]}`}${form(reading)}`];
  if (reading.problem !== null) return [...lines, `  Refused: ${reading.problem}`];
  const used = reading.columns.filter(({ role }) => !UNSAID.has(role));
  if (used.length > 0) lines.push(`  Columns: ${columnsOf(used)}`);
  if (status === "read") lines.push(...amounts(reading));
  for (const warning of reading.warnings) lines.push(`  Note: ${warning}`);
  for (const { text, choices } of reading.questions)
    lines.push(`  Question: ${text}`, ...choices.map(({ flag, means }) => `    ${flag}   ${means}`));
  return lines;
}

function form({ encoding, delimiter, header_line }: Reading): string {
  const parts = [
    ...(encoding === null ? [] : [encoding]),
    ...(delimiter === null ? [] : [`cells apart by ${MARKS[delimiter] ?? `"${delimiter}"`}`]),
    ...(header_line === null || header_line === 1 ? [] : [`columns named on line ${header_line}`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** A table of many periods is described by its first and last column. */
function columnsOf(columns: Reading["columns"]): string {
  const units = columns.filter(({ role }) => role === "units");
  const shown = units.length > 3 ? columns.filter(({ role }) => role !== "units") : columns;
  const many = units.length > 3 ? [`units = "${units[0]!.header}" to "${units.at(-1)!.header}"`] : [];
  return [
    ...shown.map(({ header, role, column }) => `${role.replaceAll("_", " ")} = "${header || `column ${column}`}"`),
    ...many,
  ].join(", ");
}

function amounts(reading: Reading): string[] {
  const { items, stores, rows, units, first, last, period, left_out } = reading;
  const of = stores > 1 ? ` in ${stores} stores` : "";
  const by = period === null ? "" : `, by ${period}`;
  const dates = reading.date_format === null ? "" : ` (dates: ${reading.date_format})`;
  const span = first === null ? "" : `, ${first} to ${last}${by}${dates}`;
  const sum = reading.kind === "catalogue" && units === 0 ? "" : `, ${counted(units, "unit")}`;
  const lines = [`  ${counted(items, "item")}${of}, ${counted(rows, "row")}${sum}${span}`];
  if (left_out.rows > 0 || left_out.units !== 0) {
    lines.push(`  Left out: ${counted(left_out.rows, "row")}, ${counted(left_out.units, "unit")}`);
    for (const { line, why, units } of left_out.reasons.slice(0, 6))
      lines.push(`    line ${line}: ${why}${units === 0 ? "" : `, ${counted(units, "unit")}`}`);
    if (left_out.reasons.length > 6) lines.push(`    and ${left_out.reasons.length - 6} more`);
  }
  return lines;
}

/** `1 row`, `2 rows` */
export function counted(count: number, what: string): string {
  return `${number(count)} ${count === 1 ? what : `${what}s`}`;
}

/** 12,320 */
export function number(value: number): string {
  const [whole, fraction] = String(Math.abs(value)).split(".");
  const grouped = (whole ?? "").replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");
  return `${value < 0 ? "-" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}
