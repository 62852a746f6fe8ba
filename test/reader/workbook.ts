/** Small workbooks for tests, written as Excel writes them. */
import { strToU8, zipSync } from "fflate";

export type Cell =
  | string
  | number
  | { readonly date: number }
  | { readonly month: number }
  | { readonly digits: number }
  | null;

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly merges?: readonly string[];
  readonly hidden?: boolean;
}

export function workbook(
  sheets: readonly Sheet[],
  { date1904 = false, extra = {} as Record<string, string> } = {},
): Uint8Array {
  const strings: string[] = [];
  const parts: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr${date1904 ? ' date1904="1"' : ""}/><sheets>${sheets
      .map(
        ({ name, hidden }, index) =>
          `<sheet name="${escaped(name)}" sheetId="${index + 7}"${hidden === true ? ' state="hidden"' : ""} ` +
          `r:id="rId${index + 1}"/>`,
      )
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${sheets
      .map((_, index) => `<Relationship Id="rId${index + 1}" Target="worksheets/sheet${index + 1}.xml"/>`)
      .join("")}</Relationships>`,
    "xl/styles.xml":
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="mmm\\-yy"/><numFmt numFmtId="165" ' +
      'formatCode="00000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf ' +
      'numFmtId="165"/></cellXfs></styleSheet>',
  };
  sheets.forEach(({ rows, merges = [] }, index) => {
    const xml = rows
      .map((cells, row) => {
        const inside = cells.map((cell, column) => cellXml(cell, `${letters(column)}${row + 1}`, strings));
        return `<row r="${row + 1}">${inside.join("")}</row>`;
      })
      .join("");
    const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("");
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      `<worksheet><sheetData>${xml}</sheetData><mergeCells>${merged}</mergeCells></worksheet>`;
  });
  parts["xl/sharedStrings.xml"] =
    `<sst>${strings.map((text) => `<si><t>${escaped(text)}</t><rPh><t>furigana</t></rPh></si>`).join("")}</sst>`;
  return zipSync(
    Object.fromEntries(Object.entries({ ...parts, ...extra }).map(([name, text]) => [name, strToU8(text)])),
  );
}

/** Excel's number of a day. */
export function serial(iso: string): number {
  return Date.parse(iso) / 86_400_000 + 25_569;
}

function cellXml(cell: Cell, reference: string, strings: string[]): string {
  if (cell === null) return "";
  if (typeof cell === "number") return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === "string") {
    strings.push(cell);
    return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`;
  }
  const [style, value] = "date" in cell ? [1, cell.date] : "month" in cell ? [2, cell.month] : [3, cell.digits];
  return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
