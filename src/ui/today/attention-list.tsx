/**
 * Items that need a look, a section for each kind: sold out or soon, without a recent count, sales that stopped coming.
 */
import { formatsOf } from "../../shared/formats.ts";
import type { Attention } from "../../workflow/asking/shelf.ts";
import { ItemWords } from "../page-parts.tsx";
import { soldOutText, shownOfItem, type ItemRow } from "./item-row.ts";
import { itemHref } from "../page-paths.ts";

/** Items of one kind that a page names. */
export const MOST_NAMED = 12;

const HEADINGS: Readonly<Record<Attention, { readonly title: string; readonly note: string }>> = {
  short: {
    title: "Sold out, or sold out before a delivery",
    note: "By the last count and usual sales, with what is on order.",
  },
  uncounted: {
    title: "Without a recent count",
    note: "Nothing is ordered for these until somebody counts them: an old count never restocks alone.",
  },
  silent: {
    title: "Sales that stopped coming",
    note: "What is not known counts as unseen, and lowers confidence.",
  },
};

interface AttentionListProps {
  readonly what: Attention;
  /** One more than are named, where there are more. */
  readonly rows: readonly ItemRow[];
  readonly now: number;
}

export function AttentionList({ what, rows, now }: AttentionListProps) {
  if (rows.length === 0) return null;
  const { title, note } = HEADINGS[what];
  return (
    <section class="card" aria-labelledby={what}>
      <h2 id={what}>{title}</h2>
      <ul class="lines">
        {rows.slice(0, MOST_NAMED).map((row) => (
          <li>
            <a href={itemHref(row)}>
              <ItemWords {...row} shownAs={shownOfItem(row)} />
            </a>
            <span>{attentionText(what, row, now)}</span>
          </li>
        ))}
      </ul>
      <p class="small soft">
        {note} {what === "silent" ? <a href="/import">Load sales</a> : null}
        {rows.length > MOST_NAMED ? (
          <>
            {" "}
            <a href={`/items?show=${what}`}>Show all of them</a>
          </>
        ) : null}
      </p>
    </section>
  );
}

const onOneLine = (day: string): string => day.replaceAll(" ", "\u00a0");

function attentionText(what: Attention, row: ItemRow, now: number): string {
  const formats = formatsOf(shownOfItem(row));
  switch (what) {
    case "short": {
      const { arrivesOn } = row;
      const when = soldOutText(row, now);
      const out = when === null ? "" : `sold out ${when}`;
      return arrivesOn === null ? out : `${out}, next delivery ${onOneLine(formats.date(arrivesOn))}`;
    }
    case "uncounted":
      return row.countedAt === null ? "never counted" : `last counted ${formats.day(row.countedAt, now)}`;
    case "silent":
      return row.salesThrough === null ? "" : `known to ${formats.date(row.salesThrough, now)}`;
  }
}
