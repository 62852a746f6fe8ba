/**
 * How a store writes numbers, money, days and times. The one home of formatting for pages, mails, Slack and what people
 * type.
 *
 * The words stay English whatever the locale; digits are 0 to 9, separated as the locale separates them. A day is a
 * number of the store's calendar (days since 1970-01-01), a moment is epoch ms.
 */
import { madeOnce } from "./made-once.ts";
import { withoutDust } from "./without-dust.ts";
import { DAY_MS } from "./durations.ts";

export interface Manner {
  /** IANA name; absent = UTC. */
  readonly timeZone?: string | undefined;
  /** BCP 47; absent = en. */
  readonly locale?: string | undefined;
  /** ISO 4217, of the money that is shown; absent or null = not set. */
  readonly currency?: string | null | undefined;
}

export interface Formats {
  readonly locale: string;
  readonly decimal: string;
  readonly group: string;
  /** `1,234.5`; never "-0". */
  quantity(value: number): string;
  /** For an input field: every digit, so that it is read back as the same. */
  typed(value: number): string;
  /** With the currency where one is known. */
  money(value: number, currency?: string): string;
  /** Of one unit: a tenth of a cent keeps its digits. */
  price(value: number): string;
  /** `Mon 23 Nov` of a day of the calendar; with its year where it is half a year or more from `now`. */
  date(day: number, now?: number): string;
  /** `Mon 23 Nov`, the store's day at a moment; with its year as above. */
  day(at: number, now?: number): string;
  /** `Mon 23 Nov, 16:30 CET`; with its year as above. */
  time(at: number, now?: number): string;
  /** `Mon 23 Nov 2026` of a day of the calendar: for what is sent and kept, such as an order to a supplier. */
  fullDate(day: number): string;
  /** `Mon 23 Nov 2026, 16:30 CET`. */
  fullTime(at: number): string;
}

const kept = new Map<string, Formats>();
/** More stores than one isolate serves at a time. */
const MOST_KEPT = 200;
const PRICE_DIGITS = 4;
/** The most that a format takes: more than a number has. */
const EVERY_DIGIT = 20;
/** A day of last year, or of next, is not read as one of this year. */
const FAR_MS = 180 * DAY_MS;

export function formatsOf(manner: Manner): Formats {
  const key = `${manner.locale ?? ""}|${manner.timeZone ?? ""}|${manner.currency ?? ""}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = makeFormats(manner);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, made);
  return made;
}

/** For a store that nobody described. */
export const PLAIN: Formats = formatsOf({});

function makeFormats({ timeZone = "UTC", locale: wanted = "en", currency: usual }: Manner): Formats {
  const locale = known(wanted, "en");
  const words = known(/^en-/i.test(locale) ? locale : "en-GB", "en-GB");
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6, numberingSystem: "latn" });
  const zoned = (options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(words, { ...options, timeZone: zone });
  const days = { weekday: "short", day: "numeric", month: "short" } as const;
  const calendar = zoned(days, "UTC");
  const localDay = zoned(days, timeZone);
  // Made on first use: only documents need them.
  const calendarYear = madeOnce(() => zoned({ ...days, year: "numeric" }, "UTC"));
  const localYear = madeOnce(() => zoned({ ...days, year: "numeric" }, timeZone));
  const exact = madeOnce(
    () => new Intl.NumberFormat(locale, { maximumFractionDigits: EVERY_DIGIT, numberingSystem: "latn" }),
  );
  const unitPrice = madeOnce(() => moneyFormat(locale, usual ?? "", PRICE_DIGITS));
  const clock = zoned({ hour: "2-digit", minute: "2-digit", timeZoneName: "short" }, timeZone);
  const monies = new Map<string, Intl.NumberFormat>();
  const dayWords = (format: Intl.DateTimeFormat, at: number): string => {
    const text = format.format(at);
    return words === "en-GB" ? text.replace(",", "") : text;
  };
  const parts = numbers.formatToParts(1_234_567.8);
  const decimal = parts.find(({ type }) => type === "decimal")?.value ?? ".";
  return {
    locale,
    decimal,
    group: parts.find(({ type }) => type === "group")?.value ?? ",",
    quantity: (value) => numbers.format(value === 0 ? 0 : Number(value.toPrecision(12))),
    typed: (value) => exact().format(withoutDust(value)),
    money(value, currency) {
      const code = currency ?? usual ?? "";
      let format = monies.get(code);
      if (format === undefined) monies.set(code, (format = moneyFormat(locale, code)));
      return format.format(value);
    },
    price: (value) => unitPrice().format(value),
    date: (day, now) => dayWords(isFar(day * DAY_MS, now) ? calendarYear() : calendar, day * DAY_MS),
    day: (at, now) => dayWords(isFar(at, now) ? localYear() : localDay, at),
    time: (at, now) => `${dayWords(isFar(at, now) ? localYear() : localDay, at)}, ${clock.format(at)}`,
    fullDate: (day) => dayWords(calendarYear(), day * DAY_MS),
    fullTime: (at) => `${dayWords(localYear(), at)}, ${clock.format(at)}`,
  };
}

function isFar(at: number, now = at): boolean {
  return Math.abs(at - now) >= FAR_MS;
}

const coinDigits = new Map<string, number>();

/**
 * Money rounded to the currency's smallest coin, as it is shown and paid. Rounded before they are added, the values of
 * lines add up to the sum that is shown below them.
 */
export function inCoins(value: number, currency: string | null | undefined): number {
  const code = currency ?? "";
  let digits = coinDigits.get(code);
  if (digits === undefined)
    coinDigits.set(code, (digits = moneyFormat("en", code).resolvedOptions().maximumFractionDigits ?? 2));
  return Math.round(withoutDust(value * 10 ** digits)) / 10 ** digits;
}

/** The currency's own digits, or up to `mostDigits` where the value has more. */
function moneyFormat(locale: string, currency: string, mostDigits = 0): Intl.NumberFormat {
  const options = { numberingSystem: "latn" } as const;
  try {
    if (currency !== "") {
      const money = { ...options, style: "currency", currency } as const;
      const usual = new Intl.NumberFormat(locale, money);
      return mostDigits <= (usual.resolvedOptions().maximumFractionDigits ?? 2)
        ? usual
        : new Intl.NumberFormat(locale, { ...money, maximumFractionDigits: mostDigits });
    }
  } catch {
    // An unknown currency code: the number is shown without it.
  }
  const maximumFractionDigits = Math.max(2, mostDigits);
  return new Intl.NumberFormat(locale, { ...options, minimumFractionDigits: 2, maximumFractionDigits });
}

function known(tag: string, other: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? other;
  } catch {
    return other;
  }
}
