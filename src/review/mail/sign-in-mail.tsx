/** The mail with a one-time link to sign in. */
import { singleLine } from "../safe-text.ts";
import type { MailContent } from "./mailer.ts";
import { Button, Heading, mailDocument, Paragraph, Small } from "./mail-parts.tsx";

const NAME_MAX_LENGTH = 100;

export interface SignInMail {
  readonly name: string;
  readonly url: string;
  readonly minutes: number;
}

export function signInMail({ name, url, minutes }: SignInMail): MailContent {
  const greeting = `Sign in as ${singleLine(name, NAME_MAX_LENGTH)}`;
  const limits = `The link is good once, for ${minutes} minutes. Opening it shows a button; the button signs you in.`;
  const unasked = "If you did not ask for this, you need do nothing: without the click nobody is signed in.";
  return {
    subject: "Your link to sign in to Stockwarden",
    text: [greeting, "", url, "", limits, unasked].join("\n"),
    html: mailDocument(
      <>
        <Heading>{greeting}</Heading>
        <Button href={url}>Sign in</Button>
        <Paragraph>{limits}</Paragraph>
        <Small>{unasked}</Small>
      </>,
    ),
  };
}
