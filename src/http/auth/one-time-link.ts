/**
 * Signing in by mail: a link works once, for fifteen minutes, and only by the click on its page. The answer never
 * reveals whether an address is known: it is always the same, and the work is done after it.
 */
import { Buffer } from "node:buffer";
import { createMailer } from "../../review/mail/create-mailer.ts";
import { senderLine } from "../../review/mail/sender-line.ts";
import { messageIdOf, threadIdOf } from "../../review/mail/mail-ids.ts";
import { signInMail } from "../../review/mail/sign-in-mail.tsx";
import { sha256Hex } from "../../shared/sha256.ts";
import { storageOf } from "../../storage/storage.ts";
import { originOf, settings, type AppContext } from "../kit/context.ts";
import { addressOf } from "./limits.ts";
import { rosterOf } from "./roster.ts";
import { MINUTE_MS } from "../../shared/durations.ts";

export const LINK_MINUTES = 15;
/** Within the life of a link. Somebody in a hurry asks twice or thrice; a whole office may sit behind one address. */
const MOST = { person: 3, sender: 20 } as const;
/** Where a link leads that says nothing. */
export const HOME = "/inbox";
const TOKEN_BYTES = 32;
/** Mail programs cut longer addresses; a page with more typed in it is led to empty. */
const MOST_CHARACTERS = 1_500;

/**
 * Sends the link if the address is a person's and neither they nor the sender had too many. It leads to `next`, a path
 * of ours. Rejects when the mail could not be sent.
 */
export async function mailLink(c: AppContext, email: string, next: string): Promise<void> {
  const config = settings(c);
  const person = (await rosterOf(c.env)).byEmail(email);
  if (person === null || config.email === null) return;
  const { sessions } = storageOf(c.env);
  const now = Date.now();
  const sender = sha256Hex(`sign-in\n${addressOf(c)}`);
  const token = Buffer.from(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES))).toString("base64url");
  const digest = sha256Hex(token);
  const signIn = { token: digest, personId: person.personId, sender, expiresAt: now + LINK_MINUTES * MINUTE_MS };
  if (!(await sessions.invite(signIn, MOST, now))) return;
  const origin = originOf(c);
  const path = next.length > MOST_CHARACTERS ? next.replace(/\?.*/, "") : next;
  const url = `${origin}/sign-in/${token}${path === HOME ? "" : `?next=${encodeURIComponent(path)}`}`;
  const sent = await createMailer(config.email.mailUrl, c.env.EMAIL).send({
    from: senderLine(config.email.from),
    to: person.email,
    ...signInMail({ name: person.name, url, minutes: LINK_MINUTES }),
    key: `sign-in/${digest}`,
    messageId: messageIdOf(`sign-in/${digest}`, origin),
    threadId: threadIdOf("sign-in", person.personId, origin),
  });
  if (sent.ok) return;
  // A greylisted link must not use up those that the server takes later.
  if (sent.isRefused === true) await sessions.withdraw(digest);
  throw new Error(sent.error);
}
