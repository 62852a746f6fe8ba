/** Judges columns of numbers as a whole: the decimal mark of the file, and then the value of each text. */
import type { DecimalMark, FileQuestion, ReaderOptions } from "../types.ts";
import { readNumber, TEXT_MARK } from "./number-text.ts";

export class NumberSurvey {
  /** Numbers that are valid with one mark only. */
  #dot = 0;
  #comma = 0;
  #ambiguous: string | null = null;
  #mark: DecimalMark | null = null;
  /** Cells are numbers already, but for texts that `textMark` marks. */
  readonly #typed: boolean;

  constructor(typed: boolean) {
    this.#typed = typed;
  }

  /** `judged`: the value matters; other columns only show which mark the file uses. */
  add(text: string, judged: boolean): void {
    if (!/[.,]/u.test(text)) return;
    const number = readNumber(text);
    if (number === null) return;
    if (number.comma === null) this.#dot++;
    else if (number.dot === null) this.#comma++;
    else if (number.dot !== number.comma && judged && this.#isText(text)) this.#ambiguous ??= text;
  }

  /** A question when some number has two readings and no other number decides. */
  decide({ decimalMark }: ReaderOptions): FileQuestion | null {
    if (decimalMark !== undefined) this.#mark = decimalMark;
    // Numbers of cells are written with a point, which says nothing about texts.
    else if (!this.#typed && this.#dot > 0 && this.#comma === 0) this.#mark = "dot";
    else if (this.#comma > 0 && (this.#typed || this.#dot === 0)) this.#mark = "comma";
    if (this.#mark !== null || this.#ambiguous === null) return null;
    const number = readNumber(this.#ambiguous);
    return {
      about: "decimal_mark",
      text: `How many are "${this.#ambiguous.replace(TEXT_MARK, "")}"?`,
      choices: [
        { flag: "--decimal-mark dot", means: `${number?.dot}: the point is the decimal mark` },
        { flag: "--decimal-mark comma", means: `${number?.comma}: the comma is the decimal mark` },
      ],
    };
  }

  /** Null for a text that is not a number. Call `decide` first. */
  valueOf(text: string): number | null {
    const number = readNumber(text);
    if (number === null) return null;
    if (number.dot === null || number.comma === null) return number.dot ?? number.comma;
    return this.#mark === "comma" && this.#isText(text) ? number.comma : number.dot;
  }

  /** What the cells of these columns add up to; one that is no number adds nothing. */
  sumOf(cells: readonly string[], columns: readonly number[]): number {
    return columns.reduce((sum, column) => sum + (this.valueOf(cells[column] ?? "") ?? 0), 0);
  }

  #isText(text: string): boolean {
    return !this.#typed || text.startsWith(TEXT_MARK);
  }
}
