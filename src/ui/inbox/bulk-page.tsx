/** Answering several questions, with a second look first; and the result of each of several. */
import type { Child } from "hono/jsx";
import { formatsOf, inCoins } from "../../shared/formats.ts";
import { itemName } from "../../review/question.ts";
import { percentText } from "../../review/wording.ts";
import { pickOf, quantityField, type OpenRow } from "./question-table.tsx";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import { ItemWords } from "../page-parts.tsx";
import { NumberHead } from "../number-head.tsx";

type Session = NonNullable<LayoutProps["session"]>;

export interface LookedAt extends OpenRow {
  /** The quantity typed instead of the one asked; null = as asked. */
  readonly typed: number | null;
  /** Why this one is left out; null = it is not. */
  readonly problem: string | null;
  /** Its own page, with what was typed. */
  readonly href: string;
}

export interface SecondLookProps {
  readonly rows: readonly LookedAt[];
  /** How many of those that were ticked have been answered or have changed since. */
  readonly gone: number;
  readonly decision: "approve" | "reject";
  /** The list as it was filtered, sorted and grouped. */
  readonly back: string;
  /** As the list has it. */
  readonly reader: string;
  readonly session: Session;
}

export function SecondLookPage({ rows, gone, decision, back, reader, session }: SecondLookProps) {
  const good = rows.filter((row) => row.problem === null);
  const rejects = decision === "reject";
  const verb = rejects ? "Reject" : "Approve";
  const count = good.length === 1 ? "this one" : `these ${good.length}`;
  const title = good.length === 0 ? "Nothing to answer" : `${verb} ${count}?`;
  return (
    <Layout title={title} place="Inbox" session={session} here={back}>
      <h1>{title}</h1>
      {gone === 0 ? null : (
        <p class="notice amber" role="status">
          {gone === 1
            ? "1 of those you ticked was answered or has changed since, and is left out."
            : `${gone} of those you ticked were answered or have changed since, and are left out.`}
        </p>
      )}
      <section class="card">
        <div class="scroll" tabindex={0} role="region" aria-label="What you are about to answer">
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">Item</th>
                <NumberHead>Order</NumberHead>
                <NumberHead>Worth</NumberHead>
                <NumberHead>Confidence</NumberHead>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <LookRow row={row} rejects={rejects} />
              ))}
            </tbody>
          </table>
        </div>
        {rejects ? null : <Total rows={good} />}
        <form method="post" action="/inbox/approve?">
          <input type="hidden" name="csrf" value={session.csrf} />
          <input type="hidden" name="decision" value={decision} />
          <input type="hidden" name="back" value={back} />
          {good.map((row) => (
            <>
              <input type="hidden" name="pick" value={pickOf(row)} />
              {row.typed === null ? null : (
                <input type="hidden" name={quantityField(row.workflowId)} value={String(row.typed)} />
              )}
            </>
          ))}
          <label for="comment">
            <span>
              Comment <span class="small soft">(optional, kept with each decision)</span>
            </span>
            <textarea id="comment" name="comment" maxlength={500} data-as={reader}></textarea>
          </label>
          <div class="row">
            {good.length === 0 ? null : (
              <button class={rejects ? "danger" : "primary"} type="submit" name="step" value="confirm" autofocus>
                {verb} {good.length === 1 ? "it" : `all ${good.length}`}
              </button>
            )}
            <a class="button plain" href={back}>
              Back
            </a>
          </div>
        </form>
      </section>
    </Layout>
  );
}

function LookRow({ row, rejects }: { row: LookedAt; rejects: boolean }) {
  const { quantity, money } = formatsOf(row.shownAs);
  const asked = row.action === "restock" ? quantity(row.quantity) : "nothing";
  const value = valueOf(row);
  return (
    <tr>
      <td>
        <ItemWords {...row} />
        {row.problem === null ? null : (
          <p class="small">
            <span class="error">{row.problem}</span> It is left out: <a href={row.href}>answer it by itself</a>.
          </p>
        )}
      </td>
      <td class="n" data-label="Order">
        {rejects || row.typed === null ? asked : quantity(row.typed)}
        {rejects || row.typed === null ? null : <small class="soft"> asked {asked}</small>}
      </td>
      <td class="n" data-label="Worth">
        {value === null ? "–" : money(rejects ? row.value! : value)}
      </td>
      <td class="n" data-label="Confidence">
        {percentText(row.confidence)}
      </td>
    </tr>
  );
}

/**
 * One sum per currency: euros and yen cannot be added. Among three or more, the one that is worth more than all others
 * together is named: the button is pressed here, and its line may be out of sight.
 */
function Total({ rows }: { rows: readonly LookedAt[] }) {
  const valued = rows.flatMap((row) => {
    const value = valueOf(row);
    return value === null ? [] : [{ row, value }];
  });
  if (valued.length === 0) return null;
  const sums = [...Map.groupBy(valued, ({ row }) => row.shownAs.currency ?? "").values()].map((same) => {
    const sum = same.reduce((total, { value }) => total + value, 0);
    const { row, value } = same.reduce((a, b) => (b.value > a.value ? b : a));
    const { money, quantity } = formatsOf(row.shownAs);
    const most = `${quantity(row.typed ?? row.quantity)} for ${money(value)}.`;
    return { text: money(sum), name: itemName(row), most: same.length > 2 && value > sum / 2 ? most : null };
  });
  const unvalued = rows.filter((row) => row.value === null && row.action === "restock").length;
  return (
    <p>
      <strong>Worth {sums.map(({ text }) => text).join(" and ")} together</strong>
      {unvalued > 0 ? `, and ${unvalued} without a known unit cost` : ""}.
      {sums.map(({ name, most }) =>
        most === null ? null : (
          <>
            {" "}
            Most of it is <bdi>{name}</bdi>: {most}
          </>
        ),
      )}
    </p>
  );
}

/** Of what would be ordered; null = not known, or nothing. */
function valueOf({ value, quantity, typed, shownAs }: LookedAt): number | null {
  return value === null || quantity <= 0 ? null : inCoins((value / quantity) * (typed ?? quantity), shownAs.currency);
}

export interface BulkResult {
  /** Item and store. */
  readonly name: string;
  readonly href: string;
  readonly ok: boolean;
  readonly text: string;
}

interface ResultProps {
  readonly title: string;
  readonly results: readonly BulkResult[];
  readonly back: { readonly href: string; readonly title: string };
  readonly session: Session;
  readonly children?: Child;
}

export function ResultPage({ title, results, back, session, children }: ResultProps) {
  return (
    <Layout title={title} session={session} here={back.href}>
      <h1>{title}</h1>
      <section class="card" id="answered">
        <ul>
          {results.map((result) => (
            <li>
              <a href={result.href}>{result.name}</a>: <span class={result.ok ? "" : "error"}>{result.text}</span>
            </li>
          ))}
        </ul>
        <div class="row">
          <a class="button primary" href={back.href} autofocus>
            {back.title}
          </a>
          {children}
        </div>
      </section>
    </Layout>
  );
}
