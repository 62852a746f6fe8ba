/** The mails that ask people about a whole order, remind them, and report the outcome. One link each. */
import { Button, Heading, mailDocument, Paragraph, RULE, Small } from "../../review/mail/mail-parts.tsx";
import { singleLine } from "../../review/safe-text.ts";
import { SUBJECT_MAX_LENGTH, type MailContent } from "../../review/mail/mailer.ts";
import { byWhom, outcomeText, whyAsked } from "../order/order-words.ts";
import { amountWords, worthWords, type DocumentLine, type OrderDocument } from "../order/order-document.ts";
import type { PurchaseOrder } from "../order/types.ts";

const TEXT_MAX_LENGTH = 200;
/** Most lines in a mail; the page shows all. */
const LINES_SHOWN = 12;

export interface AskMail {
  readonly kind: "ask" | "remind";
  readonly order: PurchaseOrder;
  readonly document: OrderDocument;
  readonly url: string;
}

export function askMail({ kind, order, document, url }: AskMail): MailContent {
  const { formats } = document;
  const title = `Order from ${clean(document.supplier)} for ${clean(document.buyer)}: ${worthWords(document)}`;
  const lead = kind === "remind" ? "Reminder: " : "";
  const deadline = `It closes ${formats.time(order.orderBy)}.`;
  const silence = silenceText(order);
  const why = whyAsked(order, document);
  const valueText = ({ value: worth }: DocumentLine): string => (worth === null ? "" : `, ${formats.money(worth)}`);
  const shown = document.lines.slice(0, LINES_SHOWN);
  const more = document.lines.length - shown.length;
  const rest = more > 0 ? `and ${more} more ${more === 1 ? "line" : "lines"}` : null;
  return {
    subject: singleLine(`${lead}${title}. ${deadline}`, SUBJECT_MAX_LENGTH),
    text: [
      `${lead}${title}`,
      `${deadline} Goods arrive ${formats.date(document.arrivesOn)}.`,
      silence,
      "Look, change quantities, approve or send here:",
      url,
      "Opening the link changes nothing.",
      "",
      ...shown.map((line) => `- ${clean(line.name)}: ${clean(amountWords(line, formats))}${valueText(line)}`),
      ...(rest === null ? [] : [`- ${rest}`]),
      "",
      "Why you are asked:",
      ...why.map((reason) => `- ${reason}`),
    ].join("\n"),
    html: mailDocument(
      <>
        {lead === "" ? null : <Small>Reminder</Small>}
        <Heading>{title}</Heading>
        <Paragraph>
          <strong>{deadline}</strong> Goods arrive {formats.date(document.arrivesOn)}. {silence}
        </Paragraph>
        <Button href={url}>Look at the order</Button>
        <Small>Opening the link changes nothing.</Small>
        <table cellpadding="0" cellspacing="0" width="100%" style="margin:0 0 16px;border-collapse:collapse">
          <tbody>
            {shown.map((line) => (
              <tr>
                <td style={`padding:6px 12px 6px 0;${RULE}`}>{clean(line.name)}</td>
                <td align="right" style={`padding:6px 0;font-weight:600;white-space:nowrap;${RULE}`}>
                  {clean(amountWords(line, formats))}
                </td>
                <td align="right" style={`padding:6px 0 6px 16px;white-space:nowrap;${RULE}`}>
                  {line.value === null ? "" : formats.money(line.value)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rest === null ? null : <p style="margin:0 0 16px;opacity:.75">{rest}</p>}
        <Paragraph>
          <strong>Why you are asked:</strong> {why.join(" ")}
        </Paragraph>
      </>,
    ),
  };
}

/** Goes to those who were asked. */
export function outcomeMail({ order, document, url }: Omit<AskMail, "kind">): MailContent {
  const what = `${clean(document.supplier)} for ${clean(document.buyer)}`;
  const title = outcomeText(order);
  const by = byWhom(order);
  return {
    subject: singleLine(`${title} (${what})`, SUBJECT_MAX_LENGTH),
    text: [`${title}: ${what}`, ...(by === null ? [] : [by]), "", url].join("\n"),
    html: mailDocument(
      <>
        <Small>{what}</Small>
        <Heading>{title}</Heading>
        {by === null ? null : <Paragraph>{by}</Paragraph>}
        <p style="margin:0">
          <a href={url}>See the order</a>
        </p>
      </>,
    ),
  };
}

function silenceText(order: PurchaseOrder): string {
  return order.needs.includes("manual")
    ? "Unless somebody sends it by then, nothing is ordered: firm quantities move to the next opportunity, the " +
        "others are planned anew."
    : "Unless somebody approves it by then, it is not sent: its lines move to the next opportunity.";
}

function clean(text: string): string {
  return singleLine(text, TEXT_MAX_LENGTH);
}
