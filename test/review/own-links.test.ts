import { expect, it } from "vitest";
import { withoutOthersLinks } from "../../src/review/mail/own-links.ts";

const OURS = "https://stock.example.com/review/token.a.b?x=1&y=2";
const broken = (text: string): string => text.replaceAll("\u200b", "|");

function mailSaying(text: string): { text: string; html: string } {
  return {
    text: `${text}\n${OURS}\n`,
    html: `<style>a[href^="x://"]{}</style><p>${text}</p><a href="${OURS.replace("&", "&amp;")}">${OURS}</a>`,
  };
}

it.each([
  ["see https://evil.example/pay now", "see https:|//evil.|example/pay now"],
  ["see WWW.evil.com", "see WWW|.evil.|com"],
  ["see pay-now.ru, bit.ly or shop.evil.co.uk", "see pay-now.|ru, bit.|ly or shop.evil.co.|uk"],
  ["see evil.com or evil.tk/x", "see evil.|com or evil.|tk/x"],
  ["call tel:123 or mailto:a@b.c", "call tel|:123 or mailto|:a@b.c"],
  ["https://stock.example.com.evil.net/review", "https:|//stock.example.com.evil.|net/review"],
])("%s is no link", (said, read) => {
  const { text, html } = withoutOthersLinks(mailSaying(said));
  expect(broken(text)).toBe(`${read}\n${OURS}\n`);
  expect(broken(html)).toContain(`<p>${read}</p><a href="${OURS.replace("&", "&amp;")}">${OURS}</a>`);
  expect(html).toContain('<style>a[href^="x://"]{}</style>');
});

it.each(["Order 3.5 of TEA.AB for 12.50 EUR?", "Approved by ana@example.com on the review page."])(
  "%s stays as it is",
  (said) => {
    expect(withoutOthersLinks(mailSaying(said))).toEqual(mailSaying(said));
  },
);
