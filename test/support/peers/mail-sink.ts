/** Mail servers on loopback, SMTP and HTTP, that parse what they receive the way a mail client does. */
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { httpPeer, type HttpPeer } from "./http-peer.ts";

export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly references: string;
  readonly key: string;
  readonly headerNames: readonly string[];
}

export interface MailSink {
  readonly url: string;
  readonly mails: ReceivedMail[];
  /** The next mail is refused with this SMTP code (or HTTP status). */
  refuseNext(code: number): void;
  close(): Promise<void>;
}

export async function smtpSink(options: { readonly key?: string; readonly cert?: string } = {}): Promise<MailSink> {
  const mails: ReceivedMail[] = [];
  const refusals: number[] = [];
  const secure = options.key !== undefined;
  const server = new SMTPServer({
    secure,
    ...options,
    authOptional: true,
    disabledCommands: secure ? [] : ["STARTTLS"],
    onAuth: (auth, _session, done) =>
      auth.username === "stock" && auth.password === "p@ss" ? done(null, { user: "stock" }) : done(new Error("no")),
    onData(stream, _session, done) {
      simpleParser(stream).then((parsed) => {
        const code = refusals.shift();
        if (code !== undefined) return done(Object.assign(new Error("refused"), { responseCode: code }));
        mails.push(ofParsed(parsed));
        return done(null);
      }, done);
    },
  });
  // A service that is killed breaks its connections.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  return {
    url: `${secure ? "smtps://stock:p%40ss" : "smtp://stock:p%40ss"}@127.0.0.1:${port}`,
    mails,
    refuseNext: (code) => void refusals.push(code),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/**
 * The HTTP shape of `http-mailer.ts`; a repeated idempotency key is accepted and not delivered twice, as providers do.
 */
export async function httpMailSink(port = 0): Promise<MailSink> {
  const mails: ReceivedMail[] = [];
  const refusals: number[] = [];
  const peer: HttpPeer = await httpPeer((request) => {
    const code = refusals.shift();
    if (code !== undefined) return { status: code };
    if (request.headers.authorization !== "Bearer mail-key") return { status: 401 };
    const body = JSON.parse(request.body) as {
      to: string[];
      subject: string;
      text: string;
      html: string;
      headers: Record<string, string>;
    };
    const key = String(request.headers["idempotency-key"]);
    if (!mails.some((mail) => mail.key === key)) {
      mails.push({
        to: body.to.join(","),
        subject: body.subject,
        text: body.text,
        html: body.html,
        messageId: body.headers["Message-ID"] ?? "",
        references: body.headers["References"] ?? "",
        key,
        headerNames: Object.keys(body.headers),
      });
    }
    return { body: { id: key } };
  }, port);
  return {
    url: peer.origin.replace("http://", "http://:mail-key@"),
    mails,
    refuseNext: (code) => void refusals.push(code),
    close: () => peer.close(),
  };
}

/** Every link in a mail's text; one per mail is the rule. */
export function linksIn(mail: ReceivedMail): string[] {
  return mail.text.match(/https?:\/\/\S+/g) ?? [];
}

function ofParsed(parsed: ParsedMail): ReceivedMail {
  const to = parsed.to === undefined ? [] : Array.isArray(parsed.to) ? parsed.to : [parsed.to];
  return {
    to: to.flatMap((group) => group.value.map((address) => address.address ?? "")).join(","),
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html || "",
    messageId: parsed.messageId ?? "",
    references: [parsed.references ?? []].flat().join(" "),
    key: String(parsed.headers.get("x-idempotency-key") ?? ""),
    headerNames: [...parsed.headers.keys()],
  };
}
