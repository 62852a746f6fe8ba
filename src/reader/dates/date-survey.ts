/** Judges a column of dates as a whole: the order of its numbers, and then the day of each text. */
import type { DateOrder, Period, FileQuestion, ReaderOptions } from "../types.ts";
import type { DateText } from "./date-parts.ts";
import { figuresOf, isUtcMoment, readDate, type BareNumbers } from "./date-text.ts";
import { dayOfIso, isoDay } from "../../shared/calendar-dates.ts";

const ORDERS = ["dmy", "mdy", "ymd"] as const;
const ORDER_WORDS: Readonly<Record<DateOrder, string>> = {
  dmy: "day, month, year",
  mdy: "month, day, year",
  ymd: "year, month, day",
};
/** Most texts kept parsed: dates repeat, but a column without dates must not fill the memory. */
const MOST_KEPT = 200_000;
/** Dates of sales cannot be later than this. */
const LATEST_AFTER_TODAY_DAYS = 31;

export interface DateVerdict {
  readonly order: DateOrder | null;
  readonly format: string | null;
  readonly question: FileQuestion | null;
  /** Two dates contradict each other. */
  readonly problem: string | null;
}

export class DateSurvey {
  readonly #bare: BareNumbers;
  readonly #latest: number;
  readonly #kept = new Map<string, DateText | null>();
  readonly #possible: Record<DateOrder, boolean> = { dmy: true, mdy: true, ymd: true };
  /** Orders that put some sales in the future; another possible order is preferred. */
  readonly #inFuture: Record<DateOrder, boolean> = { dmy: false, mdy: false, ymd: false };
  /** A text that each impossible order cannot read. */
  readonly #against: Partial<Record<DateOrder, string>> = {};
  readonly #periods = new Map<Period, number>();
  /** Texts that could be of two periods. */
  #twofold = 0;
  #twofoldExample: (Extract<DateText, { kind: "exact" }> & { text: string }) | null = null;
  /** The other period is meant, by the header or by the person. */
  #takesOther = false;
  readonly #formats = new Map<string, number>();
  #example: string | null = null;
  #allDotted = true;
  #order: DateOrder | null = null;
  partial: Extract<DateText, { kind: "partial" }> | null = null;
  unreadable: string | null = null;
  /** A moment in UTC. */
  utc: string | null = null;
  read = 0;

  constructor(options: ReaderOptions, bare: BareNumbers) {
    this.#bare = bare;
    this.#latest = (dayOfIso(options.today) ?? 0) + LATEST_AFTER_TODAY_DAYS;
  }

  add(text: string): void {
    if (text === "" || this.#kept.has(text)) return;
    const date = readDate(text, this.#bare);
    if (this.#kept.size < MOST_KEPT) this.#kept.set(text, date);
    if (date === null) {
      this.unreadable ??= text;
      return;
    }
    if (date.kind === "partial") {
      this.partial ??= date;
      return;
    }
    this.read++;
    if (this.utc === null && isUtcMoment(text)) this.utc = text;
    if (date.kind === "exact") {
      if (date.other !== undefined) {
        this.#twofold++;
        this.#twofoldExample ??= { ...date, text };
      }
      this.#periods.set(date.period, (this.#periods.get(date.period) ?? 0) + 1);
      this.#formats.set(date.format, (this.#formats.get(date.format) ?? 0) + 1);
      return;
    }
    this.#example ??= text;
    this.#allDotted &&= date.dotted;
    this.#periods.set(date.period, (this.#periods.get(date.period) ?? 0) + 1);
    for (const order of ORDERS) {
      const day = date.days[order];
      if (day === null) {
        this.#possible[order] = false;
        this.#against[order] ??= text;
      } else if (day > this.#latest) this.#inFuture[order] = true;
    }
  }

  /** The period that the texts themselves name; null for days. Call `verdict` first. */
  get period(): Period {
    if (this.#takesOther) return this.#twofoldExample?.other?.period ?? "day";
    let [period, most]: [Period, number] = ["day", 0];
    for (const [one, count] of this.#periods) if (count > most) [period, most] = [one, count];
    return period;
  }

  /** `hint` is the period that the header names. */
  verdict({ dateOrder, period }: ReaderOptions, hint: Period | null = null): DateVerdict {
    const twofold = this.#periodQuestion(period ?? hint);
    if (twofold !== null) return { order: null, format: null, question: twofold, problem: null };
    const format = [...this.#formats].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
    if (this.#example === null) return { order: null, format, question: null, problem: null };
    const possible = ORDERS.filter((order) => this.#possible[order]);
    const past = possible.filter((order) => !this.#inFuture[order]);
    const only = possible.length === 1 ? possible[0]! : past.length === 1 ? past[0]! : null;
    const telling = this.#telling(possible);
    const chosen =
      dateOrder ??
      only ??
      this.#conventional(past.length > 0 ? past : possible) ??
      (telling === null && this.#kept.size < MOST_KEPT ? (possible[0] ?? null) : null);
    this.#order = chosen;
    if (chosen !== null)
      return { order: chosen, format: formatOf(this.#example, chosen), question: null, problem: null };
    if (possible.length === 0) {
      const proofs = ORDERS.slice(0, 2).map(
        (order) => `"${this.#against[order]}" is no date in the order ${ORDER_WORDS[order]}`,
      );
      return {
        order: null,
        format,
        question: null,
        problem:
          `The dates are not all in one order: ${proofs.join("; ")}. Write them as 2026-01-31, or choose with ` +
          "--date-order.",
      };
    }
    return { order: null, format, question: this.#question(possible, telling ?? this.#example), problem: null };
  }

  /** Null for a text that is not a date in the chosen order. Call `verdict` first. */
  dayOf(text: string): { readonly day: number; readonly period: Period } | null {
    let date = this.#kept.get(text);
    if (date === undefined) date = readDate(text, this.#bare);
    if (date === null || date.kind === "partial") return null;
    if (date.kind === "exact") {
      const { other } = date;
      if (!this.#takesOther) return { day: date.day, period: date.period };
      return other === undefined || other.period === null ? null : { day: other.day, period: other.period };
    }
    const day = date.days[this.#order ?? "dmy"];
    return day === null ? null : { day, period: date.period };
  }

  /** Dates with dots and a full year have the day first everywhere. */
  #conventional(possible: readonly DateOrder[]): DateOrder | null {
    return this.#allDotted && possible.includes("dmy") && !possible.includes("ymd") ? "dmy" : null;
  }

  /** Null when the column's texts have one reading: by the period that is meant, or by those that have no other. */
  #periodQuestion(meant: Period | null): FileQuestion | null {
    const example = this.#twofoldExample;
    if (example?.other === undefined) return null;
    const { period, text, day, other } = example;
    if (meant !== null || this.#twofold < (this.#periods.get(period) ?? 0)) {
      this.#takesOther = meant !== null && meant === other.period && meant !== period;
      return null;
    }
    return {
      about: "period",
      text:
        `What is "${text}"?` + (other.period === null ? ` If it is the ${other.means}, export months or finer.` : ""),
      choices: [
        { flag: `--period ${period}`, means: `the ${period} of ${isoDay(day)}` },
        ...(other.period === null ? [] : [{ flag: `--period ${other.period}`, means: other.means }]),
      ],
    };
  }

  /** A text that is another day in each order, such as 01/02/2026; null where the order does not matter. */
  #telling(possible: readonly DateOrder[]): string | null {
    for (const [text, date] of this.#kept)
      if (date?.kind === "ordered" && new Set(possible.map((order) => date.days[order])).size > 1) return text;
    return null;
  }

  #question(possible: readonly DateOrder[], example: string): FileQuestion {
    const date = readDate(example, this.#bare);
    return {
      about: "date_order",
      text: `Which day is "${example}"?`,
      choices: possible.map((order) => ({
        flag: `--date-order ${order}`,
        means: `${ORDER_WORDS[order]}: ${date?.kind === "ordered" ? isoDay(date.days[order] ?? 0) : ""}`,
      })),
    };
  }
}

function formatOf(example: string, order: DateOrder): string {
  const figures = figuresOf(example);
  const mark = /[^\d]/u.exec(figures)?.[0] ?? "/";
  const longYear = /\d{4}/u.test(figures);
  return {
    dmy: ["dd", "mm", longYear ? "yyyy" : "yy"],
    mdy: ["mm", "dd", longYear ? "yyyy" : "yy"],
    ymd: ["yy", "mm", "dd"],
  }[order].join(mark);
}
