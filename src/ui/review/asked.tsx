/** The question, at the top of its page: what is asked, its worth, by when, what silence does, how long it lasts. */
import type { ChartData } from "../../review/chart-data.ts";
import { formatsOf } from "../../shared/formats.ts";
import { lastingText } from "../../review/lasting-text.ts";
import { headline, lastingLine, peopleLine, type Question } from "../../review/question.ts";
import { reasonLabel } from "../../review/wording.ts";
import { Clock, ConfidenceMeter, DOT } from "../page-parts.tsx";

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
      <p class="where">
        <Where question={question} />
      </p>
      <h1 id="asked">{headline(question)}?</h1>
      <p class="lead" id="cost" aria-live="polite">
        <Cost question={question} tried={tried} />
      </p>
      <Clock {...question} now={now} formats={formats} />
      {lasting === null ? null : <p class="lead">{lasting}</p>}
      <p class="row">
        {question.reasons.map((reason) => (
          <span class="badge amber">{reasonLabel(reason)}</span>
        ))}
      </p>
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
  return <>{[id, shownAs.store ?? storeId, shownAs.supplier].filter((part) => part !== undefined).join(DOT)}</>;
}

function Cost({ question, tried }: Pick<AskedProps, "question" | "tried">) {
  const { money, price, quantity: quantityText, date } = formatsOf(question.shownAs);
  const quantity = tried ?? question.quantity;
  if (quantity <= 0) return <>Stock and open orders should last.</>;
  const { unitCost } = question;
  const what = tried === null ? "Worth" : `${quantityText(tried)} are worth`;
  return (
    <>
      {unitCost === null ? null : (
        <>
          <strong>
            {what} {money(unitCost * quantity)}
          </strong>{" "}
          at {price(unitCost)} a unit.{" "}
        </>
      )}
      Arrives about {date(question.arrivesOn)}.
    </>
  );
}
