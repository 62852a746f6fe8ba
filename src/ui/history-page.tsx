/** Answered questions, newest first: who decided what, and on which channel. */
import { quantityText } from "../review/wording.ts";
import { Filters, type InboxFilter } from "./filters.tsx";
import { Layout, type LayoutProps } from "./page-layout.tsx";
import { Time } from "./page-parts.tsx";

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

export interface HistoryPageProps {
  readonly rows: readonly HistoryRow[];
  readonly stores: readonly string[];
  readonly filter: InboxFilter;
  readonly nextHref: string | null;
  readonly session: NonNullable<LayoutProps["session"]>;
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
                      <a href={`/inbox/reviews/${encodeURIComponent(row.workflowId)}`}>{row.productId}</a>
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
