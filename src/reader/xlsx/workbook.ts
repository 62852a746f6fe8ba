/** The sheets of a workbook as tables. */
import { ReadProblem, type FileSource, type Row, type Table } from "../types.ts";
import { cellFormats } from "./cell-formats.ts";
import { sheetRows, type WorkbookFacts } from "./sheet-rows.ts";
import { unzipXml } from "./unzip.ts";
import { readXml } from "./xml.ts";

/** Rows per slice. */
const SLICE_ROWS = 5_000;

interface Sheet {
  readonly name: string;
  readonly path: string;
  readonly hidden: boolean;
}

/** Skips empty and hidden sheets. Throws a ReadProblem. */
export async function workbookTables(source: FileSource, wanted: string | undefined): Promise<Table[]> {
  const parts = await unzipXml(source);
  const workbook = parts.get("xl/workbook.xml");
  if (workbook === undefined)
    throw new ReadProblem("this is a ZIP file, and no Excel workbook (.xlsx). Unpack it first.");
  const { sheets, is1904 } = sheetsOf(workbook, parts.get("xl/_rels/workbook.xml.rels") ?? "");
  const chosen =
    wanted === undefined ? sheets.filter((sheet) => !sheet.hidden) : sheets.filter((sheet) => sheet.name === wanted);
  if (chosen.length === 0) {
    const names = sheets.map((sheet) => `"${sheet.name}"`).join(", ");
    throw new ReadProblem(
      wanted === undefined
        ? "the workbook has no sheet that is shown."
        : `--sheet: no sheet is called "${wanted}". There are ${names}.`,
    );
  }
  const facts: WorkbookFacts = {
    strings: sharedStrings(parts.get("xl/sharedStrings.xml")),
    formats: cellFormats(parts.get("xl/styles.xml")),
    is1904,
  };
  const tables = chosen.flatMap(({ name, path }) => {
    const xml = parts.get(path);
    if (xml === undefined)
      throw new ReadProblem("the workbook is damaged: a sheet is missing. Open it, save it again, and send that.");
    const rows = sheetRows(xml, facts);
    return rows.length === 0 ? [] : [tableOf(source.name, name, rows)];
  });
  if (tables.length === 0) throw new ReadProblem("the workbook is empty.");
  return tables;
}

function tableOf(file: string, sheet: string, rows: readonly Row[]): Table {
  return {
    file,
    sheet,
    encoding: null,
    delimiter: null,
    notes: [],
    typed: true,
    async *slices() {
      for (let at = 0; at < rows.length; at += SLICE_ROWS) yield rows.slice(at, at + SLICE_ROWS);
    },
  };
}

function sheetsOf(workbook: string, relations: string): { sheets: Sheet[]; is1904: boolean } {
  const targets = new Map<string, string>();
  if (relations !== "")
    readXml(relations, {
      open(name, { Id, Target }) {
        if (name === "Relationship" && Id !== undefined && Target !== undefined)
          targets.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target.replace(/^\.\//u, "")}`);
      },
    });
  const sheets: Sheet[] = [];
  let is1904 = false;
  readXml(workbook, {
    open(name, attributes) {
      if (name === "workbookPr") is1904 = /^(?:1|true)$/u.test(attributes["date1904"] ?? "");
      if (name !== "sheet") return;
      const path = targets.get(attributes["id"] ?? "") ?? `xl/worksheets/sheet${sheets.length + 1}.xml`;
      sheets.push({ name: attributes["name"] ?? "", path, hidden: (attributes["state"] ?? "visible") !== "visible" });
    },
  });
  return { sheets, is1904 };
}

function sharedStrings(xml: string | undefined): string[] {
  const strings: string[] = [];
  if (xml === undefined) return strings;
  let text = "";
  let taking = false;
  let phonetic = false;
  readXml(xml, {
    open(name) {
      if (name === "si") text = "";
      else if (name === "rPh") phonetic = true;
      else if (name === "t") taking = !phonetic;
    },
    text(part) {
      if (taking) text += part;
    },
    close(name) {
      if (name === "t") taking = false;
      else if (name === "rPh") phonetic = false;
      else if (name === "si") strings.push(text);
    },
  });
  return strings;
}
