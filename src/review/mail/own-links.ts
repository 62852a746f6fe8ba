/**
 * Keeps what other people or a model wrote in a mail from becoming a link: mail programs make addresses in plain text
 * clickable by themselves. A link of ours is one that the mail's HTML links to; every other address is broken by an
 * invisible character and reads as before.
 */
import { unlinked, ZERO_WIDTH_SPACE } from "../safe-text.ts";
import type { Mail } from "./mailer.ts";

type Content = Pick<Mail, "text" | "html">;

/** Domains that mail programs take for an address even without a path; of country domains, those that phishing uses. */
const KNOWN_ENDS =
  "com|net|org|info|biz|app|dev|xyz|top|shop|site|online|link|click|live|store|club|vip|icu|zip|mov|" +
  "ai|at|au|be|br|ca|cc|cf|ch|cn|co|cz|de|dk|es|eu|fr|ga|gq|in|io|it|jp|kr|ly|me|ml|mx|nl|" +
  "pl|pt|pw|ru|se|su|tk|to|tv|ua|uk|us|ws";
/** An address without a scheme: of a known end, or with a path. */
const BARE = new RegExp(String.raw`(?<![@\w-])((?:[\w-]+\.)*[\w-]+)\.(?=(?:${KNOWN_ENDS})\b(?!@)|[a-z]{2,}\/)`, "gi");

export function withoutOthersLinks<M extends Content>(mail: M): M {
  const own = ownLinks(mail.html);
  return { ...mail, text: betweenLinks(mail.text, own), html: inTexts(mail.html, own) };
}

function ownLinks(html: string): string[] {
  const hrefs = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll("&amp;", "&"));
  return [...new Set(hrefs)].toSorted((a, b) => b.length - a.length);
}

/** Everything except our own links. */
function betweenLinks(text: string, own: readonly string[]): string {
  const [link, ...rest] = own;
  if (link === undefined) return withoutAddresses(text);
  return text
    .split(link)
    .map((part) => betweenLinks(part, rest))
    .join(link);
}

/** The texts of a document, not its tags and its styles. */
function inTexts(html: string, own: readonly string[]): string {
  return html.replace(/(<style[\s\S]*?<\/style>|<[^>]*>)|([^<]+)/g, (_, markup: string | undefined, text: string) =>
    markup === undefined ? betweenLinks(text, own) : markup,
  );
}

function withoutAddresses(text: string): string {
  return unlinked(text).replace(BARE, `$1.${ZERO_WIDTH_SPACE}`);
}
