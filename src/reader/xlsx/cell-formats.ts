/** How numbers of a workbook are shown: as dates, as months, or with leading zeros. */
import { calendarDate, isoDay } from "../../shared/calendar-dates.ts";
import { readXml } from "./xml.ts";

export type CellFormat =
  | { readonly kind: "number" }
  | { readonly kind: "date" }
  /** Month and year, without a day. */
  | { readonly kind: "month" }
  /** This many digits, with leading zeros. */
  | { readonly kind: "digits"; readonly count: number };

const NUMBER: CellFormat = { kind: "number" };
/** Excel's built-in formats; 27 to 36 and 50 to 58 are East Asian. */
const BUILT_IN_DATES = new Set([14, 15, 16, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58]);
const BUILT_IN_MONTHS = new Set([17]);
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;

/** Formats by the index in a cell's `s`. */
export function cellFormats(styles: string | undefined): readonly CellFormat[] {
  if (styles === undefined) return [];
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let inCells = false;
  readXml(styles, {
    open(name, attributes) {
      if (name === "numFmt") codes.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "");
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) {
        const id = Number(attributes["numFmtId"] ?? 0);
        formats.push(formatOf(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return formats;
}

function formatOf(id: number, code: string | undefined): CellFormat {
  if (code === undefined) {
    if (BUILT_IN_DATES.has(id)) return { kind: "date" };
    return BUILT_IN_MONTHS.has(id) ? { kind: "month" } : NUMBER;
  }
  if (/^0{2,}$/u.test(code)) return { kind: "digits", count: code.length };
  // Quoted texts, escaped marks, colours and locales do not make a format a date.
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_./gu, "").toLowerCase();
  if (/general|[#0?]/u.test(bare)) return NUMBER;
  if (/[dj]/u.test(bare)) return { kind: "date" };
  if (/[yea]/u.test(bare) && bare.includes("m")) return { kind: "month" };
  return NUMBER;
}

/** A cell's number as the text that a person sees, with dates as ISO days. */
export function numberText(raw: string, format: CellFormat | undefined, is1904: boolean): string {
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  if (format?.kind === "date" || format?.kind === "month") {
    const day = Math.floor(value + 1e-9) - (is1904 ? EPOCH_1904 : EPOCH_1900);
    const { year } = calendarDate(day);
    if (year >= 1900 && year <= 2200) return format.kind === "date" ? isoDay(day) : isoDay(day).slice(0, 7);
  }
  if (format?.kind === "digits" && Number.isInteger(value)) return String(value).padStart(format.count, "0");
  // Excel keeps fifteen digits; more are rounding errors of binary fractions.
  return Number.isInteger(value) ? plain(value) : plain(Number(value.toPrecision(15)));
}

function plain(value: number): string {
  return Math.abs(value) >= 1e21 || (value !== 0 && Math.abs(value) < 1e-6) ? value.toFixed(12) : String(value);
}
