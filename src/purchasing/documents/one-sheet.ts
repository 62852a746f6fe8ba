/**
 * An Excel workbook (Office Open XML) of one sheet: a bold header that stays in view, rows below it, printed in
 * landscape. Texts are inline, so there is no table of shared ones.
 */
import { zipOf } from "./zip.ts";

export interface SheetColumn {
  readonly header: string;
  /** Characters. */
  readonly width: number;
  /** Of its numbers, such as `#,##0.00`; absent = as they are. */
  readonly format?: string;
}

type Cell = string | number | null;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const SHEET_NAME_LENGTH = 31;
/** Excel's own formats have the numbers below. */
const FIRST_FORMAT_ID = 164;
const BOLD_STYLE = 1;
const FIRST_FORMAT_STYLE = 2;

export function workbookOf(
  columns: readonly SheetColumn[],
  rows: readonly (readonly Cell[])[],
  sheetName: string,
): Uint8Array {
  const formats = [...new Set(columns.flatMap(({ format }) => format ?? []))];
  const styles = columns.map(({ format }) => (format === undefined ? 0 : FIRST_FORMAT_STYLE + formats.indexOf(format)));
  return zipOf({
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
    "_rels/.rels": relationships(["officeDocument", "xl/workbook.xml"]),
    "xl/workbook.xml": `${XML}<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets><sheet name="${attribute(asSheetName(sheetName))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships(["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]),
    "xl/styles.xml": stylesXml(formats),
    "xl/worksheets/sheet1.xml": sheetXml(columns, rows, styles),
  });
}

function relationships(...targets: readonly (readonly [type: string, path: string])[]): string {
  const all = targets.map(
    ([type, path], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${path}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.join("")}</Relationships>`;
}

/** Styles by number: 0 plain, 1 bold, then one for each format. */
function stylesXml(formats: readonly string[]): string {
  const named = formats.map(
    (format, at) => `<numFmt numFmtId="${FIRST_FORMAT_ID + at}" formatCode="${attribute(format)}"/>`,
  );
  const styles = [styleXml(0, 0), styleXml(0, 1), ...formats.map((_, at) => styleXml(FIRST_FORMAT_ID + at, 0))];
  const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>';
  return [
    `${XML}<styleSheet xmlns="${SHEETS}">`,
    formats.length === 0 ? "" : counted("numFmts", named),
    counted("fonts", [`<font>${font}</font>`, `<font><b/>${font}</font>`]),
    counted("fills", [
      '<fill><patternFill patternType="none"/></fill>',
      '<fill><patternFill patternType="gray125"/></fill>',
    ]),
    counted("borders", ["<border><left/><right/><top/><bottom/><diagonal/></border>"]),
    counted("cellStyleXfs", ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']),
    counted("cellXfs", styles),
    counted("cellStyles", ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']),
    "</styleSheet>",
  ].join("");
}

function styleXml(format: number, font: number): string {
  return `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
}

function counted(name: string, parts: readonly string[]): string {
  return `<${name} count="${parts.length}">${parts.join("")}</${name}>`;
}

function sheetXml(
  columns: readonly SheetColumn[],
  rows: readonly (readonly Cell[])[],
  styles: readonly number[],
): string {
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  const header = columns.map(({ header: text }, at) => cellXml(text, at, 1, BOLD_STYLE)).join("");
  const body = rows.map(
    (row, at) =>
      `<row r="${at + 2}">${row.map((value, column) => cellXml(value, column, at + 2, styles[column] ?? 0)).join("")}</row>`,
  );
  return [
    `${XML}<worksheet xmlns="${SHEETS}"><sheetViews><sheetView workbookViewId="0">`,
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    `<cols>${widths.join("")}</cols><sheetData><row r="1">${header}</row>`,
    ...body,
    '</sheetData><pageSetup orientation="landscape"/></worksheet>',
  ].join("");
}

function cellXml(value: Cell, column: number, row: number, style: number): string {
  if (value === null) return "";
  const place = `r="${columnName(column)}${row}"`;
  if (typeof value === "number") return `<c ${place} s="${style}"><v>${value}</v></c>`;
  const kept = style === BOLD_STYLE ? ` s="${style}"` : "";
  return `<c ${place}${kept} t="inlineStr"><is><t xml:space="preserve">${content(value)}</t></is></c>`;
}

/** A, B … Z, AA, AB … */
function columnName(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : columnName(Math.floor(at / 26) - 1) + last;
}

function asSheetName(text: string): string {
  return text.replaceAll(/[[\]*/\\?:]/g, " ").slice(0, SHEET_NAME_LENGTH);
}

function attribute(text: string): string {
  return content(text).replaceAll('"', "&quot;");
}

function content(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- XML knows no control characters but these three
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
  );
}
