/** The page that a review link opens. It works without script. */
import type { ChartData } from "../../review/chart-data.ts";
import { formatsOf } from "../../shared/formats.ts";
import type { Outcome } from "../../review/question-outcome.ts";
import { headline, type Question } from "../../review/question.ts";
import { REVIEW_JS } from "../generated/asset-paths.ts";
import { Charts } from "../charts.tsx";
import { EarlierDecisions, type EarlierDecision } from "../earlier-decisions.tsx";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import { StockNow, type UsualFacts, type Notice } from "../page-parts.tsx";
import { Answer, AnswerBar, type AnswerForm } from "./answer-form.tsx";
import { AskColleague, type AskForm } from "./ask-colleague.tsx";
import { OwnLink, type OwnLinkForm } from "./own-link.tsx";
import { Asked } from "./asked.tsx";
import { Decided, Newer } from "./decided.tsx";
import { GoOn, type AfterAnswer } from "./go-on.tsx";
import { Why } from "./why.tsx";

export interface ReviewPageProps {
  readonly question: Question;
  readonly outcome: Outcome | null;
  /** Null where this reader may look but not answer; `whyNot` then says why. */
  readonly form: AnswerForm | null;
  readonly whyNot: string | null;
  /** Shown at the top: what the last click did. */
  readonly notice: Notice | null;
  readonly chart: ChartData | null;
  readonly usual: UsualFacts;
  readonly earlier: readonly EarlierDecision[];
  /** The open question that took this one's place; null when there is none. */
  readonly newer?: Question | null;
  /** The same reader's link to it. */
  readonly newerUrl?: string | null;
  /** Once it is answered; also while it waits for a second person. */
  readonly after?: AfterAnswer | null;
  /** The same person's link to the question as it is now. */
  readonly freshUrl?: string | null;
  /** Whose link this is, and where the reader can ask for their own; null for a reader who is signed in. */
  readonly linkOf?: OwnLinkForm | null;
  /** Null where nobody else can be asked. */
  readonly ask?: AskForm | null;
  readonly now: number;
  readonly session?: LayoutProps["session"];
}

export function ReviewPage(props: ReviewPageProps) {
  const { question, outcome, form, notice, chart, now } = props;
  const open = outcome === null;
  const formats = formatsOf(question.shownAs);
  return (
    <Layout
      title={open ? `${headline(question)}?` : outcome.title}
      place="Inbox"
      script={REVIEW_JS}
      session={props.session ?? null}
      here=""
    >
      {notice === null ? null : (
        <div class={`notice ${notice.tone}`} role="status" tabindex={-1} autofocus>
          <strong>{notice.title}</strong>
          <span>{notice.text}</span>
          {props.freshUrl == null ? null : <a href={props.freshUrl}>Answer the question as it is now</a>}
        </div>
      )}
      {outcome === null && props.after != null ? <GoOn {...props.after} /> : null}
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
      {props.ask == null ? null : <AskColleague {...props.ask} />}
      {props.linkOf == null ? null : <OwnLink {...props.linkOf} />}
      <section class="card" aria-labelledby="earlier">
        <h2 id="earlier">Earlier decisions on this item</h2>
        <EarlierDecisions decisions={props.earlier} label="Earlier decisions" formats={formats} now={props.now} />
      </section>
      {form === null ? null : <AnswerBar question={question} form={form} />}
    </Layout>
  );
}
