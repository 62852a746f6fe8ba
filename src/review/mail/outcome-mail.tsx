/** The mail that says what came of a question. Text and HTML carry the same facts and exactly one link. */
import { formatsOf } from "../../shared/formats.ts";
import { lastingText } from "../lasting-text.ts";
import { byWhom, type Outcome } from "../question-outcome.ts";
import { headline, itemName, storeName, type Question } from "../question.ts";
import { singleLine } from "../safe-text.ts";
import { Heading, mailDocument, Paragraph, Quote, Small } from "./mail-parts.tsx";
import { SUBJECT_MAX_LENGTH, type MailContent } from "./mailer.ts";

export interface OutcomeMail {
  readonly question: Question;
  readonly outcome: Outcome;
  readonly url: string;
}

export function outcomeMail({ question, outcome, url }: OutcomeMail): MailContent {
  const by = byWhom(outcome);
  const formats = formatsOf(question.shownAs);
  const what = `${itemName(question)} for ${storeName(question)}`;
  const said = outcome.comment === null ? null : `“${outcome.comment}”`;
  const when = `${by === "" ? "" : `${by}, `}${formats.time(outcome.at)}`;
  const next =
    outcome.kind === "superseded"
      ? "Newer numbers replaced this question; there is nothing left to do here."
      : outcome.quantity > 0
        ? `Expected to arrive on ${formats.date(question.arrivesOn)}.`
        : question.lasting === null
          ? "Nothing else happens."
          : lastingText({ ...question.lasting, quantity: 0 }, formats);
  return {
    subject: singleLine(`${outcome.title} (${what})`, SUBJECT_MAX_LENGTH),
    text: [
      `${outcome.title}: ${what}`,
      when,
      ...(said === null ? [] : ["", said]),
      "",
      next,
      "",
      `The question was: ${headline(question)}?`,
      url,
    ].join("\n"),
    html: mailDocument(
      <>
        <Small>{what}</Small>
        <Heading>{outcome.title}</Heading>
        <Paragraph>{when}</Paragraph>
        {said === null ? null : <Quote from="Comment">{outcome.comment}</Quote>}
        <Paragraph>{next}</Paragraph>
        <Small>
          The question was: {headline(question)}? <a href={url}>See the page</a>
        </Small>
      </>,
    ),
  };
}
