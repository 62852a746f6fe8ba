/** How numbers, times and reasons are worded for a buyer; mail, Slack and page use the same words. */
import { chance } from "../replenishment/words/numbers.ts";
import type { ReviewReason } from "../workflow/review.ts";
import type { Formats } from "../shared/formats.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../shared/durations.ts";

/** Never 0 and never 100 %: a share comes from a simulation, or from few cases. */
export function percentText(fraction: number): string {
  return chance(fraction);
}

/** Prose for a page, where a number and its percent sign stay on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(/(\d) %/gu, "$1\u00a0%");
}

/** A number in a sentence: no part of a name, an address, a date or a time. */
const NUMBER = /(?<![\p{L}\p{N}_.:/#-])(-?\d+)(?:\.(\d+))?(?![\p{L}\p{N}_]|[.:/-]\d)/gu;
const DAY_OR_MOMENT = /(?<![\p{N}-])\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?(?![\p{N}-])/gu;
/** Of a date or an event's name, such as Expo 2027. */
const YEAR = /^(19|20)\d\d$/u;

/**
 * Writes the numbers and days of a decision's sentences as the store does. The sentences are kept as the API answers
 * them, with a decimal point, and in many places 1.250 is read as one thousand two hundred and fifty.
 */
export function proseOf(text: string, { quantity, decimal, fullDate, time }: Formats): string {
  return text
    .replaceAll(NUMBER, (kept, whole: string, fraction?: string) => {
      if (fraction === undefined && YEAR.test(whole)) return kept;
      const units = Math.abs(Number(whole)) < 1_000 ? whole : quantity(Number(whole));
      return fraction === undefined ? units : units + decimal + fraction;
    })
    .replaceAll(DAY_OR_MOMENT, (kept, clock?: string) => {
      const at = Date.parse(kept);
      if (Number.isNaN(at)) return kept;
      return clock === undefined ? fullDate(at / DAY_MS) : time(at);
    });
}

/** `3 h 20 min`, `2 days 4 h`, `under a minute`: two units at most. */
export function durationText(ms: number): string {
  if (ms < MINUTE_MS) return "under a minute";
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) {
    const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
    return `${Math.floor(ms / HOUR_MS)} h${minutes > 0 ? ` ${minutes} min` : ""}`;
  }
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  return `${Math.floor(ms / DAY_MS)} days${hours > 0 ? ` ${hours} h` : ""}`;
}

/** How long stock covers usual sales: `2.5 days`, `1 day`. */
export function coverDays(days: number, { quantity }: Formats): string {
  const tenths = Math.round(days * 10) / 10;
  return `${quantity(tenths)} ${tenths === 1 ? "day" : "days"}`;
}

export function coverWords(days: number, formats: Formats): string {
  return `${coverDays(days, formats)} of sales`;
}

/** A confidence in words: people read natural frequencies correctly more often than percentages. */
export function confidenceText(score: number): string {
  const inTen = Math.round(score * 10);
  const level = score >= 0.85 ? "High" : score >= 0.6 ? "Fair" : score >= 0.4 ? "Low" : "Very low";
  if (inTen >= 10) return `${level}: nearly every order like this one turns out right`;
  if (inTen <= 0) return `${level}: hardly any order like this one turns out right`;
  return `${level}: about ${inTen} in 10 orders like this one turn out right`;
}

/** Why a person is asked. */
export function reasonText(reason: ReviewReason): string {
  switch (reason) {
    case "low_confidence":
      return "The service is not sure enough of this number to act alone.";
    case "plain_rule":
      return "There is no sales history or forecast for this item yet, so the plain rule made this number.";
    case "value_above_cap":
      return "The order is worth more than the service may spend without a person.";
    case "quantity_beyond_usual":
      return "The quantity is well above what is usually ordered of this item.";
    case "first_order":
      return "This would be the first order of this item.";
    case "stale_forecast":
      return "The demand forecast behind this number is old.";
    case "model_disagrees":
      return "The language model disagrees with the statistical plan.";
    case "model_left_band":
      return "The language model proposed a number far from the statistical plan; it was limited to the allowed band.";
    case "settings_contradict":
      return "Minimum order, pack size and maximum stock leave no order, and one is needed.";
    case "negative_stock":
      return "The stock was counted below zero. The number is planned from zero: please check the count.";
    case "old_count":
      return "The stock was counted too long ago to order by it alone.";
    case "unusual_demand":
      return "A day of the last week sold far more than usual, and the number rests on it. Was this an event?";
    case "stale_history":
      return "Nothing is known of recent sales, so the number rests on old ones.";
    case "overdue_order":
      return "An open order is overdue, and this one would repeat it. Will the first one still come?";
    case "value_unknown":
      return "Orders above a value need a person, and the value of this one is not known.";
    case "changed_since_no":
      return "Somebody said no to an order of this item a short time ago, and the numbers have changed since.";
    case "taken_back":
      return "An earlier answer was taken back, so the order is asked about again.";
    case "world_moved":
      return "Stock, open orders or settings changed after the question was asked, so the answer no longer fits.";
  }
}

/** A short name of the reason for lists and badges. */
export function reasonLabel(reason: ReviewReason): string {
  switch (reason) {
    case "low_confidence":
      return "low confidence";
    case "plain_rule":
      return "no history yet";
    case "value_above_cap":
      return "high value";
    case "quantity_beyond_usual":
      return "unusual quantity";
    case "first_order":
      return "first order";
    case "stale_forecast":
      return "old forecast";
    case "model_disagrees":
      return "model disagrees";
    case "model_left_band":
      return "model out of band";
    case "settings_contradict":
      return "limits contradict";
    case "negative_stock":
      return "negative stock";
    case "old_count":
      return "old count";
    case "unusual_demand":
      return "unusual day";
    case "stale_history":
      return "old sales";
    case "overdue_order":
      return "order overdue";
    case "value_unknown":
      return "value unknown";
    case "changed_since_no":
      return "changed since a No";
    case "taken_back":
      return "answer taken back";
    case "world_moved":
      return "numbers moved";
  }
}

/** Why a typed quantity cannot be ordered, from the words that the API answers. */
export function violationText(words: string, formats: Formats): string {
  return `It ${proseOf(words, formats)}.`;
}

/** `Packs of 6` for `packs of 6`. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
