/**
 * Text from outside (names, notes, supplier messages, a model's words) made safe to read and to pass on.
 *
 * - What a person sees is what the model reads: nothing invisible, nothing that changes the reading order.
 * - The result is well-formed and bounded in length.
 */

/** Zero-width, tag and variation characters, bidirectional controls, interlinear annotations, private use, controls. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u{FFF9}-\u{FFFB}\p{Co}]|(?![\n\t])\p{Cc}/gu;

export function cleanText(text: string, maxLength: number): string {
  const visible = text
    .toWellFormed()
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(INVISIBLE, "")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[\n ]*/g, "\n")
    .trim();
  return cutText(visible, maxLength);
}

/** A model's words as plain prose, without characters that HTML, Markdown or Slack would render as markup or a link. */
export function plainWords(text: string, maxLength: number): string {
  const plain = text
    .replace(/[<>]/g, (bracket) => (bracket === "<" ? "‹" : "›"))
    .replace(/(?<=[a-z]):(?=\S)/gi, ": ")
    .replace(/\bwww\./gi, "www ")
    .replace(/[`*_~|#\\[\]{}]/g, " ")
    .replace(/&/g, "and")
    .replace(/@/g, "(at)");
  return cleanText(plain, maxLength);
}

/** At most `maxLength` whole characters; a cut is marked. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, Math.max(0, maxLength - 1)).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The same words, whatever their case, width and spacing: for finding a quotation in its source. */
export function comparable(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
