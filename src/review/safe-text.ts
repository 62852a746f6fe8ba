/**
 * Text that other people or a model wrote (product ids, store names, notes, rationales, comments) on its way into a
 * mail header, a message or a page. Escaping for the medium comes on top of this.
 */

export const NAME_MAX_LENGTH = 128;
/** Of a comment or a note that a person types. */
export const COMMENT_MAX_LENGTH = 500;

/** Invisible, and keeps what it parts from being one word. */
export const ZERO_WIDTH_SPACE = "\u200b";

/**
 * Control, format (bidirectional, zero-width, tag), separator and filler characters can disguise what a line says.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** One printable line of at most `maxLength` characters; breaks and tabs become a space. */
export function singleLine(text: string, maxLength: number): string {
  const clean = text
    .replace(/[\r\n\t\v\f\u0085\u2028\u2029]+/g, " ")
    .replace(INVISIBLE, "")
    .replace(/ {2,}/g, " ")
    .trim();
  const characters = [...clean];
  return characters.length <= maxLength ? clean : `${characters.slice(0, maxLength - 1).join("")}…`;
}

/** Breaks up by an invisible character what programs turn into a link because of its scheme or `www.`. */
export function unlinked(text: string): string {
  return text
    .replaceAll("://", `:${ZERO_WIDTH_SPACE}//`)
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}${ZERO_WIDTH_SPACE}.`)
    .replace(/\b(mailto|tel):/gi, `$1${ZERO_WIDTH_SPACE}:`);
}
