/** A mail provider on loopback that keeps what it is sent: for pictures of mails. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface CaughtMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailCatcher {
  /** For MAIL_URL. */
  readonly url: string;
  readonly mails: readonly CaughtMail[];
  close(): void;
}

export async function catchMails(): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { to, subject, text, html } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as CaughtMail;
      mails.push({ to: String(to), subject, text, html });
      response.setHeader("Content-Type", "application/json").end('{"id":"caught"}');
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    close: () => server.close(),
  };
}
