/**
 * The page that a review link opens. It works without script; its first submit button redraws the chart and decides
 * nothing, because pressing Enter in a field presses the first button. A verdict travels in the name and value of the
 * button that was clicked, which no `form.submit()` sends.
 */
import { chance } from "../replenishment/words/numbers.ts";
import type { ChartData } from "../review/chart-data.ts";
import { byWhom, type Outcome } from "../review/question-outcome.ts";
import { headline, type Question } from "../review/question.ts";
import { dayText, moneyText, quantityText, reasonLabel } from "../review/wording.ts";
import { REVIEW_JS } from "./assets.ts";
import { Charts } from "./charts.tsx";
import { EarlierDecisions, type EarlierDecision } from "./earlier-decisions.tsx";
import { Layout, type LayoutProps } from "./page-layout.tsx";
import { Clock, ConfidenceMeter, StockNow, Time, type UsualFacts } from "./page-parts.tsx";

export interface AnswerForm {
  /** Where the form posts to. */
  readonly action: string;
  readonly csrf: string | null;
  /** What was typed; shown again when the answer was refused. */
  readonly quantity: string;
  readonly comment: string;
  readonly quantityError: string | null;
  /** How far the deadline can still be extended, ms; 0 hides the button. */
  readonly extendMs: number;
  /** Who is answering. */
  readonly as: string;
}

export interface ReviewPageProps {
  readonly question: Question;
  readonly outcome: Outcome | null;
  /** Null where this reader may look but not answer; `whyNot` then says why. */
  readonly form: AnswerForm | null;
  readonly whyNot: string | null;
  /** Shown at the top: what the last click did. */
  readonly notice: { readonly tone: "green" | "amber" | "red"; readonly title: string; readonly text: string } | null;
  readonly chart: ChartData | null;
  readonly usual: UsualFacts;
  readonly earlier: readonly EarlierDecision[];
  /** The open question that took this one's place; null when there is none. */
  readonly newer?: Question | null;
  /** The same person's link to the question as it is now. */
  readonly freshUrl?: string | null;
  readonly now: number;
  readonly session?: LayoutProps["session"];
}

export function ReviewPage(props: ReviewPageProps) {
  const { question, outcome, form, notice, chart, now } = props;
  const open = outcome === null;
  return (
    <Layout title={open ? `${headline(question)}?` : outcome.title} script={REVIEW_JS} session={props.session ?? null}>
      {notice === null ? null : (
        <div class={`notice ${notice.tone}`} role="status">
          <strong>{notice.title}</strong>
          <span>{notice.text}</span>
          {props.freshUrl == null ? null : <a href={props.freshUrl}>Answer the question as it is now</a>}
        </div>
      )}
      {outcome === null ? <Asked question={question} now={now} /> : <Decided question={question} outcome={outcome} />}
      {props.newer == null ? null : <Newer question={props.newer} />}
      {props.whyNot === null ? null : (
        <div class="notice amber">
          <span>{props.whyNot}</span>
        </div>
      )}
      <section class="card" aria-labelledby="now">
        <h2 id="now">Now and usual</h2>
        <StockNow stock={question.stock} usual={props.usual} />
      </section>
      {chart === null ? null : (
        <section class="card" aria-labelledby="chart-title">
          <h2 id="chart-title">What each answer leads to</h2>
          <div class="charts" id="charts" aria-live="polite">
            <Charts chart={chart} />
          </div>
        </section>
      )}
      <Why question={question} isOpen={open} />
      {form === null ? null : <Answer question={question} form={form} />}
      <section class="card" aria-labelledby="earlier">
        <h2 id="earlier">Earlier decisions on this item</h2>
        <EarlierDecisions decisions={props.earlier} label="Earlier decisions" />
      </section>
      {form === null ? null : <AnswerBar question={question} />}
    </Layout>
  );
}

function Asked({ question, now }: { question: Question; now: number }) {
  const { approvals } = question;
  return (
    <section class="card" aria-labelledby="asked">
      <div class="row between">
        <p class="where">
          {question.storeId} · {question.productId}
        </p>
        <p class="row">
          {question.reasons.map((reason) => (
            <span class="badge amber">{reasonLabel(reason)}</span>
          ))}
        </p>
      </div>
      <h1 id="asked">{headline(question)}?</h1>
      <p class="lead soft">{costLine(question)}</p>
      <Clock askedAt={question.askedAt} expiresAt={question.expiresAt} now={now} />
      <ConfidenceMeter confidence={question.confidence} />
      {approvals.needed > 1 ? (
        <p>
          <span class="badge">
            {approvals.given} of {approvals.needed} approvals
          </span>{" "}
          <span class="soft small">
            This order needs {approvals.needed} people
            {approvals.by.length > 0 ? `; approved so far by ${approvals.by.join(", ")}` : ""}.
          </span>
        </p>
      ) : null}
    </section>
  );
}

function Decided({ question, outcome }: { question: Question; outcome: Outcome }) {
  const tone = {
    approved: "green",
    modified: "green",
    decided: "green",
    rejected: "red",
    expired: "amber",
    superseded: "amber",
  }[outcome.kind];
  const by = byWhom(outcome);
  return (
    <section class="card" aria-labelledby="decided">
      <p class="where">
        {question.storeId} · {question.productId}
      </p>
      <h1 id="decided">{outcome.title}</h1>
      <p>
        <span class={`badge ${tone}`}>{outcome.kind}</span>{" "}
        <span class="soft">
          {by === "" ? null : `${by}, `}
          <Time at={outcome.at} />
        </span>
      </p>
      {outcome.comment === null ? null : <blockquote>{outcome.comment}</blockquote>}
      <p class="soft">Asked was: {headline(question)}? Nothing more can be decided here.</p>
      <p>
        <a href="/inbox">Go to the inbox</a>
      </p>
    </section>
  );
}

function Newer({ question }: { question: Question }) {
  return (
    <section class="card" aria-labelledby="newer">
      <h2 id="newer">Asked now: {headline(question)}?</h2>
      <p>{question.rationale}</p>
      <p class="soft">
        Answer by <Time at={question.expiresAt} />, with the newest message or in the inbox. This link decides nothing.
      </p>
    </section>
  );
}

function Why({ question, isOpen }: { question: Question; isOpen: boolean }) {
  return (
    <section class="card" aria-labelledby="why">
      <h2 id="why">{isOpen ? "Why you are asked" : "Why it was asked"}</h2>
      <ul>
        {question.why.map((why) => (
          <li>{why}</li>
        ))}
      </ul>
      {question.stockoutRiskIfHold === null || !isOpen ? null : (
        <p>
          If nothing is ordered, the risk of running out is <strong>{chance(question.stockoutRiskIfHold)}</strong>
          {question.inStockProbability === null || question.action === "hold"
            ? ""
            : `; with this order the chance of staying in stock is ${chance(question.inStockProbability)}`}
          .
        </p>
      )}
      {question.numbers.length === 0 ? null : (
        <details open>
          <summary>What the number rests on</summary>
          <ul>
            {question.numbers.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </details>
      )}
      {question.modelWords === null ? null : (
        <div>
          <p class="small soft">The language model wrote (its words, not checked facts):</p>
          <blockquote>{question.modelWords}</blockquote>
        </div>
      )}
      {question.notes === null ? null : (
        <div>
          <p class="small soft">Note that came with the count:</p>
          <blockquote>{question.notes}</blockquote>
        </div>
      )}
      {isOpen ? <p class="soft small">{question.silence}</p> : null}
    </section>
  );
}

function Answer({ question, form }: { question: Question; form: AnswerForm }) {
  const { constraints } = question;
  const rules = [
    constraints.packSize === 1 ? null : `packs of ${quantityText(constraints.packSize)}`,
    constraints.minOrderQuantity > 0 ? `at least ${quantityText(constraints.minOrderQuantity)}` : null,
    constraints.maxStock === null
      ? null
      : `stock and open orders together at most ${quantityText(constraints.maxStock)}`,
  ].filter((rule) => rule !== null);
  return (
    <section class="card" aria-labelledby="answer-title">
      <h2 id="answer-title">Your answer</h2>
      <form id="answer" method="post" action={form.action}>
        <input type="hidden" name="revision" value={String(question.revision)} />
        {form.csrf === null ? null : <input type="hidden" name="csrf" value={form.csrf} />}
        <div class="with-button">
          <label for="quantity">
            Another quantity
            <input
              id="quantity"
              name="quantity"
              inputmode="decimal"
              autocomplete="off"
              value={form.quantity}
              aria-describedby="quantity-rules quantity-error"
              aria-invalid={form.quantityError === null ? "false" : "true"}
            />
          </label>
          <button class="plain" type="submit" name="decision" value="preview">
            Show in chart
          </button>
        </div>
        <p class="error" id="quantity-error" role="alert">
          {form.quantityError ?? ""}
        </p>
        <p class="small soft" id="quantity-rules">
          {rules.length === 0 ? "Any whole quantity." : `${capital(rules.join(", "))}.`} To order nothing, reject.
        </p>
        <button class="plain" type="submit" name="decision" value="modify">
          Order this quantity instead
        </button>
        <label for="comment">
          <span>
            Comment <span class="small soft">(optional, kept with the decision)</span>
          </span>
          <textarea id="comment" name="comment" maxlength={500}>
            {form.comment}
          </textarea>
        </label>
        {form.extendMs > 0 ? (
          <p>
            <button class="linklike" type="submit" name="decision" value="extend">
              Need more time? Put the deadline off
            </button>
          </p>
        ) : null}
        <p class="small soft">You answer as {form.as}. Your answer is recorded and cannot be taken back here.</p>
      </form>
    </section>
  );
}

/** Last in the page, so that neither of its buttons is the one that Enter presses. */
function AnswerBar({ question }: { question: Question }) {
  return (
    <div class="answer" role="group" aria-label="Answer">
      <button class="primary" type="submit" form="answer" name="decision" value="approve">
        {question.action === "restock" ? `Approve ${quantityText(question.quantity)}` : "Approve: order nothing"}
      </button>
      <button class="danger" type="submit" form="answer" name="decision" value="reject">
        Reject
      </button>
    </div>
  );
}

function costLine(question: Question): string {
  if (question.action === "hold") return "Stock and open orders should last.";
  const value =
    question.value === null
      ? ""
      : `Worth ${moneyText(question.value)} at ${moneyText(question.unitCost ?? 0)} a unit. `;
  const lead = question.leadTimeDays === 1 ? "1 day" : `${quantityText(question.leadTimeDays)} days`;
  return `${value}Arrives about ${dayText(question.arrivesAt)}, ${lead} after ordering.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
