/** The text of a CSV file as spreadsheets write it. */
import { readFileSync } from "node:fs";

/**
 * UTF-8, or UTF-16 where a mark at its beginning says so ("Unicode text" in Excel). Bytes that are no UTF-8 are those of
 * Excel's plain CSV in Western Europe: read as something else, two names would become one.
 */
export function readCsvText(path: string): string {
  const bytes = readFileSync(path);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
