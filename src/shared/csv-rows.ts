/**
 * Cells of a CSV text with the line they are on (RFC 4180 quoting; comma, semicolon or tab). No library is used,
 * because errors must name the line and column that a person sees in the file, even with quoted line breaks.
 */

export interface CsvRow {
  /** Line of the file the row begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Cells as they are in the file, by index, where that differs: names must not begin or end with white space. */
  readonly padded: ReadonlyMap<number, string> | null;
}

/** An error a person can find: line and column count from 1, as in a spreadsheet. */
export class CsvError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(line: number, column: number, message: string) {
    super(`line ${line}, column ${column}: ${message}`);
    this.name = "CsvError";
    this.line = line;
    this.column = column;
  }
}

/** The separator that the header line uses most. */
function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/\r?\n|$/u));
  const counted = [",", ";", "\t"].map((mark) => ({ mark, count: header.split(mark).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

/** Rows of trimmed cells; blank lines are skipped. */
export function* csvRows(text: string): Generator<CsvRow> {
  const separator = separatorOf(text);
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  let line = 1;
  let at = 0;
  while (at < body.length) {
    const startedOn = line;
    const cells: string[] = [];
    let padded: Map<number, string> | null = null;
    let ended = false;
    while (!ended) {
      let cell = "";
      if (body[at] === '"') {
        const quoted = quotedCell(body, at, startedOn, cells.length + 1);
        cell = quoted.cell;
        line += cell.split("\n").length - 1;
        at = quoted.next;
      }
      const from = at;
      while (at < body.length && body[at] !== separator && body[at] !== "\n") at++;
      ended = body[at] !== separator;
      // The CR of CRLF ends the line.
      const end = ended && at > from && body[at - 1] === "\r" ? at - 1 : at;
      const written = cell + body.slice(from, end);
      const trimmed = written.trim();
      if (trimmed !== "" && trimmed !== written) (padded ??= new Map()).set(cells.length, written);
      cells.push(trimmed);
      at++;
    }
    line++;
    if (cells.some((cell) => cell !== "")) yield { line: startedOn, cells, padded };
  }
}

function quotedCell(body: string, start: number, line: number, column: number): { cell: string; next: number } {
  let cell = "";
  let at = start + 1;
  for (;;) {
    const close = body.indexOf('"', at);
    if (close < 0) throw new CsvError(line, column, "a quotation mark is never closed");
    cell += body.slice(at, close);
    if (body[close + 1] !== '"') return { cell, next: close + 1 };
    cell += '"';
    at = close + 2;
  }
}
