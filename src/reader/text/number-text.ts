/** Numbers as people and programs write them, under either decimal mark. */
import { plainDigits } from "./digits.ts";

export interface NumberText {
  /** Its value if `.` is the decimal mark; null = invalid in that case. */
  readonly dot: number | null;
  /** Likewise for `,`. */
  readonly comma: number | null;
}

/** Before a text in a workbook that looks like a number of two readings, as Excel itself marks it. */
export const TEXT_MARK = "'";
const TWO_READINGS = /^-?\d{1,3}(?:[.,]\d{3})+$/u;

export function markedText(text: string): string {
  return TWO_READINGS.test(text) ? `${TEXT_MARK}${text}` : text;
}

const PLAIN = /^-?\d{1,15}$/u;
const DOT = /^(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,1}(?:,\d{2})+,\d{3})?(?:\.\d*)?(?:e[+-]?\d{1,3})?$/iu;
const COMMA = /^(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)?(?:,\d*)?(?:e[+-]?\d{1,3})?$/iu;
/** Spaces of every kind, and apostrophes, between thousands. */
const GROUPED = /^\d{1,3}(?:[\s\u00A0\u202F\u2009'’]\d{3})+(?:[.,]\d*)?$/u;
/** `3 pcs`, `2 Stk.`, `5個`. */
const PIECES = /(?<=\d)\s*(?:pcs?|pieces?|units?|ea|stk|stück|st|u|uds?|pz|szt|ks|шт|個|点|本|枚|件|个|개)\.?$/iu;
export const CURRENCY =
  /[$€£¥₩₹₽₺₫฿]|(?:^|\s|\d)(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|SEK|NOK|DKK|PLN|CZK|zł|kr|Kč|円|元|원)(?:\s|$|\d|-)/iu;

/** Null for a text that is not a number. */
export function readNumber(raw: string): NumberText | null {
  if (PLAIN.test(raw)) {
    const value = Number(raw);
    return { dot: value, comma: value };
  }
  let text = plainDigits(raw.normalize("NFKC"))
    .replaceAll("\u2212", "-")
    .trim()
    .replace(/^'(?=[\d-])/u, "")
    .replace(PIECES, "");
  let sign = 1;
  if (/^\(.*\)$/u.test(text)) [sign, text] = [-1, text.slice(1, -1)];
  else if (/^[+-]/u.test(text)) [sign, text] = [text.startsWith("-") ? -1 : 1, text.slice(1).trim()];
  else if (/\d-$/u.test(text)) [sign, text] = [-1, text.slice(0, -1)];
  if (GROUPED.test(text)) text = text.replaceAll(/[\s\u00A0\u202F\u2009'’]/gu, "");
  if (!/\d/u.test(text)) return null;
  const dot = DOT.test(text) ? sign * Number(text.replaceAll(",", "")) : null;
  const comma = COMMA.test(text) ? sign * Number(text.replaceAll(".", "").replace(",", ".")) : null;
  return dot === null && comma === null ? null : { dot: finite(dot), comma: finite(comma) };
}

/** An amount of money with its sign or code taken off. */
export function stripMoney(text: string): string {
  return text.replaceAll(/[$€£¥₩₹₽₺₫฿]|[A-Z]{3}|zł|kr\.?|Kč|円|元|원/gu, "").trim();
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value + 0 : null;
}
