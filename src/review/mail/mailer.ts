/** A mail, and the interface that its three carriers implement. */
import type { DeliveryResult } from "../channel.ts";

/** RFC 5322 asks for at most 998 characters a line; readers show far fewer. */
export const SUBJECT_MAX_LENGTH = 180;

/** What a mail says, in text and HTML alike. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mail extends MailContent {
  readonly from: string;
  /** Several addresses are one mail to all of them. */
  readonly to: string | readonly string[];
  /** Where an answer goes; absent = to `from`. */
  readonly replyTo?: readonly string[];
  readonly attachments?: readonly Attachment[];
  /** Identifies the mail, the same for every attempt: receivers recognise a repetition by it. */
  readonly key: string;
  /** `<…>`; made from the key, so a mail sent twice carries one Message-ID. */
  readonly messageId: string;
  /** `<…>`; the same for every mail about an item, which makes them one thread. */
  readonly threadId: string;
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

export interface Mailer {
  /** Never rejects. */
  send(mail: Mail): Promise<DeliveryResult>;
}

/** Headers that carry the thread and the key, alike in every adapter. */
export function threadHeaders(mail: Mail): Record<string, string> {
  return {
    "In-Reply-To": mail.threadId,
    References: mail.threadId,
    "X-Idempotency-Key": mail.key,
    "Auto-Submitted": "auto-generated",
  };
}

/** For APIs that carry only text. */
export function base64Of({ content }: Attachment): string {
  let binary = "";
  for (const byte of content) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export function recipientsOf({ to }: Mail): string[] {
  return typeof to === "string" ? [to] : [...to];
}
