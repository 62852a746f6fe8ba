/** Answered questions, newest first: who decided what, and on which channel. */
import { CHANNELS } from "../../review/question-outcome.ts";
import { formatsOf } from "../../shared/formats.ts";
import type { ShownAs } from "../../workflow/asking/shown-as.ts";
import { Filters, type InboxFilter } from "./filters.tsx";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import type { StoreChoice } from "../search-fields.tsx";
import { ItemWords, Time } from "../page-parts.tsx";
import { NumberHead } from "../number-head.tsx";
import { questionHref } from "../page-paths.ts";

export interface HistoryRow {
  readonly workflowId: string;
  readonly storeId: string;
  readonly productId: string;
  readonly shownAs: ShownAs;
  readonly outcome: string;
  readonly quantity: number;
  readonly by: string | null;
  readonly channel: string | null;
  readonly at: number;
}

export interface HistoryPageProps {
  readonly rows: readonly HistoryRow[];
  readonly stores: readonly StoreChoice[];
  readonly filter: InboxFilter;
  readonly nextHref: string | null;
  readonly now: number;
  readonly session: NonNullable<LayoutProps["session"]>;
}

export function HistoryPage({ rows, stores, filter, nextHref, now, session }: HistoryPageProps) {
  return (
    <Layout title="History" session={session} wide>
      <h1>Who decided what</h1>
      <Filters stores={stores} filter={filter} show="history" />
      <section class="card">
        {rows.length === 0 ? (
          <p class="soft">No answered question fits this. Answers appear here as soon as they are given.</p>
        ) : (
          <div class="scroll" tabindex={0} role="region" aria-label="Answered questions">
            <table class="stack">
              <thead>
                <tr>
                  <th scope="col">Item</th>
                  <th scope="col">When</th>
                  <th scope="col">Outcome</th>
                  <NumberHead>Ordered</NumberHead>
                  <th scope="col">By</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr>
                    <td>
                      <a href={questionHref(row.workflowId)}>
                        <ItemWords {...row} />
                      </a>
                    </td>
                    <td class="day" data-label="When">
                      <Time at={row.at} formats={formatsOf(row.shownAs)} now={now} />
                    </td>
                    <td data-label="Outcome">
                      {row.outcome === "expired" && row.quantity <= 0 ? "expired, nothing ordered" : row.outcome}
                    </td>
                    <td class="n" data-label="Ordered">
                      {formatsOf(row.shownAs).quantity(row.quantity)}
                    </td>
                    <td data-label="By">{whoText(row)}</td>
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

function whoText({ by, channel }: HistoryRow): string {
  if (channel === "expiry") return "the deadline";
  return [by, channel === null ? null : CHANNELS[channel]].filter(Boolean).join(" ") || "–";
}
