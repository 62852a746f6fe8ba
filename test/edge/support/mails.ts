/** What the platform's mail binding was given during a test. Call it once a file. */
import { beforeEach } from "vitest";
import type { EmailBinding } from "../../../src/review/mail/binding-mailer.ts";

export type BoundMail = Parameters<EmailBinding["send"]>[0];

export function useMails(): { readonly mails: readonly BoundMail[]; readonly binding: EmailBinding } {
  const mails: BoundMail[] = [];
  beforeEach(() => void mails.splice(0));
  return { mails, binding: { send: async (mail) => void mails.push(mail) } };
}
