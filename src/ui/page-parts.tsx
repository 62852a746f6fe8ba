/** Pieces that several pages share. */
import { PLAIN, type Formats } from "../shared/formats.ts";
import type { Question, StockFacts } from "../review/question.ts";
import { coverWords, durationText, percentText } from "../review/wording.ts";
import type { OrderSum } from "../review/order-sum.ts";
import type { ShownAs } from "../workflow/asking/shown-as.ts";

/** Circumference of the clock's ring (radius 15). */
const RING = 2 * Math.PI * 15;
/** Below this share of the time the clock turns red. */
const LATE_SHARE = 0.15;

interface ClockProps {
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly now: number;
  readonly formats: Formats;
  /** What happens when nobody answers. */
  readonly silence: string;
}

export function Clock({ askedAt, expiresAt, now, formats, silence }: ClockProps) {
  const share = Math.min(1, Math.max(0, (expiresAt - now) / Math.max(1, expiresAt - askedAt)));
  return (
    <div class="clock">
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <circle class="ring" cx="20" cy="20" r="15" />
        <circle
          class={share < LATE_SHARE ? "left late" : "left"}
          cx="20"
          cy="20"
          r="15"
          stroke-dasharray={`${(RING * share).toFixed(1)} ${RING.toFixed(1)}`}
          transform="rotate(-90 20 20)"
        />
      </svg>
      <p>
        <strong data-deadline={String(expiresAt)}>{durationText(expiresAt - now)} left</strong>
        <span class="soft small">
          Answer by <Time at={expiresAt} formats={formats} />. {silence}
        </span>
      </p>
    </div>
  );
}

/** What the last click did, above the page. */
export interface Notice {
  readonly tone: "green" | "amber" | "red";
  readonly title: string;
  readonly text: string;
}

/** A moment as the store's clock shows it; script adds the reader's own. */
export function Time({ at, formats = PLAIN, now }: { at: number; formats?: Formats; now?: number }) {
  return (
    <time datetime={new Date(at).toISOString()} data-local="">
      {formats.time(at, now)}
    </time>
  );
}

interface MeterProps {
  readonly confidence: Question["confidence"];
  readonly doubts?: readonly string[];
}

export function ConfidenceMeter({ confidence, doubts = [] }: MeterProps) {
  const width = Math.round(Math.min(1, Math.max(0, confidence.score)) * 100);
  return (
    <div class="meter">
      <p>
        <strong>{percentText(confidence.score)} confident.</strong> <span class="soft">{confidence.words}.</span>
        {doubts.length === 0 ? null : <span class="soft"> Why not more: {doubts.join("; ")}.</span>}
      </p>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="10" rx="2" />
        <rect class={confidence.score < 0.6 ? "fill low" : "fill"} width={width} height="10" rx="2" />
      </svg>
    </div>
  );
}

/**
 * Between names side by side, with a mark that ends the direction of the one before: two Hebrew names would else change
 * places, and a number would move to the other side of a name.
 */
export const DOT = " \u200e· ";

/** An item's name first; its id, store and supplier small. */
export function ItemWords({ productId, storeId, shownAs }: { productId: string; storeId: string; shownAs: ShownAs }) {
  const { name, store, supplier } = shownAs;
  return (
    <>
      <bdi lang={shownAs.locale}>{name ?? productId}</bdi>
      <span class="id">
        {[name === undefined ? null : productId, store ?? storeId, supplier].filter((part) => part != null).join(DOT)}
      </span>
    </>
  );
}

export interface UsualFacts {
  /** Medians over the item's recent decisions; null where there are none. */
  readonly onHand: number | null;
  readonly order: number | null;
}

export function StockNow({ stock, usual, formats }: { stock: StockFacts; usual: UsualFacts; formats: Formats }) {
  const quantityText = formats.quantity;
  const coverText = (days: number): string => coverWords(days, formats);
  return (
    <dl class="facts">
      <Fact
        name="On hand"
        value={quantityText(stock.onHand)}
        more={stock.onHand < 0 ? "planned from 0" : stock.daysOfCover === null ? null : coverText(stock.daysOfCover)}
      />
      <Fact name="On order" value={quantityText(stock.onOrder)} />
      {stock.backordered > 0 ? <Fact name="Owed to customers" value={quantityText(stock.backordered)} /> : null}
      <Fact
        name="Stock position"
        value={quantityText(stock.position)}
        more={stock.daysOfCoverWithOrders === null ? null : coverText(stock.daysOfCoverWithOrders)}
      />
      <Fact name="Safety stock" value={quantityText(stock.safetyStock)} />
      {stock.meanDemandPerDay === null ? null : (
        <Fact name="Usually sold a day" value={quantityText(Math.round(stock.meanDemandPerDay * 10) / 10)} />
      )}
      {usual.onHand === null ? null : (
        <Fact name="Usually on hand" value={quantityText(usual.onHand)} more="at recent counts" />
      )}
      {usual.order === null ? null : <Fact name="Usual order" value={quantityText(usual.order)} />}
    </dl>
  );
}

/** What of stored settings has no effect as it is. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <div class="notice amber">
      {warnings.map((warning) => (
        <p>{warning}</p>
      ))}
    </div>
  );
}

export function Fact({ name, value, more = null }: { name: string; value: string; more?: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {more === null ? null : <small>{more}</small>}
      </dd>
    </div>
  );
}

interface SumProps {
  readonly title: string;
  readonly sum: OrderSum;
  /** True right below a page's title. */
  readonly isTop?: boolean;
}

export function SumTable({ title, sum, isTop = false }: SumProps) {
  return (
    <div>
      {isTop ? <h2>{title}</h2> : <h3>{title}</h3>}
      <table class="sum">
        <tbody>
          {sum.lines.map(({ name, amount }) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="n">{amount}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sum.limits.length === 0 ? null : <p class="small soft">{sum.limits.join(" ")}</p>}
    </div>
  );
}
