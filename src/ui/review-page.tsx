/**
 * The page that a review link opens. It works without script; its first submit button shows a typed quantity and decides
 * nothing, because pressing Enter in a field presses the first button. A verdict travels in the name and value of the
 * button that was clicked, which no `form.submit()` sends.
 */
import { chance } from "../replenishment/words/numbers.ts";
import type { ChartData } from "../review/chart-data.ts";
import { byWhom, type Outcome } from "../review/question-outcome.ts";
import { formatsOf } from "../review/formats.ts";
import { lastingText } from "../review/lasting-text.ts";
import { daysText } from "../review/order-sum.ts";
import { headline, lastingLine, type Question } from "../review/question.ts";
import { reasonLabel } from "../review/wording.ts";
import { REVIEW_JS } from "./assets.ts";
import { Charts } from "./charts.tsx";
import { EarlierDecisions, type EarlierDecision } from "./earlier-decisions.tsx";
import { Layout, type LayoutProps } from "./page-layout.tsx";
import { Clock, ConfidenceMeter, ItemWords, StockNow, SumTable, Time, type UsualFacts } from "./page-parts.tsx";

export interface AnswerForm {
  /** Where the form posts to. */
  readonly action: string;
  readonly csrf: string | null;
  /** What was typed; shown again when the answer was refused. */
  readonly quantity: string;
  /** That as a number, where it is another one than what is asked. */
  readonly tried: number | null;
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
  /** The same reader's link to it. */
  readonly newerUrl?: string | null;
  readonly after?: AfterAnswer | null;
  /** The same person's link to the question as it is now. */
  readonly freshUrl?: string | null;
  readonly now: number;
  readonly session?: LayoutProps["session"];
}

export function ReviewPage(props: ReviewPageProps) {
  const { question, outcome, form, notice, chart, now } = props;
  const open = outcome === null;
  const formats = formatsOf(question.shownAs);
  return (
    <Layout title={open ? `${headline(question)}?` : outcome.title} script={REVIEW_JS} session={props.session ?? null}>
      {notice === null ? null : (
        <div class={`notice ${notice.tone}`} role="status">
          <strong>{notice.title}</strong>
          <span>{notice.text}</span>
          {props.freshUrl == null ? null : <a href={props.freshUrl}>Answer the question as it is now</a>}
        </div>
      )}
      {outcome === null ? (
        <Asked question={question} chart={chart} tried={form?.tried ?? null} now={now} />
      ) : (
        <Decided question={question} outcome={outcome} after={props.after ?? null} />
      )}
      {props.newer == null ? null : <Newer question={props.newer} url={props.newerUrl ?? null} />}
      {props.whyNot === null ? null : (
        <div class="notice amber">
          <span>{props.whyNot}</span>
        </div>
      )}
      <section class="card" aria-labelledby="now">
        <h2 id="now">Now and usual</h2>
        <StockNow stock={question.stock} usual={props.usual} formats={formats} />
      </section>
      {chart === null ? null : (
        <section class="card" aria-labelledby="chart-title">
          <h2 id="chart-title">What each answer leads to</h2>
          <div class="charts" id="charts" aria-live="polite">
            <Charts chart={chart} formats={formats} />
          </div>
        </section>
      )}
      <Why question={question} isOpen={open} />
      {form === null ? null : <Answer question={question} form={form} />}
      <section class="card" aria-labelledby="earlier">
        <h2 id="earlier">Earlier decisions on this item</h2>
        <EarlierDecisions decisions={props.earlier} label="Earlier decisions" formats={formats} />
      </section>
      {form === null ? null : <AnswerBar question={question} form={form} />}
    </Layout>
  );
}

interface AskedProps {
  readonly question: Question;
  readonly chart: ChartData | null;
  readonly tried: number | null;
  readonly now: number;
}

function Asked({ question, chart, tried, now }: AskedProps) {
  const { approvals } = question;
  const formats = formatsOf(question.shownAs);
  // The chart is of this moment; where there is none, what was asked is all that is known.
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
          <span class="soft small">
            This order needs {approvals.needed} people
            {approvals.by.length > 0 ? `; approved so far by ${approvals.by.join(", ")}` : ""}.
          </span>
        </p>
      ) : null}
    </section>
  );
}

/** Ids and supplier, small: the name is in the heading. */
function Where({ question: { storeId, productId, shownAs } }: { question: Question }) {
  return <>{[storeId, productId, shownAs.supplier].filter((part) => part !== undefined).join(" · ")}</>;
}

/** What can be done once a question is answered. */
export interface AfterAnswer {
  readonly next: { readonly href: string; readonly title: string } | null;
  readonly itemHref: string | null;
  /** Where the order can be taken back; null = it is sent, or there is none. */
  readonly takeBack: { readonly action: string; readonly csrf: string; readonly says: string } | null;
}

function Decided({ question, outcome, after }: { question: Question; outcome: Outcome; after: AfterAnswer | null }) {
  const tone = {
    approved: "green",
    modified: "green",
    decided: "green",
    rejected: "red",
    expired: "amber",
    superseded: "amber",
  }[outcome.kind];
  const by = byWhom(outcome);
  const formats = formatsOf(question.shownAs);
  return (
    <section class="card" aria-labelledby="decided">
      <p class="where">
        <ItemWords {...question} />
      </p>
      <h1 id="decided">{outcome.title}</h1>
      <p>
        <span class={`badge ${tone}`}>{outcome.kind}</span>{" "}
        <span class="soft">
          {by === "" ? null : `${by}, `}
          <Time at={outcome.at} formats={formats} />
        </span>
      </p>
      {outcome.comment === null ? null : <blockquote>{outcome.comment}</blockquote>}
      <p class="soft">Asked was: {headline(question)}? Nothing more can be decided here.</p>
      {after?.takeBack == null ? null : (
        <form class="inline" method="post" action={after.takeBack.action}>
          <input type="hidden" name="csrf" value={after.takeBack.csrf} />
          <button class="plain" type="submit" name="step" value="take_back">
            Take it back
          </button>
          <span class="small soft">{after.takeBack.says}</span>
        </form>
      )}
      <p class="row">
        {after?.next == null ? null : (
          <a class="button primary" href={after.next.href}>
            Next: {after.next.title}
          </a>
        )}
        {after?.itemHref == null ? null : <a href={after.itemHref}>See the item</a>}
        <a href="/inbox">Go to the inbox</a>
      </p>
    </section>
  );
}

function Newer({ question, url }: { question: Question; url: string | null }) {
  return (
    <section class="card" aria-labelledby="newer">
      <h2 id="newer">Asked now: {headline(question)}?</h2>
      <p>{lastingLine(question) ?? question.rationale}</p>
      <p class="soft">
        Answer by <Time at={question.expiresAt} formats={formatsOf(question.shownAs)} />
        {url === null ? ", with the newest message or in the inbox. This link decides nothing." : "."}
      </p>
      {url === null ? null : (
        <p>
          <a class="button primary" href={url}>
            Answer this question
          </a>
        </p>
      )}
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
          If nothing is ordered, the chance of running short before another order could help is{" "}
          <strong>{chance(question.stockoutRiskIfHold)}</strong>
          {question.inStockProbability === null || question.action === "hold"
            ? ""
            : `; with this order the chance of staying in stock is ${chance(question.inStockProbability)}`}
          .
        </p>
      )}
      {question.sum === null ? null : (
        <SumTable title={`Why ${formatsOf(question.shownAs).quantity(question.quantity)}`} sum={question.sum} />
      )}
      {question.numbers.length === 0 ? null : (
        <details>
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
  const { quantity: quantityText, locale, decimal, group } = formatsOf(question.shownAs);
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
      <form
        id="answer"
        method="post"
        action={form.action}
        data-asked={String(question.quantity)}
        data-locale={locale}
        data-decimal={decimal}
        data-group={group}
      >
        <input type="hidden" name="revision" value={String(question.revision)} />
        {form.csrf === null ? null : <input type="hidden" name="csrf" value={form.csrf} />}
        <div class="with-button">
          <label for="quantity">
            Quantity
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
          {rules.length === 0 ? "Any whole quantity." : `${capital(rules.join(", "))}.`} The button below orders what is
          typed here; to order nothing, reject.
        </p>
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
        <p class="small soft">You answer as {form.as}. Your answer is recorded.</p>
      </form>
    </section>
  );
}

/** Last in the page, so that neither of its buttons is the one that Enter presses. The big one says what the field says. */
function AnswerBar({ question, form: { tried, quantityError } }: { question: Question; form: AnswerForm }) {
  const { quantity } = formatsOf(question.shownAs);
  const approve = question.action === "restock" ? `Approve ${quantity(question.quantity)}` : "Approve: order nothing";
  const isOther = tried !== null && tried > 0;
  return (
    <div class="answer" id="answer-bar" role="group" aria-label="Answer">
      <input type="hidden" name="read_as" form="answer" value={isOther ? String(tried) : ""} />
      <button
        class="primary"
        type="submit"
        form="answer"
        name="decision"
        value={isOther ? "modify" : "approve"}
        data-approve={approve}
        disabled={quantityError !== null}
      >
        {isOther ? `Order ${quantity(tried)}` : approve}
      </button>
      <button class="danger" type="submit" form="answer" name="decision" value="reject">
        Reject
      </button>
    </div>
  );
}

function costLine(question: Question, tried: number | null): string {
  const { money, quantity: quantityText, date } = formatsOf(question.shownAs);
  const quantity = tried ?? question.quantity;
  if (quantity <= 0) return "Stock and open orders should last.";
  const { unitCost } = question;
  const what = tried === null ? "Worth" : `${quantityText(tried)} are worth`;
  const value = unitCost === null ? "" : `${what} ${money(unitCost * quantity)} at ${money(unitCost)} a unit. `;
  return `${value}Arrives about ${date(question.arrivesOn)}, ${daysText(question.leadTimeDays, { quantity: quantityText })} after ordering.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
