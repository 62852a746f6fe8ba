/** The inbox: open questions, a dense table on a wide screen and cards on a phone. Keys: j k x e a r and ?. */
import { INBOX_JS } from "../generated/asset-paths.ts";
import { Filters, type InboxFilter } from "./filters.tsx";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import type { StoreChoice } from "../search-fields.tsx";
import { QuestionTable, type OpenRow, type RowGroup } from "./question-table.tsx";

type Session = NonNullable<LayoutProps["session"]>;

export interface InboxPageProps {
  readonly groups: readonly RowGroup[];
  readonly stores: readonly StoreChoice[];
  readonly filter: InboxFilter;
  readonly nextHref: string | null;
  readonly now: number;
  readonly session: Session;
  /** Principal of the reader, to whom alone the browser shows again what was ticked and typed. */
  readonly reader: string;
  readonly notice: string | null;
}

export function InboxPage({ groups, stores, filter, nextHref, now, session, reader, notice }: InboxPageProps) {
  const rows = groups.flatMap((group) => group.rows);
  const filtered = filter.store !== "" || filter.search !== "";
  const summary =
    rows.length === 0
      ? "No open questions"
      : `${rows.length}${nextHref === null ? "" : "+"} open ${rows.length === 1 ? "question" : "questions"}`;
  return (
    <Layout title={summary} place="Inbox" script={INBOX_JS} session={session} wide>
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
          <form method="post" action="/inbox/approve" id="questions" data-as={reader}>
            <input type="hidden" name="csrf" value={session.csrf} />
            <input type="hidden" name="step" value="look" />
            <input type="hidden" name="back" value={listHref(filter)} />
            <p class="small soft">
              {summary}
              {nextHref === null || filter.sort === undefined || filter.sort === "deadline"
                ? ""
                : `: these ${rows.length} are sorted, and others with later deadlines are on the next page`}
            </p>
            <QuestionTable groups={groups} now={now} />
            {nextHref === null ? null : (
              <p>
                <a href={nextHref}>Later deadlines</a>
              </p>
            )}
            <AnswerTicked />
          </form>
        )}
      </div>
    </Layout>
  );
}

function AnswerTicked() {
  return (
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
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return (
    <section class="card empty">
      <h2>{filtered ? "Nothing matches" : "Nothing waits for you"}</h2>
      <p class="soft">{filtered ? "No open question fits this filter." : "New questions appear here by themselves."}</p>
      {filtered ? <a href="/inbox">Show all open questions</a> : <a href="/inbox?show=history">See what was decided</a>}
    </section>
  );
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
