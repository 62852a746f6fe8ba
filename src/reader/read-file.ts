/** Reads a file: one reading for a text, one for each sheet of a workbook that is not empty. */
import { refusal, readTable } from "./read-table.ts";
import { CsvSplitter } from "./text/csv-splitter.ts";
import { delimiterOf, isDeclaration } from "./text/delimiter.ts";
import { encodingOf, textOf, type Encoding } from "./text/encoding.ts";
import { ReadProblem, type FileSource, type ReaderOptions, type ReadResult, type Row, type Table } from "./types.ts";

/** Enough to recognise the delimiter. */
const HEAD_CHARACTERS = 64 * 1_024;

export async function readFile(source: FileSource, options: ReaderOptions): Promise<ReadResult[]> {
  try {
    const start = await startOf(source);
    if (start.length === 0) throw new ReadProblem("the file is empty.");
    if (isZip(start)) {
      const { workbookTables } = await import("./xlsx/workbook.ts");
      const tables = await workbookTables(source, options.sheet);
      return await Promise.all(tables.map((table) => readTable(table, options)));
    }
    if (start[0] === 0xd0 && start[1] === 0xcf)
      throw new ReadProblem("this is an old Excel file (.xls). Save it as .xlsx or CSV.");
    if (start[0] === 0x25 && start[1] === 0x50) throw new ReadProblem("this is a PDF. Export the list as CSV or XLSX.");
    const other = otherFormat(start);
    if (other !== null) throw new ReadProblem(other);
    return [await readTable(await textTable(source), options)];
  } catch (error) {
    if (!(error instanceof ReadProblem)) throw error;
    return [refusal({ file: source.name, sheet: null, encoding: null, delimiter: null, notes: [] }, error.message)];
  }
}

/** Throws a ReadProblem for bytes that are not text. */
async function textTable(source: FileSource): Promise<Table> {
  const { encoding, note } = await encodingOf(source);
  const head = await headOfText(source, encoding);
  const delimiter = delimiterOf(head);
  return {
    file: source.name,
    sheet: null,
    encoding,
    delimiter: delimiter.mark,
    notes: note === null ? [] : [note],
    typed: false,
    async *slices() {
      const splitter = new CsvSplitter(delimiter.mark);
      for await (const text of textOf(source, encoding)) yield withoutDeclaration(splitter.push(text), delimiter.mark);
      yield withoutDeclaration(splitter.end(), delimiter.mark);
    },
  };
}

function withoutDeclaration(rows: readonly Row[], mark: string): readonly Row[] {
  const [first] = rows;
  return first?.line === 1 && isDeclaration(first.cells, mark) ? rows.slice(1) : rows;
}

async function headOfText(source: FileSource, encoding: Encoding): Promise<string> {
  let head = "";
  for await (const text of textOf(source, encoding)) {
    head += text;
    if (head.length >= HEAD_CHARACTERS) break;
  }
  return head.slice(0, HEAD_CHARACTERS);
}

async function startOf(source: FileSource): Promise<Uint8Array> {
  for await (const slice of source.slices()) if (slice.length > 0) return slice;
  return new Uint8Array();
}

/** A text that is no table of cells; null for one that may be. */
function otherFormat(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 200))
    .trimStart()
    .toLowerCase();
  if (/^(?:<!doctype|<html|<\?xml|<table|<workbook)/u.test(start))
    return "this is a page (HTML or XML), even if its name ends in .xls. Open it in Excel and save it as .xlsx or CSV.";
  return /^(?:\[\s*)?\{\s*"/u.test(start) ? "this is JSON. Export the list as CSV or XLSX." : null;
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}
