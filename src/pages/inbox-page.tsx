/** The inbox: open questions by deadline, the second look before a bulk approval, what came of it, and the history. */
import { moneyText, percentText, quantityText, reasonLabel, durationText } from "../review/wording.ts";
import type { ReviewReason } from "../workflow/types.ts";
import { INBOX_JS } from "./assets.ts";
import { Layout, type LayoutProps } from "./layout.tsx";
import { Time } from "./parts.tsx";

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

export interface HistoryRow {
  readonly workflowId: string;
  readonly storeId: string;
  readonly productId: string;
  readonly outcome: string;
  readonly quantity: number;
  readonly by: string | null;
  readonly channel: string | null;
  readonly at: number;
}

export interface InboxFilter {
  readonly store: string;
  readonly search: string;
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
  const summary = rows.length === 0 ? "No open questions" : `${rows.length}${nextHref === null ? "" : "+"} open ${rows.length === 1 ? "question" : "questions"}`;
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
            {filtered ? <a href="/inbox">Show all open questions</a> : <a href="/inbox?show=history">See what was decided</a>}
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
        <input type="checkbox" id={id} name="pick" value={pickOf(row)} aria-label={`Tick ${row.productId} for ${row.storeId}`} />
      </span>
      <h2>
        <a href={`/inbox/${encodeURIComponent(row.workflowId)}`}>
          {row.action === "restock" ? `Order ${quantityText(row.quantity)}` : "Order nothing"} of {row.productId}
        </a>
      </h2>
      <p class="soft small">
        {row.storeId} · {percentText(row.confidence)} confident{row.value === null ? "" : ` · worth ${moneyText(row.value)}`}
      </p>
      <p class="row small">
        <span class="badge amber">{reasonLabel(row.reason)}</span>
        <span data-deadline={String(row.expiresAt)}>{durationText(left)} left</span>
        <a href={itemHref(row)}>Item</a>
      </p>
    </li>
  );
}

function Filters({ stores, filter, show }: { stores: readonly string[]; filter: InboxFilter; show: string | null }) {
  return (
    <form class="filters" method="get" action="/inbox" role="search">
      {show === null ? null : <input type="hidden" name="show" value={show} />}
      <label for="q">
        Search
        <input id="q" name="q" type="search" value={filter.search} placeholder="product" autocomplete="off" />
      </label>
      <label for="store">
        Store
        <select id="store" name="store">
          <option value="">All stores</option>
          {stores.map((store) => (
            <option value={store} selected={store === filter.store}>
              {store}
            </option>
          ))}
        </select>
      </label>
      <button class="plain" type="submit">
        Show
      </button>
    </form>
  );
}

export function SecondLookPage({ rows, session }: { rows: readonly OpenRow[]; session: Session }) {
  const value = rows.reduce((sum, row) => sum + (row.value ?? 0), 0);
  const unvalued = rows.filter((row) => row.value === null && row.action === "restock").length;
  return (
    <Layout title="A second look" session={session}>
      <h1>Approve {rows.length === 1 ? "this one" : `these ${rows.length}`}?</h1>
      <section class="card">
        <div class="scroll" tabindex={0} role="region" aria-label="What you are about to approve">
          <table>
            <thead>
              <tr>
                <th scope="col">Item</th>
                <th scope="col">Store</th>
                <th scope="col" class="n">
                  Order
                </th>
                <th scope="col" class="n">
                  Worth
                </th>
                <th scope="col" class="n">
                  Confidence
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  <td>{row.productId}</td>
                  <td>{row.storeId}</td>
                  <td class="n">{row.action === "restock" ? quantityText(row.quantity) : "nothing"}</td>
                  <td class="n">{row.value === null ? "–" : moneyText(row.value)}</td>
                  <td class="n">{percentText(row.confidence)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p>
          <strong>Worth {moneyText(value)} together</strong>
          {unvalued > 0 ? `, and ${unvalued} without a known unit cost` : ""}.
        </p>
        <form method="post" action="/inbox/approve">
          <input type="hidden" name="csrf" value={session.csrf} />
          {rows.map((row) => (
            <input type="hidden" name="pick" value={pickOf(row)} />
          ))}
          <div class="row">
            <button class="primary" type="submit" name="step" value="confirm">
              Approve {rows.length === 1 ? "it" : `all ${rows.length}`}
            </button>
            <a class="button plain" href="/inbox">
              Back
            </a>
          </div>
        </form>
      </section>
    </Layout>
  );
}

export interface BulkResult {
  readonly productId: string;
  readonly storeId: string;
  readonly workflowId: string;
  readonly ok: boolean;
  readonly text: string;
}

export function BulkResultPage({ results, session }: { results: readonly BulkResult[]; session: Session }) {
  const done = results.filter((result) => result.ok).length;
  return (
    <Layout title="Answered" session={session}>
      <h1>
        {done} of {results.length} approved
      </h1>
      <section class="card">
        <ul>
          {results.map((result) => (
            <li>
              <a href={`/inbox/${encodeURIComponent(result.workflowId)}`}>
                {result.productId} for {result.storeId}
              </a>
              : <span class={result.ok ? "" : "error"}>{result.text}</span>
            </li>
          ))}
        </ul>
        <p>
          <a href="/inbox">Back to the inbox</a>
        </p>
      </section>
    </Layout>
  );
}

export interface HistoryPageProps {
  readonly rows: readonly HistoryRow[];
  readonly stores: readonly string[];
  readonly filter: InboxFilter;
  readonly nextHref: string | null;
  readonly session: Session;
}

export function HistoryPage({ rows, stores, filter, nextHref, session }: HistoryPageProps) {
  return (
    <Layout title="History" session={session}>
      <h1>Who decided what</h1>
      <Filters stores={stores} filter={filter} show="history" />
      <section class="card">
        {rows.length === 0 ? (
          <p class="soft">No answered question fits this. Answers appear here as soon as they are given.</p>
        ) : (
          <div class="scroll" tabindex={0} role="region" aria-label="Answered questions">
            <table>
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">Item</th>
                  <th scope="col">Store</th>
                  <th scope="col">Outcome</th>
                  <th scope="col" class="n">
                    Ordered
                  </th>
                  <th scope="col">By</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr>
                    <td>
                      <Time at={row.at} />
                    </td>
                    <td>
                      <a href={`/inbox/${encodeURIComponent(row.workflowId)}`}>{row.productId}</a>
                    </td>
                    <td>{row.storeId}</td>
                    <td>{row.outcome}</td>
                    <td class="n">{quantityText(row.quantity)}</td>
                    <td>{[row.by, row.channel].filter((part) => part !== null && part !== "").join(", ") || "–"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {nextHref === null ? null : (
          <p>
            <a href={nextHref}>Older</a>
          </p>
        )}
      </section>
    </Layout>
  );
}

export function SignInPage({ error, next }: { error: string | null; next: string }) {
  return (
    <Layout title="Sign in">
      <section class="card narrow">
        <h1>Review inbox</h1>
        <p class="soft">Sign in with a key that has the scope “review”. It is exchanged for a session of 12 hours on this device and not kept.</p>
        <form method="post" action="/inbox/sign-in">
          <input type="hidden" name="next" value={next} />
          <label for="key">
            Key
            <input id="key" name="key" type="password" autocomplete="current-password" required aria-describedby="key-error" aria-invalid={error === null ? "false" : "true"} />
          </label>
          <p class="error" id="key-error" role="alert">
            {error ?? ""}
          </p>
          <button class="primary" type="submit">
            Sign in
          </button>
        </form>
      </section>
    </Layout>
  );
}

/** What a tick stands for: the question as it was seen, revision included (I5). */
export function pickOf(row: Pick<OpenRow, "workflowId" | "revision">): string {
  return JSON.stringify([row.workflowId, row.revision]);
}

export function itemHref(item: { readonly storeId: string; readonly productId: string }): string {
  return `/items/${encodeURIComponent(item.storeId)}/${encodeURIComponent(item.productId)}`;
}

/** Changes when anything shown changes, so that the script replaces the list only then. */
function versionOf(rows: readonly OpenRow[]): string {
  return rows.map((row) => `${row.workflowId}.${row.revision}.${row.expiresAt}.${row.quantity}`).join(" ");
}
