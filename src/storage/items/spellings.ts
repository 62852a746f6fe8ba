/**
 * Spellings of what is searched for, since databases fold the case of ASCII letters only. A name that begins with a
 * capital is found by a word in small letters, in any script.
 */
export function spellings(search: string): readonly string[] {
  const text = search.trim().normalize("NFC");
  const [first = "", ...rest] = text.toLowerCase();
  const all = [text, text.toLowerCase(), text.toUpperCase(), first.toUpperCase() + rest.join("")];
  return [...new Set(all.map(withSmallAscii))];
}

/** As `lower` makes it in both databases. */
function withSmallAscii(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
