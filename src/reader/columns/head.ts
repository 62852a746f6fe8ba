/** The header of a table and what its first rows show; roles are given to columns with their reasons. */
import type { FileQuestion, ReadColumn, Row } from "../types.ts";
import { plainText } from "../text/words.ts";
import { columnFacts, type ColumnFacts } from "./column-facts.ts";
import { classOfHeader, type ClassedHeader } from "./header-class.ts";

export interface Head {
  readonly headers: readonly string[];
  readonly classes: readonly ClassedHeader[];
  readonly facts: readonly ColumnFacts[];
  readonly rows: readonly Row[];
  /** Lines above the header, and the name of the sheet. */
  readonly titles: readonly string[];
}

export function headOf(header: readonly string[] | null, rows: readonly Row[], titles: readonly string[] = []): Head {
  const width = Math.max(header?.length ?? 0, ...rows.slice(0, 200).map((row) => row.cells.length));
  const headers = Array.from({ length: width }, (_, column) => header?.[column] ?? "");
  return {
    headers,
    classes: headers.map(classOfHeader),
    facts: headers.map((_, column) => columnFacts(rows, column)),
    rows,
    titles,
  };
}

/** Index of the column with this header or number (from 1); -1 for none. */
export function columnNamed(headers: readonly string[], name: string): number {
  const exact = headers.indexOf(name);
  if (exact >= 0) return exact;
  const plain = plainText(name);
  const alike = headers.findIndex((header) => header !== "" && plainText(header) === plain);
  if (alike >= 0) return alike;
  const number = /^\d{1,5}$/u.test(name) ? Number(name) : 0;
  return number >= 1 && number <= headers.length ? number - 1 : -1;
}

/** True where these columns show the same in every row. */
export function areAlike(head: Head, columns: readonly number[]): boolean {
  return head.rows.every((row) => columns.every((column) => row.cells[column] === row.cells[columns[0]!]));
}

export function headerText(headers: readonly string[], column: number): string {
  return headers[column] || `column ${column + 1}`;
}

/** The flag, quoted for a shell. */
export function flagFor(flag: string, headers: readonly string[], column: number): string {
  const header = headers[column] ?? "";
  const unique = header !== "" && headers.indexOf(header) === column;
  const value = unique ? header : String(column + 1);
  return `${flag} ${/^[\p{L}\p{N}_.-]+$/u.test(value) ? value : `"${value}"`}`;
}

/** Roles given so far; a column keeps the first one it is given. */
export class Roles {
  readonly #given = new Map<number, { role: string; why: string }>();

  give(column: number | null | undefined, role: string, why: string): void {
    if (column !== null && column !== undefined && column >= 0 && !this.#given.has(column))
      this.#given.set(column, { role, why });
  }

  isFree(column: number): boolean {
    return !this.#given.has(column);
  }

  list({ headers, classes, facts }: Head): ReadColumn[] {
    return headers.map((header, column) => {
      const given = this.#given.get(column) ?? leftover(classes[column]!, facts[column]!);
      return { column: column + 1, header, ...given };
    });
  }
}

function leftover({ class: name, word }: ClassedHeader, { filled }: ColumnFacts): { role: string; why: string } {
  if (filled === 0) return { role: "ignored", why: "blank in the first rows" };
  if (name === "money") return { role: "money", why: `"${word}" is money, never units` };
  if (name === "person") return { role: "ignored", why: `"${word}" is about people; it never leaves the file` };
  return {
    role: "ignored",
    why: name === "none" ? "its header says nothing that is needed" : `"${word}" is not needed here`,
  };
}

/** A part of the layout that may be decided, open or impossible. */
export interface Choice<T> {
  readonly value: T | null;
  readonly question?: FileQuestion;
  readonly problem?: string;
  readonly warning?: string;
}
