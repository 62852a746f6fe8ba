/**
 * The text of the mails. Text and HTML carry the same facts in the same order and exactly one link. The HTML sets no
 * text or page colour, so a mail client's dark mode keeps it readable; the button brings its own pair of colours.
 */
import { chance } from "../../replenishment/words/numbers.ts";
import type { Child } from "hono/jsx";
import { sparkline, type DemandPoint } from "../chart-data.ts";
import { byWhom, type Outcome } from "../question-outcome.ts";
import { formatsOf } from "../../shared/formats.ts";
import { doubtText, headline, itemName, lastingLine, storeName, type Question } from "../question.ts";
import { singleLine } from "../safe-text.ts";
import { Button, Heading, mailDocument, Paragraph, Small } from "./mail-parts.tsx";
import { coverWords, durationText, percentText } from "../wording.ts";

export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** RFC 5322 asks for at most 998 characters a line; readers show far fewer. */
const SUBJECT_MAX_LENGTH = 180;
const NAME_MAX_LENGTH = 128;
const NOTE_MAX_LENGTH = 500;

export interface AskMail {
  readonly kind: "ask" | "remind" | "escalate";
  readonly question: Question;
  readonly url: string;
  readonly now: number;
  readonly demand: readonly DemandPoint[];
  /** The colleague who had this reader asked, and their note. */
  readonly asked?: { readonly by: string; readonly note: string | null } | null;
}

export function askMail({ kind, question, url, now, demand, asked = null }: AskMail): MailContent {
  const leads = {
    ask: question.revision > 1 ? "Changed" : null,
    remind: "Reminder",
    escalate: "Still unanswered",
  } as const;
  const by = asked === null ? null : singleLine(asked.by, NAME_MAX_LENGTH);
  const lead = by === null ? leads[kind] : `${by} asks you`;
  const note = asked?.note == null ? null : singleLine(asked.note, NOTE_MAX_LENGTH);
  const title = `${headline(question)}?`;
  const { time } = formatsOf(question.shownAs);
  const lasting = lastingLine(question);
  const deadline = `Answer by ${time(question.expiresAt)} (in ${durationText(question.expiresAt - now)}).`;
  const rows = factRows(question);
  const sparks = sparkline(demand);
  const text = [
    `${lead === null ? "" : `${lead}: `}${title}`,
    "",
    ...(note === null ? [] : [`${by} wrote: "${note}"`, ""]),
    ...(lasting === null ? [] : [lasting, ""]),
    question.rationale,
    "",
    ...rows.map(([name, value]) => `${name}: ${value}`),
    ...(sparks === "" ? [] : [`Sold in the last 14 days: ${sparks}`]),
    "",
    ...sumText(question),
    "Why you are asked:",
    ...question.why.map((reason) => `- ${reason}`),
    ...(question.modelWords === null ? [] : ["", `The language model wrote: "${question.modelWords}"`]),
    ...(question.notes === null ? [] : ["", `Note that came with the count: "${question.notes}"`]),
    "",
    `${deadline} ${question.silence}`,
    "Look, then approve, change or reject here:",
    url,
    "",
    "The link is yours alone; opening it changes nothing.",
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
        <Paragraph>{question.rationale}</Paragraph>
        <Facts rows={sparks === "" ? rows : [...rows, ["Sold, last 14 days", sparks]]} />
        <Sum question={question} />
        <Paragraph>
          <strong>Why you are asked:</strong> {question.why.join(" ")}
        </Paragraph>
        {question.modelWords === null ? null : <Quote from="The language model wrote">{question.modelWords}</Quote>}
        {question.notes === null ? null : <Quote from="Note that came with the count">{question.notes}</Quote>}
        <Paragraph>
          <strong>{deadline}</strong> {question.silence}
        </Paragraph>
        <Button href={url}>Look and answer</Button>
        <Small>The link is yours alone; opening it changes nothing.</Small>
      </>,
    ),
  };
}

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
        : "Stock stays as it is.";
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

type FactRow = readonly [name: string, value: string];

function factRows(question: Question): FactRow[] {
  const { stock, confidence, shownAs, storeId, productId } = question;
  const formats = formatsOf(shownAs);
  const { quantity, money, date } = formats;
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
  if (question.action === "restock") {
    if (question.value !== null) rows.push(["Order value", money(question.value)]);
    rows.push(["Arrives about", date(question.arrivesOn)]);
  }
  if (question.stockoutRiskIfHold !== null)
    rows.push(["Risk of running short if nothing is ordered", chance(question.stockoutRiskIfHold)]);
  rows.push(["Confidence", `${percentText(confidence.score)}. ${confidence.words}${doubtText(question)}`]);
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

/** A number and its sign, or a date, stay on one line. */
function oneLine(value: string): string {
  return value.length <= 16 ? ";white-space:nowrap" : "";
}

function Quote({ from, children }: { from: string; children?: Child }) {
  return (
    <blockquote style="margin:0 0 16px;padding:4px 0 4px 12px;border-left:3px solid #8a94a6">
      <span style="font-size:13px;opacity:.75">{from}:</span>
      <br />
      {children}
    </blockquote>
  );
}

function Facts({ rows }: { rows: readonly FactRow[] }) {
  return (
    <table cellpadding="0" cellspacing="0" width="100%" style="margin:0 0 16px;border-collapse:collapse">
      <tbody>
        {rows.map(([name, value]) => (
          <tr>
            <th
              scope="row"
              align="left"
              valign="top"
              style="padding:6px 16px 6px 0;font-weight:normal;opacity:.75;border-bottom:1px solid #8a94a655"
            >
              {name}
            </th>
            <td
              align="right"
              style={`padding:6px 0;font-weight:600;border-bottom:1px solid #8a94a655${oneLine(value)}`}
            >
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
