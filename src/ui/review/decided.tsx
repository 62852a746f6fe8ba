/** How a question ended, and where to go from there. */
import { formatsOf } from "../../shared/formats.ts";
import { byWhom, type Outcome } from "../../review/question-outcome.ts";
import { headline, lastingLine, type Question } from "../../review/question.ts";
import { ItemWords, Time } from "../page-parts.tsx";
import { GoOn, type AfterAnswer } from "./go-on.tsx";

export function Decided({
  question,
  outcome,
  after,
}: {
  question: Question;
  outcome: Outcome;
  after: AfterAnswer | null;
}) {
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
      {outcome.takenBack === null ? null : (
        <p>
          <strong>Taken back</strong> by {outcome.takenBack.by}, <Time at={outcome.takenBack.at} formats={formats} />.
          This answer no longer counts.
        </p>
      )}
      {outcome.comment === null ? null : <blockquote>{outcome.comment}</blockquote>}
      <p class="soft">
        The question was: {headline(question)}?{after?.press == null ? " Nothing more can be decided here." : ""}
      </p>
      {after?.press == null ? null : (
        <form class="inline" method="post" action={after.press.action}>
          {after.press.csrf === null ? null : <input type="hidden" name="csrf" value={after.press.csrf} />}
          <button class="plain" type="submit" name="step" value={after.press.step}>
            {after.press.label}
          </button>
          <span class="small soft">{after.press.says}</span>
        </form>
      )}
      {after?.orderHref == null ? null : (
        <p>
          <a class="button plain" href={after.orderHref}>
            Order it after all
          </a>{" "}
          <span class="small soft">You sign in, and see the number before it is ordered.</span>
        </p>
      )}
      <GoOn {...(after ?? { next: null, mailNext: null, itemHref: null })} />
    </section>
  );
}

export function Newer({ question, url }: { question: Question; url: string | null }) {
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
