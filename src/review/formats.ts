/**
 * How a store writes numbers, money, days and times. The one home of formatting for pages, mails, Slack and what people
 * type.
 *
 * The words stay English whatever the locale; digits are 0 to 9, separated as the locale separates them. A day is a
 * number of the store's calendar (days since 1970-01-01), a moment is epoch ms.
 */
export interface Manner {
  /** IANA name; absent = UTC. */
  readonly timeZone?: string | undefined;
  /** BCP 47; absent = en. */
  readonly locale?: string | undefined;
  /** ISO 4217, of the money that is shown; absent = not set. */
  readonly currency?: string | undefined;
}

export interface Formats {
  readonly locale: string;
  readonly decimal: string;
  readonly group: string;
  /** `1,234.5`; never "-0". */
  quantity(value: number): string;
  /** With the currency where one is known. */
  money(value: number, currency?: string): string;
  /** `Mon 23 Nov` of a day of the calendar. */
  date(day: number): string;
  /** `Mon 23 Nov`, the store's day at a moment. */
  day(at: number): string;
  /** `Mon 23 Nov, 16:30 CET`. */
  time(at: number): string;
}

const DAY_MS = 86_400_000;
const kept = new Map<string, Formats>();
/** More stores than one isolate serves at a time. */
const MOST_KEPT = 200;

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
  const clock = zoned({ hour: "2-digit", minute: "2-digit", timeZoneName: "short" }, timeZone);
  const monies = new Map<string, Intl.NumberFormat>();
  const dayWords = (format: Intl.DateTimeFormat, at: number): string => {
    const text = format.format(at);
    return words === "en-GB" ? text.replace(",", "") : text;
  };
  const parts = numbers.formatToParts(1_234_567.8);
  return {
    locale,
    decimal: parts.find(({ type }) => type === "decimal")?.value ?? ".",
    group: parts.find(({ type }) => type === "group")?.value ?? ",",
    quantity: (value) => numbers.format(value === 0 ? 0 : Number(value.toPrecision(12))),
    money(value, currency = usual) {
      const code = currency ?? "";
      let format = monies.get(code);
      if (format === undefined) monies.set(code, (format = moneyFormat(locale, code)));
      return format.format(value);
    },
    date: (day) => dayWords(calendar, day * DAY_MS),
    day: (at) => dayWords(localDay, at),
    time: (at) => `${dayWords(localDay, at)}, ${clock.format(at)}`,
  };
}

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const options = { numberingSystem: "latn" } as const;
  try {
    if (currency !== "") return new Intl.NumberFormat(locale, { ...options, style: "currency", currency });
  } catch {
    // An unknown currency code: the number is shown without it.
  }
  return new Intl.NumberFormat(locale, { ...options, minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function known(tag: string, other: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? other;
  } catch {
    return other;
  }
}
