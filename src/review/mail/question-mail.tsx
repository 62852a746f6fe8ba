/**
 * The mail that asks a question, reminds of it or takes it to more people. Text and HTML carry the same facts in the
 * same order and exactly one link. What is asked, its worth, the deadline and the link come first: on a phone they are
 * all that is seen at once.
 */
import { chance } from "../../replenishment/words/numbers.ts";
import { sparkline, type DemandPoint } from "../chart-data.ts";
import { formatsOf } from "../../shared/formats.ts";
import { doubtText, headline, lastingLine, peopleLine, type Question } from "../question.ts";
import { COMMENT_MAX_LENGTH, NAME_MAX_LENGTH, singleLine } from "../safe-text.ts";
import { coverWords, durationText, percentText, unbroken } from "../wording.ts";
import { Button, Facts, Heading, mailDocument, Paragraph, Quote, Small, type FactRow } from "./mail-parts.tsx";
import { SUBJECT_MAX_LENGTH, type MailContent } from "./mailer.ts";

export interface QuestionMail {
  readonly kind: "ask" | "remind" | "escalate";
  readonly question: Question;
  readonly url: string;
  readonly now: number;
  readonly demand: readonly DemandPoint[];
  /** The colleague who had this reader asked, and their note. */
  readonly asked?: { readonly by: string; readonly note: string | null } | null;
}

export function questionMail({ kind, question, url, now, demand, asked = null }: QuestionMail): MailContent {
  const leads = {
    ask: question.revision > 1 ? "Changed" : null,
    remind: "Reminder",
    escalate: "Still unanswered",
  } as const;
  const by = asked === null ? null : singleLine(asked.by, NAME_MAX_LENGTH);
  const lead = by === null ? leads[kind] : `${by} asks you`;
  const note = asked?.note == null ? null : singleLine(asked.note, COMMENT_MAX_LENGTH);
  const title = `${headline(question)}?`;
  const { time, money } = formatsOf(question.shownAs);
  const lasting = lastingLine(question);
  const worth = question.value === null || question.action === "hold" ? null : `Worth ${money(question.value)}.`;
  const deadline = `Answer by ${time(question.expiresAt)} (in ${durationText(question.expiresAt - now)}).`;
  const rows = factRows(question);
  const sparks = sparkline(demand);
  const people = peopleLine(question);
  const sure = `${percentText(question.confidence.score)} confident.`;
  const howSure = `${question.confidence.words}${doubtText(question)}.`;
  const text = [
    `${lead === null ? "" : `${lead}: `}${title}`,
    "",
    ...(note === null ? [] : [`${by} wrote: "${note}"`, ""]),
    ...(lasting === null ? [] : [lasting, ""]),
    ...(worth === null ? [] : [worth]),
    `${deadline} ${question.silence}`,
    "Look, then approve, change or reject here:",
    url,
    "The link is yours alone; opening it changes nothing.",
    "",
    question.rationale,
    "",
    ...rows.map(([name, value]) => `${name}: ${value}`),
    ...(sparks === "" ? [] : [`Sold in the last 14 days: ${sparks}`]),
    "",
    `${sure} ${howSure}`,
    "",
    ...sumText(question),
    "Why you are asked:",
    ...question.why.map((reason) => `- ${reason}`),
    ...(people === null ? [] : ["", people]),
    ...(question.modelWords === null ? [] : ["", `The language model wrote: "${question.modelWords}"`]),
    ...(question.notes === null ? [] : ["", `Note that came with the count: "${question.notes}"`]),
  ].join("\n");
  return {
    subject: singleLine(
      `${lead === null ? "" : `${lead}: `}${title} Answer by ${time(question.expiresAt)}`,
      SUBJECT_MAX_LENGTH,
    ),
    text,
    html: mailDocument(
      <>
        {lead === null ? null : <Small>{lead}</Small>}
        <Heading>{title}</Heading>
        {note === null ? null : <Quote from={`${by} wrote`}>{note}</Quote>}
        {lasting === null ? null : (
          <Paragraph>
            <strong>{lasting}</strong>
          </Paragraph>
        )}
        <Paragraph>
          {worth === null ? null : (
            <>
              <strong>{worth}</strong>{" "}
            </>
          )}
          {deadline} {question.silence}
        </Paragraph>
        <Button href={url}>Look and answer</Button>
        <Small>The link is yours alone; opening it changes nothing.</Small>
        <Paragraph>{unbroken(question.rationale)}</Paragraph>
        <Facts rows={sparks === "" ? rows : [...rows, ["Sold, last 14 days", sparks]]} />
        <Paragraph>
          <strong>{sure}</strong> {howSure}
        </Paragraph>
        <Sum question={question} />
        <Paragraph>
          <strong>Why you are asked:</strong> {question.why.join(" ")}
          {people === null ? null : ` ${people}`}
        </Paragraph>
        {question.modelWords === null ? null : <Quote from="The language model wrote">{question.modelWords}</Quote>}
        {question.notes === null ? null : <Quote from="Note that came with the count">{question.notes}</Quote>}
      </>,
    ),
  };
}

function factRows(question: Question): FactRow[] {
  const { stock, shownAs, storeId, productId } = question;
  const formats = formatsOf(shownAs);
  const { quantity, date } = formats;
  const tenths = (value: number): string => quantity(Math.round(value * 10) / 10);
  const rows: FactRow[] = [];
  if (shownAs.name !== undefined) rows.push(["Item", `${shownAs.name} (${productId})`]);
  if (shownAs.store !== undefined) rows.push(["Store", `${shownAs.store} (${storeId})`]);
  if (shownAs.supplier !== undefined) rows.push(["Supplier", shownAs.supplier]);
  rows.push(
    [
      "On hand",
      `${quantity(stock.onHand)}${stock.daysOfCover === null ? "" : ` (${coverWords(stock.daysOfCover, formats)})`}`,
    ],
    ["On order", quantity(stock.onOrder)],
  );
  if (stock.backordered > 0) rows.push(["Owed to customers", quantity(stock.backordered)]);
  rows.push(["Safety stock", quantity(stock.safetyStock)]);
  if (stock.meanDemandPerDay !== null) rows.push(["Usually sold a day", tenths(stock.meanDemandPerDay)]);
  if (question.action === "restock") rows.push(["Arrives about", date(question.arrivesOn)]);
  if (question.stockoutRiskIfHold !== null)
    rows.push(["Risk of running short if nothing is ordered", chance(question.stockoutRiskIfHold)]);
  return rows;
}

function sumText({ sum, quantity, shownAs }: Question): string[] {
  if (sum === null) return [];
  return [
    `Why ${formatsOf(shownAs).quantity(quantity)}:`,
    ...sum.lines.map(({ name, amount }) => `- ${name}: ${amount}`),
    ...sum.limits.map((limit) => `- ${limit}`),
    "",
  ];
}

function Sum({ question }: { question: Question }) {
  const { sum, quantity, shownAs } = question;
  if (sum === null) return null;
  return (
    <>
      <Paragraph>
        <strong>Why {formatsOf(shownAs).quantity(quantity)}</strong>
      </Paragraph>
      <Facts rows={sum.lines.map(({ name, amount }) => [name, amount])} />
      {sum.limits.length === 0 ? null : <Paragraph>{sum.limits.join(" ")}</Paragraph>}
    </>
  );
}
