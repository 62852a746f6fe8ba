/**
 * Today: what is due by which cut-off, what waits, what nobody answered, what is sold out, which sales stopped coming.
 */
import { formatsOf } from "../../shared/formats.ts";
import { headline } from "../../review/question.ts";
import { durationText } from "../../review/wording.ts";
import type { ShownAs } from "../../workflow/asking/shown-as.ts";
import type { OpenRow } from "../inbox/question-table.tsx";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import { DOT, ItemWords } from "../page-parts.tsx";
import { ToPlace, type RowToPlace } from "../order/to-place.tsx";
import { AttentionList, MOST_NAMED } from "./attention-list.tsx";
import type { ItemRow } from "./item-row.ts";
import { itemHref, questionHref, storeHref } from "../page-paths.ts";

export interface DueOrder {
  readonly href: string;
  readonly supplier: string;
  readonly buyer: string;
  /** As the store writes it. */
  readonly closes: string;
  readonly value: string;
  readonly lines: number;
  /** What is missing to the supplier's minimum; null = nothing. */
  readonly shortBy: string | null;
  readonly orderBy: number;
  /** Whom it waits for; null = it does not wait. */
  readonly waitsFor: string | null;
}

/** A question that nobody answered, and for which nothing was ordered. */
export interface ExpiredRow {
  readonly workflowId: string;
  readonly storeId: string;
  readonly productId: string;
  readonly shownAs: ShownAs;
  readonly asked: number;
  readonly at: number;
}

export interface TodayPageProps {
  /** There is no item yet. */
  readonly isNew: boolean;
  /** What connected shops sent in vain, a text for each store. */
  readonly faults: readonly { readonly storeId: string; readonly text: string }[];
  readonly due: readonly DueOrder[];
  readonly own: readonly RowToPlace[];
  /** Earliest deadline first. */
  readonly waiting: readonly OpenRow[];
  readonly moreWaiting: boolean;
  readonly expired: readonly ExpiredRow[];
  readonly short: readonly ItemRow[];
  readonly uncounted: readonly ItemRow[];
  readonly silent: readonly ItemRow[];
  readonly mayReview: boolean;
  readonly mayOrder: boolean;
  readonly now: number;
  readonly session: NonNullable<LayoutProps["session"]>;
}

/** Questions named here; the rest is in the inbox. */
const MOST_QUESTIONS = 8;
/** From so many rows above them on, a phone shows no question on its first screen. */
const FEW_ROWS = 4;

export function TodayPage(props: TodayPageProps) {
  const { due, expired, session } = props;
  return (
    <Layout title="Today" session={session}>
      <h1>Today</h1>
      {due.length + props.own.length < FEW_ROWS || props.waiting.length === 0 ? null : (
        <p>
          <a href="#waits">{waitingWords(props)}</a>
        </p>
      )}
      {props.faults.map(({ storeId, text }) => (
        <p class="notice amber">
          <span>
            <a href={storeHref(storeId)}>{storeId}</a>: {text}
          </span>
        </p>
      ))}
      {props.isNew ? <Begin /> : <Due due={due} now={props.now} />}
      <ToPlace
        rows={props.own}
        most={MOST_NAMED}
        older={props.own.length > MOST_NAMED ? "/orders#own" : null}
        csrf={props.mayOrder ? session.csrf : null}
        back="/"
      />
      {props.isNew ? null : <Waiting {...props} />}
      {expired.length === 0 ? null : <Expired {...props} />}
      <AttentionList what="short" rows={props.short} now={props.now} />
      <AttentionList what="uncounted" rows={props.uncounted} now={props.now} />
      <AttentionList what="silent" rows={props.silent} now={props.now} />
    </Layout>
  );
}

function Begin() {
  return (
    <section class="card empty">
      <h2>Nothing is loaded yet</h2>
      <p class="soft">With your products, sales and stock it works out what to order.</p>
      <a class="button primary" href="/import">
        Load your files
      </a>
    </section>
  );
}

function Due({ due, now }: Pick<TodayPageProps, "due" | "now">) {
  return (
    <section class="card" aria-labelledby="due">
      <h2 id="due">To order</h2>
      {due.length === 0 ? (
        <p class="soft">
          No purchase order closes soon. <a href="/orders">All orders</a>
        </p>
      ) : (
        <ul class="lines">
          {due.map((order) => (
            <li>
              <a href={order.href}>
                <bdi>{order.supplier}</bdi>
                <span class="id">
                  {[order.buyer, `${order.lines} ${order.lines === 1 ? "line" : "lines"}`, order.value].join(DOT)}
                  {order.shortBy === null ? "" : `, ${order.shortBy} short of the minimum`}
                </span>
              </a>
              <span>
                by {order.closes}
                <small class="soft"> in {durationText(order.orderBy - now)}</small>
                {order.waitsFor === null ? null : (
                  <span class={order.waitsFor === "you" ? "badge amber" : "badge"}>waits for {order.waitsFor}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {due.length < MOST_NAMED ? null : (
        <p class="small soft">
          These close first. <a href="/orders">All orders</a>
        </p>
      )}
    </section>
  );
}

function waitingWords({ waiting: { length }, moreWaiting }: Pick<TodayPageProps, "waiting" | "moreWaiting">): string {
  return length === 1
    ? "1 question waits for an answer"
    : `${length}${moreWaiting ? "+" : ""} questions wait for an answer`;
}

function Waiting({ waiting, moreWaiting, now }: TodayPageProps) {
  const count = `${waiting.length}${moreWaiting ? "+" : ""}`;
  return (
    <section class="card" aria-labelledby="waits">
      <h2 id="waits">Waits for an answer</h2>
      {waiting.length === 0 ? (
        <p class="soft">Nothing.</p>
      ) : (
        <>
          <ul class="lines">
            {waiting.slice(0, MOST_QUESTIONS).map((row) => (
              <li>
                <a href={questionHref(row.workflowId)}>{headline(row)}?</a>
                <span>{durationText(row.expiresAt - now)} left</span>
              </li>
            ))}
          </ul>
          <p>
            <a class="button primary" href="/inbox">
              Answer {waiting.length === 1 ? "it" : `all ${count}`} in the inbox
            </a>
          </p>
        </>
      )}
    </section>
  );
}

function Expired({ expired, mayReview, session }: TodayPageProps) {
  return (
    <section class="card" aria-labelledby="expired">
      <h2 id="expired">Expired, nothing ordered</h2>
      <ul class="lines">
        {expired.map((row) => {
          const formats = formatsOf(row.shownAs);
          return (
            <li>
              <a href={questionHref(row.workflowId)}>
                <ItemWords {...row} />
              </a>
              <span>
                {formats.quantity(row.asked)} asked, expired {formats.time(row.at)}
              </span>
              {mayReview ? (
                <form class="inline" method="post" action={`${itemHref(row)}/ask-again`}>
                  <input type="hidden" name="csrf" value={session.csrf} />
                  <button class="plain" type="submit" name="step" value="ask">
                    Order now
                  </button>
                </form>
              ) : null}
            </li>
          );
        })}
      </ul>
      <p class="small soft">“Order now” works it out again from the last count and shows you the number to approve.</p>
    </section>
  );
}
