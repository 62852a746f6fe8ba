/** A line under the periods that names what each of their columns counts: "Revenue" and "Units" under one month. */
import { readDate } from "../../dates/date-text.ts";
import { isWeekday } from "../../text/calendar-words.ts";
import { readNumber } from "../../text/number-text.ts";
import { plainText } from "../../text/words.ts";
import { headerText, type Head } from "../head.ts";
import { classOfHeader } from "../header-class.ts";

/**
 * Null = the first row under the header is no second line of names, or one that only says that units are counted or
 * what else the days are called: "Mon", "W45".
 */
export function secondHeaderProblem(head: Head, periods: readonly number[]): string | null {
  const [row] = head.rows;
  const start = Math.min(...periods);
  if (row === undefined) return null;
  const isUnnamed = head.headers
    .slice(0, start)
    .every((header, column) => ["", plainText(header)].includes(plainText(row.cells[column] ?? "")));
  const names = row.cells.slice(start).filter((cell) => cell !== "");
  const areNames = names.length >= 2 && names.every((cell) => /\p{L}/u.test(cell) && readNumber(cell) === null);
  const isClear = names.every(isOfDays) || names.every((name) => classOfHeader(name).class === "units");
  if (!isUnnamed || !areNames || isClear) return null;
  const first = headerText(head.headers, start);
  const shown = [...new Set(names)].slice(0, 3).map((name) => `"${name}"`);
  return (
    `Line ${row.line} under "${first}" to "${headerText(head.headers, periods.at(-1)!)}" names the columns once ` +
    `more: ${shown.join(", ")}. Write both names into one line, such as "${first} ${names[0]}".`
  );
}

function isOfDays(name: string): boolean {
  return isWeekday(name) || readDate(name, "none") !== null;
}
