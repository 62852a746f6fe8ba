/**
 * A mail as RFC 5322 text: plain text and HTML side by side, and attachments beside both. Every header's value is on
 * one line, whatever text it was given, so no name can add a header.
 */
import { Buffer } from "node:buffer";
import * as base64 from "nodemailer/lib/base64";
import * as quotedPrintable from "nodemailer/lib/qp";
import { addressParts } from "../../config/mail-address.ts";
import { recipientsOf, threadHeaders, type Attachment, type Mail } from "./mailer.ts";

const LINE_END = "\r\n";
const LINE_LENGTH = 76;
/**
 * An encoded word has 75 characters at most, and the longest name of ours goes before it: 39 bytes are 52 of base64.
 */
const WORD_BYTES = 39;

export function mimeMessage(mail: Mail, now: Date): string {
  const { replyTo = [], attachments = [] } = mail;
  const texts = multipart("alternative", [textPart("plain", mail.text), textPart("html", mail.html)]);
  const content = attachments.length === 0 ? texts : multipart("mixed", [texts, ...attachments.map(attachmentPart)]);
  return [
    header("From", addressHeader(mail.from)),
    ...(replyTo.length === 0 ? [] : [header("Reply-To", addressList(replyTo))]),
    header("To", addressList(recipientsOf(mail))),
    header("Subject", headerText(mail.subject)),
    header("Message-ID", oneLine(mail.messageId)),
    ...Object.entries(threadHeaders(mail)).map(([name, value]) => header(name, oneLine(value))),
    header("Date", now.toUTCString().replace("GMT", "+0000")),
    header("MIME-Version", "1.0"),
    content,
  ].join(LINE_END);
}

function multipart(kind: string, parts: readonly string[]): string {
  // `=_` occurs in no base64 and in no quoted-printable text.
  const boundary = `=_${crypto.randomUUID()}`;
  const lines = parts.flatMap((part) => [`--${boundary}`, part]);
  const type = header("Content-Type", `multipart/${kind};${LINE_END} boundary="${boundary}"`);
  return [type, "", ...lines, `--${boundary}--`, ""].join(LINE_END);
}

function textPart(kind: string, text: string): string {
  const lines = text.replaceAll(/\r\n|\r|\n/g, LINE_END);
  return [
    header("Content-Type", `text/${kind}; charset=utf-8`),
    header("Content-Transfer-Encoding", "quoted-printable"),
    "",
    quotedPrintable.wrap(quotedPrintable.encode(lines), LINE_LENGTH),
  ].join(LINE_END);
}

function attachmentPart({ filename, contentType, content }: Attachment): string {
  const name = oneLine(filename);
  // RFC 6266's form of RFC 2231 for names that are not plain ASCII.
  const parameter = isPlain(name)
    ? `filename="${name.replaceAll(/["\\]/g, "\\$&")}"`
    : `filename*=utf-8''${encodeURIComponent(name).replaceAll(/['()*]/g, percentEncoded)}`;
  return [
    header("Content-Type", oneLine(contentType)),
    header("Content-Transfer-Encoding", "base64"),
    header("Content-Disposition", `attachment;${LINE_END} ${parameter}`),
    "",
    base64.wrap(base64.encode(Buffer.from(content)), LINE_LENGTH),
  ].join(LINE_END);
}

function percentEncoded(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}

function header(name: string, value: string): string {
  return `${name}: ${value}`;
}

function addressList(addresses: readonly string[]): string {
  return addresses.map(addressHeader).join(`,${LINE_END} `);
}

function addressHeader(text: string): string {
  const { name, address } = addressParts(oneLine(text));
  if (name === "") return address;
  const words = isPlain(name) ? `"${name.replaceAll(/["\\]/g, "\\$&")}"` : headerText(name);
  return `${words} <${address}>`;
}

/** Short ASCII as it is; anything else as encoded words of RFC 2047, one a line. */
function headerText(text: string): string {
  const line = oneLine(text);
  return isPlain(line) && line.length < LINE_LENGTH - 10 ? line : encodedWords(line).join(`${LINE_END} `);
}

function encodedWords(line: string): string[] {
  const words: string[] = [];
  let word = "";
  for (const char of line) {
    if (Buffer.byteLength(word + char) > WORD_BYTES) {
      words.push(word);
      word = "";
    }
    word += char;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString("base64")}?=`);
}

/** Text that a mail program would read as an encoded word is not plain. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text) && !text.includes("=?");
}

function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters end headers, or are refused in them
  return text.replaceAll(/[\u0000-\u001f\u007f]+/g, " ").trim();
}
