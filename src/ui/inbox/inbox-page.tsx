/** The inbox: open questions, a dense table on a wide screen and cards on a phone. Keys: j k x e a r and ?. */
import { formatsOf } from "../../shared/formats.ts";
import { itemName, storeName } from "../../review/question.ts";
import { coverDays, durationText, percentText, reasonLabel } from "../../review/wording.ts";
import type { ReviewReason } from "../../workflow/review.ts";
import type { ShownAs } from "../../workflow/types.ts";
import { INBOX_JS } from "../generated/asset-paths.ts";
import { Filters, type InboxFilter } from "./filters.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import { ItemWords } from "../page-parts.tsx";
import { NumberHead } from "../number-head.tsx";

export interface OpenRow {
  readonly workflowId: string;
  readonly revision: number;
  readonly storeId: string;
  readonly productId: string;
  readonly shownAs: ShownAs;
  readonly action: "restock" | "hold";
  readonly quantity: number;
  readonly confidence: number;
  readonly value: number | null;
  readonly reason: ReviewReason;
  readonly expiresAt: number;
  readonly onHand: number | null;
  readonly daysOfCover: number | null;
  /** Store day; null = not known, or not within a year. */
  readonly soldOutOn: number | null;
  /** Null = one person is enough. */
  readonly approvals: { readonly given: number; readonly needed: number } | null;
}

/** Questions under one heading; null = no heading. */
export interface RowGroup {
  readonly title: string | null;
  readonly rows: readonly OpenRow[];
}

type Session = NonNullable<LayoutProps["session"]>;

/** Under this much time left a row is marked. */
const LATE_MS = 30 * 60_000;

export interface InboxPageProps {
  readonly groups: readonly RowGroup[];
  readonly stores: readonly string[];
  readonly filter: InboxFilter;
  readonly nextHref: string | null;
  readonly now: number;
  readonly session: Session;
  readonly notice: string | null;
}

export function InboxPage({ groups, stores, filter, nextHref, now, session, notice }: InboxPageProps) {
  const rows = groups.flatMap((group) => group.rows);
  const filtered = filter.store !== "" || filter.search !== "";
  const summary =
    rows.length === 0
      ? "No open questions"
      : `${rows.length}${nextHref === null ? "" : "+"} open ${rows.length === 1 ? "question" : "questions"}`;
  return (
    <Layout title={summary} script={INBOX_JS} session={session} wide>
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
          <Nothing filtered={filtered} />
        ) : (
          <form method="post" action="/inbox/approve" id="questions">
            <input type="hidden" name="csrf" value={session.csrf} />
            <input type="hidden" name="step" value="look" />
            <input type="hidden" name="back" value={listHref(filter)} />
            <table class="inbox">
              <thead>
                <tr>
                  <th scope="col">
                    <label class="check">
                      <input type="checkbox" id="all" aria-label="Tick all" hidden />
                      <span>Tick all</span>
                    </label>
                  </th>
                  <th scope="col">Item</th>
                  <NumberHead>On hand</NumberHead>
                  <th scope="col">Sold out</th>
                  <NumberHead>Order</NumberHead>
                  <NumberHead>Worth</NumberHead>
                  <NumberHead>Confidence</NumberHead>
                  <th scope="col">Why asked</th>
                  <th scope="col">Time left</th>
                </tr>
              </thead>
              {groups.map((group) => (
                <tbody>
                  {group.title === null ? null : (
                    <tr class="group">
                      <th scope="rowgroup" colspan={9}>
                        {group.title}
                      </th>
                    </tr>
                  )}
                  {group.rows.map((row) => (
                    <Row row={row} now={now} />
                  ))}
                </tbody>
              ))}
            </table>
            {nextHref === null ? null : (
              <p>
                <a href={nextHref}>Later deadlines</a>
              </p>
            )}
            <div class="bulk">
              <span class="soft small">
                Tick several to answer them together; you see them once more first.{" "}
                <button class="linklike" type="button" id="keys-open" hidden>
                  Keys
                </button>
              </span>
              <span class="row">
                <button class="primary" type="submit" name="decision" value="approve">
                  Approve ticked…
                </button>
                <button class="danger" type="submit" name="decision" value="reject">
                  Reject ticked…
                </button>
              </span>
            </div>
          </form>
        )}
      </div>
      <KeysHelp />
    </Layout>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return (
    <section class="card empty">
      <h2>{filtered ? "Nothing matches" : "Nothing waits for you"}</h2>
      <p class="soft">
        {filtered
          ? "No open question fits this filter."
          : "The service was sure enough of everything so far. New questions appear here by themselves."}
      </p>
      {filtered ? <a href="/inbox">Show all open questions</a> : <a href="/inbox?show=history">See what was decided</a>}
    </section>
  );
}

function Row({ row, now }: { row: OpenRow; now: number }) {
  const left = row.expiresAt - now;
  const { quantity, money, date } = formatsOf(row.shownAs);
  const asked = row.action === "restock" ? quantity(row.quantity) : "";
  const name = itemName(row);
  return (
    <tr class={left < LATE_MS ? "late" : ""} data-id={row.workflowId}>
      <td class="pick">
        <input
          type="checkbox"
          id={`pick-${row.workflowId}`}
          name="pick"
          value={pickOf(row)}
          aria-label={`Tick ${name} for ${storeName(row)}`}
        />
      </td>
      <th scope="row">
        <a href={`/inbox/reviews/${encodeURIComponent(row.workflowId)}`}>
          <ItemWords {...row} />
        </a>
      </th>
      <td class="n" data-label="On hand">
        {row.onHand === null ? "–" : quantity(row.onHand)}
        {row.daysOfCover === null ? null : <small> {coverDays(row.daysOfCover, formatsOf(row.shownAs))}</small>}
      </td>
      <td data-label="Sold out">
        {row.onHand !== null && row.onHand <= 0 ? "now" : row.soldOutOn === null ? "–" : date(row.soldOutOn)}
      </td>
      <td class="n" data-label="Order">
        <input
          class="amount"
          id={`quantity-${row.workflowId}`}
          name={quantityField(row.workflowId)}
          value={asked}
          placeholder="0"
          inputmode="decimal"
          autocomplete="off"
          aria-label={`Quantity of ${name} for ${storeName(row)}`}
        />
      </td>
      <td class="n" data-label="Worth">
        {row.value === null ? "–" : money(row.value)}
      </td>
      <td class="n" data-label="Confidence">
        {percentText(row.confidence)}
      </td>
      <td data-label="Why asked">
        <span class="badge amber">{reasonLabel(row.reason)}</span>
        {row.approvals === null ? null : (
          <small>
            {" "}
            {row.approvals.given} of {row.approvals.needed} approvals
          </small>
        )}
      </td>
      <td data-label="Time left">
        <span data-deadline={String(row.expiresAt)}>{durationText(left)} left</span>
      </td>
    </tr>
  );
}

/** The name of a row's quantity field; what is typed there is ordered instead of what was asked. */
export function quantityField(workflowId: string): string {
  return `quantity:${workflowId}`;
}

/** The value of a tick: the question as it was seen, revision included (I5). */
export function pickOf(row: Pick<OpenRow, "workflowId" | "revision">): string {
  return JSON.stringify([row.workflowId, row.revision]);
}

/** The first page of the list, as it is filtered, sorted and grouped. */
function listHref({ store, search, sort, group }: InboxFilter): string {
  const query = new URLSearchParams({
    ...(store === "" ? {} : { store }),
    ...(search === "" ? {} : { q: search }),
    ...(sort === undefined || sort === "deadline" ? {} : { sort }),
    ...(group === undefined || group === "none" ? {} : { group }),
  }).toString();
  return query === "" ? "/inbox" : `/inbox?${query}`;
}

/** Changes when anything shown changes, so the script replaces the list only then. */
function versionOf(rows: readonly OpenRow[]): string {
  return rows
    .map((row) => `${row.workflowId}.${row.revision}.${row.expiresAt}.${row.quantity}.${row.approvals?.given}`)
    .join(" ");
}
