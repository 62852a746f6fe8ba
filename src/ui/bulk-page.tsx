/** Approving several questions: a confirmation first, then the result of each. */
import { moneyText, percentText, quantityText } from "../review/wording.ts";
import { pickOf, type OpenRow } from "./inbox-page.tsx";
import { Layout, type LayoutProps } from "./page-layout.tsx";

type Session = NonNullable<LayoutProps["session"]>;

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
              <a href={`/inbox/reviews/${encodeURIComponent(result.workflowId)}`}>
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
