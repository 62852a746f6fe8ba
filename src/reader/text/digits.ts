/** Digits of every script as 0 to 9. */

const LOW_NIBBLE = 0xf;
/** Unicode begins a row of ten digits at a multiple of 16, or six after it. */
const SIX = 6;

/** Full-width, Arabic, Persian, Devanagari or Thai digits as 0 to 9, with the decimal marks of Arabic. */
export function plainDigits(text: string): string {
  if (!/[\u0250-\u{10FFFF}]/u.test(text)) return text;
  return text
    .normalize("NFKC")
    .replaceAll(/(?!\d)\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0)!;
      const row = code & ~LOW_NIBBLE;
      return String(code - row - (/\p{Nd}/u.test(String.fromCodePoint(row)) ? 0 : SIX));
    })
    .replaceAll("\u066B", ".")
    .replaceAll("\u066C", ",");
}
