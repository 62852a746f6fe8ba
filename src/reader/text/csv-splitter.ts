/**
 * Rows of a delimited text that comes in slices (RFC 4180 quoting). No library is used, because rows must carry the
 * line that a person sees in the file, even with quoted line breaks, and a slice may end anywhere.
 */
import { ReadProblem, type Row } from "../types.ts";

/** A quoted cell longer than this means that a quotation mark is never closed. */
const LONGEST_CELL = 200_000;

export class CsvSplitter {
  readonly #delimiter: string;
  #rest = "";
  #line = 1;
  #first = true;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Throws a ReadProblem for a quotation mark that is never closed. */
  push(text: string): Row[] {
    if (text === "") return [];
    let body = this.#rest + text;
    if (this.#first) {
      this.#first = false;
      if (body.startsWith("\uFEFF")) body = body.slice(1);
    }
    return this.#split(body, false);
  }

  end(): Row[] {
    return this.#split(this.#rest, true);
  }

  #split(body: string, isEnd: boolean): Row[] {
    const rows: Row[] = [];
    let at = 0;
    while (at < body.length) {
      const lineEnd = lineEndFrom(body, at, isEnd);
      if (lineEnd < 0) break;
      const text = body.slice(at, lineEnd);
      if (!text.includes('"')) {
        this.#add(rows, text.split(this.#delimiter), this.#line);
        this.#line++;
        at = pastLineEnd(body, lineEnd);
        continue;
      }
      const quoted = this.#quotedRow(body, at, isEnd);
      if (quoted === null) break;
      this.#add(rows, quoted.cells, this.#line);
      this.#line += quoted.lines;
      at = quoted.next;
    }
    this.#rest = body.slice(at);
    if (isEnd) this.#rest = "";
    return rows;
  }

  #add(rows: Row[], cells: readonly string[], line: number): void {
    const trimmed = cells.map((cell) => cell.trim());
    if (trimmed.some((cell) => cell !== "")) rows.push({ line, cells: trimmed });
  }

  /** Null when the row goes on in the next slice. */
  #quotedRow(body: string, start: number, isEnd: boolean): { cells: string[]; lines: number; next: number } | null {
    const cells: string[] = [];
    let at = start;
    let lines = 1;
    for (;;) {
      let cell = "";
      const opening = skipSpaces(body, at);
      if (body[opening] === '"') {
        const closed = this.#quotedCell(body, opening, isEnd, this.#line + lines - 1);
        if (closed === null) return null;
        cell = closed.cell;
        lines += countBreaks(cell);
        at = closed.next;
      }
      const from = at;
      while (at < body.length && body[at] !== this.#delimiter && body[at] !== "\n" && body[at] !== "\r") at++;
      if (at >= body.length && !isEnd) return null;
      cells.push(cell + body.slice(from, at));
      if (body[at] === this.#delimiter) at++;
      else if (body[at] === "\r" && at + 1 >= body.length && !isEnd) return null;
      else return { cells, lines, next: pastLineEnd(body, at) };
    }
  }

  #quotedCell(body: string, start: number, isEnd: boolean, line: number): { cell: string; next: number } | null {
    let cell = "";
    let at = start + 1;
    for (;;) {
      const close = body.indexOf('"', at);
      if (close < 0 || close - start > LONGEST_CELL) {
        if (isEnd || body.length - start > LONGEST_CELL)
          throw new ReadProblem("a quotation mark is opened and never closed", line);
        return null;
      }
      if (close + 1 >= body.length && !isEnd) return null;
      cell += body.slice(at, close);
      if (body[close + 1] !== '"') return { cell, next: close + 1 };
      cell += '"';
      at = close + 2;
    }
  }
}

/** Where the line ends; -1 when it goes on in the next slice. A lone carriage return ends one, too. */
function lineEndFrom(body: string, at: number, isEnd: boolean): number {
  const feed = body.indexOf("\n", at);
  const stop = feed < 0 ? body.length : feed;
  const back = body.slice(at, stop).indexOf("\r");
  if (back >= 0) return at + back + 1 < body.length || isEnd ? at + back : -1;
  if (feed >= 0) return feed;
  return isEnd ? body.length : -1;
}

function pastLineEnd(body: string, at: number): number {
  return body[at] === "\r" && body[at + 1] === "\n" ? at + 2 : at + 1;
}

function skipSpaces(body: string, from: number): number {
  let at = from;
  while (body[at] === " ") at++;
  return at;
}

function countBreaks(text: string): number {
  return (text.match(/\r\n|\r|\n/gu) ?? []).length;
}
