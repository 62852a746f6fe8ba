/**
 * The one mail after a store's morning: every question and every order that wait for somebody. Text and HTML carry the
 * same.
 */
import { singleLine } from "../safe-text.ts";
import { SUBJECT_MAX_LENGTH, type MailContent } from "./mailer.ts";
import { Button, Heading, mailDocument, Paragraph, Small } from "./mail-parts.tsx";

export interface MorningLine {
  /** What is asked, in one line. */
  readonly title: string;
  /** Value, deadline, reason: whatever fits into a second line. */
  readonly detail: string;
  readonly url: string;
}

export interface MorningMail {
  readonly store: string;
  /** The store's day, in words. */
  readonly day: string;
  readonly questions: readonly MorningLine[];
  readonly orders: readonly MorningLine[];
  /** Questions beyond those listed. */
  readonly more: number;
  readonly inboxUrl: string;
}

export function morningMail({ store, day, questions, orders, more, inboxUrl }: MorningMail): MailContent {
  const counts = [
    counted(questions.length + more, "question", "questions"),
    counted(orders.length, "order", "orders"),
  ].filter((part) => part !== null);
  const title = `${store}, ${day}: ${counts.join(" and ")} for you`;
  const rest = more === 0 ? null : `And ${more} more in the inbox.`;
  const sections: readonly (readonly [string, readonly MorningLine[]])[] = [
    ["Orders to place", orders],
    ["Questions", questions],
  ];
  const filled = sections.filter(([, lines]) => lines.length > 0);
  return {
    subject: singleLine(title, SUBJECT_MAX_LENGTH),
    text: [
      title,
      ...filled.flatMap(([name, lines]) => [
        "",
        name,
        ...lines.flatMap((line) => [`- ${line.title}`, `  ${line.detail}`, `  ${line.url}`]),
      ]),
      "",
      ...(rest === null ? [] : [rest]),
      `All of them at once: ${inboxUrl}`,
      "",
      "The links are yours alone; opening one changes nothing.",
    ].join("\n"),
    html: mailDocument(
      <>
        <Heading>{title}</Heading>
        {filled.map(([name, lines]) => (
          <>
            <h2 style="font-size:16px;margin:16px 0 4px">{name}</h2>
            <table cellpadding="0" cellspacing="0" width="100%" style="margin:0 0 16px;border-collapse:collapse">
              <tbody>
                {lines.map((line) => (
                  <tr>
                    <td style="padding:10px 0;border-bottom:1px solid #8a94a655">
                      <a href={line.url} style="font-weight:600">
                        {line.title}
                      </a>
                      <br />
                      <span style="font-size:14px;opacity:.75">{line.detail}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        ))}
        {rest === null ? null : <Paragraph>{rest}</Paragraph>}
        <Button href={inboxUrl}>Open the inbox</Button>
        <Small>The links are yours alone; opening one changes nothing.</Small>
      </>,
    ),
  };
}

function counted(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : many}`;
}
