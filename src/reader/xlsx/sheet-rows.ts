/** The rows of one sheet as texts. */
import type { Row } from "../types.ts";
import { numberText, type CellFormat } from "./cell-formats.ts";
import { markedText } from "../text/number-text.ts";
import { readXml } from "./xml.ts";

export interface WorkbookFacts {
  readonly strings: readonly string[];
  readonly formats: readonly CellFormat[];
  readonly is1904: boolean;
}

/** Excel's own limit. */
const MOST_COLUMNS = 16_384;

export function sheetRows(xml: string, { strings, formats, is1904 }: WorkbookFacts): Row[] {
  const rows: { line: number; cells: string[] }[] = [];
  const merges: string[] = [];
  let cells: string[] = [];
  let line = 0;
  let column = -1;
  let type = "n";
  let style = 0;
  let text = "";
  let taking = false;
  let phonetic = false;
  readXml(xml, {
    open(name, attributes) {
      if (name === "row") {
        line = Number(attributes["r"] ?? line + 1);
        cells = [];
        column = -1;
      } else if (name === "c") {
        column = attributes["r"] === undefined ? column + 1 : columnOf(attributes["r"]);
        type = attributes["t"] ?? "n";
        style = Number(attributes["s"] ?? 0);
        text = "";
      } else if (name === "rPh") phonetic = true;
      else if ((name === "v" || name === "t") && !phonetic) taking = true;
      else if (name === "mergeCell") merges.push(attributes["ref"] ?? "");
    },
    text(part) {
      if (taking) text += part;
    },
    close(name) {
      if (name === "v" || name === "t") taking = false;
      else if (name === "rPh") phonetic = false;
      else if (name === "c" && column >= 0 && column < MOST_COLUMNS && text !== "") {
        while (cells.length < column) cells.push("");
        cells[column] = cellText(type, text, strings, formats[style], is1904).trim();
      } else if (name === "row" && cells.some((cell) => cell !== "")) rows.push({ line, cells });
    },
  });
  fillDown(rows, merges);
  return rows;
}

function cellText(
  type: string,
  text: string,
  strings: readonly string[],
  format: CellFormat | undefined,
  is1904: boolean,
): string {
  if (type === "s") return markedText(strings[Number(text)]?.trim() ?? "");
  if (type === "n") return numberText(text, format, is1904);
  if (type === "d") return text.slice(0, 10);
  return type === "str" || type === "inlineStr" ? markedText(text.trim()) : text;
}

/** A name merged over several rows applies to each of them. Titles merged over columns stay where they are. */
function fillDown(rows: readonly { readonly line: number; cells: string[] }[], merges: readonly string[]): void {
  const byLine = new Map(rows.map((row) => [row.line, row]));
  for (const merge of merges) {
    const match = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/u.exec(merge);
    if (match === null || match[1] !== match[3]) continue;
    const column = columnOf(match[1] ?? "");
    const value = byLine.get(Number(match[2]))?.cells[column] ?? "";
    for (let line = Number(match[2]) + 1; line <= Number(match[4]); line++) {
      const cells = byLine.get(line)?.cells;
      if (cells === undefined || value === "") continue;
      while (cells.length <= column) cells.push("");
      cells[column] = value;
    }
  }
}

/** 0 of `A1`, 27 of `AB7`. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}
