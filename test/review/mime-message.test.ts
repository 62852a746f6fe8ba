import { simpleParser, type AddressObject } from "mailparser";
import { expect, it } from "vitest";
import { addressParts } from "../../src/config/mail-address.ts";
import type { Mail } from "../../src/review/mail/mailer.ts";
import { mimeMessage } from "../../src/review/mail/mime-message.ts";
import { T0 } from "../support/virtual-time.ts";

function aMail(change: Partial<Mail> = {}): Mail {
  return {
    from: "Läger AB <stock@example.com>",
    to: ["ana@example.com", '"O\'Hara, Zoë" <zoe@example.com>'],
    subject: "Order 120 of 緑茶 for tokyo-3? ".repeat(5).trim(),
    text: "a\n.\nb\ttrailing \nЖ — ü=3D",
    html: `<p>${"ü".repeat(500)}</p>`,
    key: "k",
    messageId: "<m@example.com>",
    threadId: "<t@example.com>",
    ...change,
  };
}

const read = (mail: Mail) => simpleParser(mimeMessage(mail, new Date(T0)));

it("a mail is read as it was meant, in whatever script its names and words are", async () => {
  const mail = aMail({ replyTo: ["buying@example.com"] });
  const parsed = await read(mail);
  expect(parsed).toMatchObject({ subject: mail.subject, messageId: mail.messageId, date: new Date(T0) });
  expect(parsed.text).toBe(mail.text);
  expect(parsed.html).toBe(mail.html);
  expect(parsed.from?.value).toEqual([{ address: "stock@example.com", name: "Läger AB" }]);
  expect((parsed.to as AddressObject).value).toEqual([
    { address: "ana@example.com", name: "" },
    { address: "zoe@example.com", name: "O'Hara, Zoë" },
  ]);
  expect(parsed.replyTo?.value).toEqual([{ address: "buying@example.com", name: "" }]);
});

it("attachments keep their names, types and bytes", async () => {
  const attachments = [
    {
      filename: "commande n°4 «été».csv",
      contentType: "text/csv",
      content: Uint8Array.from({ length: 256 }, (_, at) => at),
    },
    { filename: 'a"b\\c.txt', contentType: "text/plain", content: new Uint8Array() },
  ];
  const parsed = await read(aMail({ attachments }));
  expect(
    parsed.attachments.map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      content: new Uint8Array(content),
    })),
  ).toEqual(attachments);
});

it("goes through any server: seven-bit lines of at most 78 characters, each ended by CR and LF", () => {
  const text = mimeMessage(
    aMail({
      text: "長".repeat(400),
      attachments: [{ filename: "order.csv", contentType: "text/csv", content: new Uint8Array(1_000) }],
    }),
    new Date(T0),
  );
  expect(text).not.toMatch(/[^\t\n\r -~]|(?<!\r)\n|\r(?!\n)/);
  expect(Math.max(...text.split("\r\n").map(({ length }) => length))).toBeLessThanOrEqual(78);
});

it("no name or subject can add a header or a part", async () => {
  const evil = "x\r\nBcc: eve@example.com\r\n\r\n--";
  const parsed = await read(
    aMail({
      from: `${evil} <stock@example.com>`,
      subject: evil,
      attachments: [{ filename: evil, contentType: `text/csv${evil}`, content: new Uint8Array(1) }],
    }),
  );
  expect(parsed.headers.has("bcc")).toBe(false);
  expect(parsed.subject).toBe("x Bcc: eve@example.com --");
  expect(parsed.attachments).toHaveLength(1);
});

it("a subject that looks encoded is read as it was written", async () => {
  expect((await read(aMail({ subject: "=?UTF-8?B?YQ==?=" }))).subject).toBe("=?UTF-8?B?YQ==?=");
});

it("an address is found in what a setting says, its domain as servers know it", () => {
  expect(addressParts("ana@example.com")).toEqual({ name: "", address: "ana@example.com" });
  expect(addressParts(' "A \\"B\\"" <ana@münchen.example> ')).toEqual({
    name: 'A "B"',
    address: "ana@xn--mnchen-3ya.example",
  });
});
