/** When the shelf is empty and until when an answer lasts, in words and dates: the same on page, mail and Slack. */
import type { Formats } from "../shared/formats.ts";
import { DAY_MS } from "../shared/durations.ts";

export interface LastingFacts {
  /** Store days; null = not within a year. */
  readonly soldOutOn: number | null;
  readonly lastsUntil: number | null;
  readonly arrivesOn: number;
  readonly quantity: number;
  /** The shelf is empty already. */
  readonly isEmpty: boolean;
}

/** `Sold out Wed 2 Dec, whatever you choose. Order 24: back Fri 4 Dec, lasts to Mon 7 Dec.` */
export function lastingText(facts: LastingFacts, formats: Formats): string {
  const { soldOutOn, quantity, arrivesOn } = facts;
  if (quantity <= 0) {
    if (facts.isEmpty) return "Sold out now, and nothing is ordered.";
    return soldOutOn === null
      ? "What is there and on order lasts for more than a year."
      : `Without an order it lasts to ${formats.date(soldOutOn, arrivesOn * DAY_MS)}.`;
  }
  return `${soldOutText(facts, formats)} ${orderText(facts, formats)}`;
}

/** `Order 24: back Fri 4 Dec, lasts to Mon 7 Dec.` */
export function orderText(facts: LastingFacts, formats: Formats): string {
  const { lastsUntil, arrivesOn, quantity } = facts;
  const until =
    lastsUntil === null
      ? "lasts for more than a year"
      : lastsUntil <= arrivesOn
        ? "does not last the day"
        : `lasts to ${formats.date(lastsUntil, arrivesOn * DAY_MS)}`;
  return (
    `Order ${formats.quantity(quantity)}: ${isBack(facts) ? "back" : "there"} ${formats.date(arrivesOn)}, ` +
    `${until}.`
  );
}

function soldOutText(facts: LastingFacts, { date }: Formats): string {
  const { soldOutOn, arrivesOn } = facts;
  if (facts.isEmpty) return isBack(facts) ? "Sold out now, whatever you choose." : "Sold out now.";
  if (soldOutOn === null) return "Without an order it lasts for more than a year.";
  return isBack(facts)
    ? `Sold out ${date(soldOutOn)}, whatever you choose.`
    : `Without an order: sold out ${date(soldOutOn, arrivesOn * DAY_MS)}.`;
}

/** The shelf is empty before the order arrives. */
function isBack({ soldOutOn, arrivesOn, isEmpty }: LastingFacts): boolean {
  return isEmpty || (soldOutOn !== null && soldOutOn < arrivesOn);
}
