/** The inbox: open questions by deadline. */
import { moneyText, percentText, quantityText, reasonLabel, durationText } from "../review/wording.ts";
import type { ReviewReason } from "../workflow/review.ts";
import { INBOX_JS } from "./assets.ts";
import { Filters, type InboxFilter } from "./filters.tsx";
import { Layout, type LayoutProps } from "./page-layout.tsx";

export interface OpenRow {
  readonly workflowId: string;
  readonly revision: number;
  readonly storeId: string;
  readonly productId: string;
  readonly action: "restock" | "hold";
  readonly quantity: number;
  readonly confidence: number;
  readonly value: number | null;
  readonly reason: ReviewReason;
  readonly expiresAt: number;
}

type Session = NonNullable<LayoutProps["session"]>;

/** Under this much time left a row is marked. */
const LATE_MS = 30 * 60_000;

export interface InboxPageProps {
  readonly rows: readonly OpenRow[];
  readonly stores: readonly string[];
  readonly filter: InboxFilter;
  readonly nextHref: string | null;
  readonly now: number;
  readonly session: Session;
  readonly notice: string | null;
}

export function InboxPage({ rows, stores, filter, nextHref, now, session, notice }: InboxPageProps) {
  const filtered = filter.store !== "" || filter.search !== "";
  const summary =
    rows.length === 0
      ? "No open questions"
      : `${rows.length}${nextHref === null ? "" : "+"} open ${rows.length === 1 ? "question" : "questions"}`;
  return (
    <Layout title={summary} script={INBOX_JS} session={session}>
      <h1>Waiting for an answer</h1>
      <p class="error" id="offline" role="alert" hidden>
        The list could not be refreshed; it may be out of date.
      </p>
      {notice === null ? null : (
        <p class="notice amber" role="status">
          {notice}
        </p>
      )}
      <Filters stores={stores} filter={filter} show={null} />
      <p class="skip" id="said" role="status"></p>
      <div id="live" data-version={versionOf(rows)} data-summary={summary}>
        {rows.length === 0 ? (
          <section class="card empty">
            <h2>{filtered ? "Nothing matches" : "Nothing waits for you"}</h2>
            <p class="soft">
              {filtered
                ? "No open question fits this filter."
                : "The service was sure enough of everything so far. New questions appear here by themselves."}
            </p>
            {filtered ? (
              <a href="/inbox">Show all open questions</a>
            ) : (
              <a href="/inbox?show=history">See what was decided</a>
            )}
          </section>
        ) : (
          <form method="post" action="/inbox/approve">
            <input type="hidden" name="csrf" value={session.csrf} />
            <input type="hidden" name="step" value="look" />
            <ul class="list">
              {rows.map((row) => (
                <Row row={row} now={now} />
              ))}
            </ul>
            {nextHref === null ? null : (
              <p>
                <a href={nextHref}>Later deadlines</a>
              </p>
            )}
            <div class="bulk">
              <span class="soft small">Tick several to approve them together; you will see them once more first.</span>
              <button class="primary" type="submit">
                Approve ticked…
              </button>
            </div>
          </form>
        )}
      </div>
    </Layout>
  );
}

function Row({ row, now }: { row: OpenRow; now: number }) {
  const id = `pick-${row.workflowId}`;
  const left = row.expiresAt - now;
  return (
    <li class={left < LATE_MS ? "item late" : "item"} data-id={row.workflowId}>
      <span class="pick">
        <input
          type="checkbox"
          id={id}
          name="pick"
          value={pickOf(row)}
          aria-label={`Tick ${row.productId} for ${row.storeId}`}
        />
      </span>
      <h2>
        <a href={`/inbox/reviews/${encodeURIComponent(row.workflowId)}`}>
          {row.action === "restock" ? `Order ${quantityText(row.quantity)}` : "Order nothing"} of {row.productId}
        </a>
      </h2>
      <p class="soft small">
        {row.storeId} · {percentText(row.confidence)} confident
        {row.value === null ? "" : ` · worth ${moneyText(row.value)}`}
      </p>
      <p class="row small">
        <span class="badge amber">{reasonLabel(row.reason)}</span>
        <span data-deadline={String(row.expiresAt)}>{durationText(left)} left</span>
        <a href={itemHref(row)}>Item</a>
      </p>
    </li>
  );
}

/** The value of a tick: the question as it was seen, revision included (I5). */
export function pickOf(row: Pick<OpenRow, "workflowId" | "revision">): string {
  return JSON.stringify([row.workflowId, row.revision]);
}

function itemHref(item: { readonly storeId: string; readonly productId: string }): string {
  return `/items/${encodeURIComponent(item.storeId)}/${encodeURIComponent(item.productId)}`;
}

/** Changes when anything shown changes, so the script replaces the list only then. */
function versionOf(rows: readonly OpenRow[]): string {
  return rows.map((row) => `${row.workflowId}.${row.revision}.${row.expiresAt}.${row.quantity}`).join(" ");
}
