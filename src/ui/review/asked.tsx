/** The question, at the top of its page: what is asked, how long it lasts, what it costs, by when. */
import type { ChartData } from "../../review/chart-data.ts";
import { formatsOf } from "../../shared/formats.ts";
import { lastingText } from "../../review/lasting-text.ts";
import { daysText } from "../../review/order-sum.ts";
import { headline, lastingLine, peopleLine, type Question } from "../../review/question.ts";
import { reasonLabel } from "../../review/wording.ts";
import { Clock, ConfidenceMeter } from "../page-parts.tsx";

interface AskedProps {
  readonly question: Question;
  readonly chart: ChartData | null;
  readonly tried: number | null;
  readonly now: number;
}

export function Asked({ question, chart, tried, now }: AskedProps) {
  const { approvals } = question;
  const formats = formatsOf(question.shownAs);
  // The chart shows the present; without one, only the figures of the question are known.
  const lasting =
    chart !== null && chart.approve.quantity === question.quantity
      ? lastingText(chart.approve.lasting, formats)
      : lastingLine(question);
  return (
    <section class="card" aria-labelledby="asked">
      <div class="row between">
        <p class="where">
          <Where question={question} />
        </p>
        <p class="row">
          {question.reasons.map((reason) => (
            <span class="badge amber">{reasonLabel(reason)}</span>
          ))}
        </p>
      </div>
      <h1 id="asked">{headline(question)}?</h1>
      {lasting === null ? null : <p class="lead">{lasting}</p>}
      <p class="soft" id="cost">
        {costLine(question, tried)}
      </p>
      <Clock askedAt={question.askedAt} expiresAt={question.expiresAt} now={now} formats={formats} />
      <ConfidenceMeter confidence={question.confidence} doubts={question.doubts} />
      {approvals.needed > 1 ? (
        <p>
          <span class="badge">
            {approvals.given} of {approvals.needed} approvals
          </span>{" "}
          <span class="soft small">{peopleLine(question)}</span>
        </p>
      ) : null}
    </section>
  );
}

/** Id, store and supplier, small: the name is in the heading. */
function Where({ question: { storeId, productId, shownAs } }: { question: Question }) {
  const id = shownAs.name === undefined ? undefined : productId;
  return <>{[id, shownAs.store ?? storeId, shownAs.supplier].filter((part) => part !== undefined).join(" · ")}</>;
}

function costLine(question: Question, tried: number | null): string {
  const { money, quantity: quantityText, date } = formatsOf(question.shownAs);
  const quantity = tried ?? question.quantity;
  if (quantity <= 0) return "Stock and open orders should last.";
  const { unitCost } = question;
  const what = tried === null ? "Worth" : `${quantityText(tried)} are worth`;
  const value = unitCost === null ? "" : `${what} ${money(unitCost * quantity)} at ${money(unitCost)} a unit. `;
  return (
    `${value}Arrives about ${date(question.arrivesOn)}, ` +
    `${daysText(question.leadTimeDays, { quantity: quantityText })} after ordering.`
  );
}
