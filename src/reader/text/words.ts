/** Texts of headers and cells as comparable words: without case, accents and punctuation, camelCase split. */

/** Letters whose mark is no accent of its own. */
const UNDIVIDED: Readonly<Record<string, string>> = { ß: "ss", ł: "l", ı: "i", ø: "o" };

/** Keeps letters and digits of any script. */
export function plainText(text: string): string {
  return (
    text
      .replaceAll(/(\p{Ll}|\d)(\p{Lu}\p{Ll})/gu, "$1 $2")
      .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
      .normalize("NFKD")
      // Japanese voicing marks make other letters: コード is no コート.
      .replaceAll(/[\p{Mn}--[\u3099\u309A]]/gv, "")
      .normalize("NFC")
      .toLowerCase()
      .replaceAll(/[ßłıø]/gu, (letter) => UNDIVIDED[letter] ?? letter)
      .replaceAll(/[^\p{L}\p{N}%$€£¥#]+/gu, " ")
      .trim()
  );
}

/** True when `phrase` is in `text` as whole words; scripts without spaces match anywhere. */
export function hasPhrase(text: string, phrase: string): boolean {
  const at = text.indexOf(phrase);
  if (at < 0) return false;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(phrase)) return true;
  return ` ${text} `.includes(` ${phrase} `);
}

export function hasAny(text: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => hasPhrase(text, phrase));
}

/** Words of a list in the source, separated by commas, as `plainText` writes them. */
export function phrases(list: string): readonly string[] {
  return list.split(",").map((phrase) => plainText(phrase));
}
