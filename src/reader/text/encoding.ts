/** Detects the encoding of a text file, and reads its text in slices. */
import { ReadProblem, type FileSource } from "../types.ts";
import * as vocabulary from "./vocabulary.ts";
import { plainText } from "./words.ts";

/** In browsers, Node and Workers alike; the pure rooms have no types of any of them. */
declare const TextDecoder: new (
  encoding: string,
  options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean },
) => { decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string };

/** Bytes by which several languages write different letters: only the words tell them apart. */
const BY_WORDS = ["windows-1250", "windows-1251", "windows-1254", "gb18030", "euc-kr"] as const;

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "shift_jis" | (typeof BY_WORDS)[number];

/** Enough to recognise that every other byte is 0, and for the lines down to the header. */
const HEAD_BYTES = 4_096;
/** Characters that `TextDecoder` returns for bytes that windows-1252 does not define. */
const UNDEFINED_IN_1252 = /[\u0081\u008D\u008F\u0090\u009D]/u;
const KANA = /[\u3041-\u30FF]/u;

export interface Encoded {
  readonly encoding: Encoding;
  /** What a person should check; null when nothing was inferred. */
  readonly note: string | null;
}

/** Reads the file once, or twice when it is not UTF-8. Throws a ReadProblem for a file that is not text. */
export async function encodingOf(source: FileSource): Promise<Encoded> {
  const strict = decoder("utf-8", true);
  let head = true;
  for await (const slice of source.slices()) {
    if (head) {
      head = false;
      const marked = byMark(slice) ?? byZeros(slice);
      if (marked !== null) return marked;
    }
    if (!accepts(strict, slice)) return notUnicode(source);
  }
  return accepts(strict) ? { encoding: "utf-8", note: null } : notUnicode(source);
}

async function notUnicode(source: FileSource): Promise<Encoded> {
  const strict = decoder("shift_jis", true);
  const latin = decoder("windows-1252", false);
  let isJapanese = true;
  let kana = false;
  let odd = false;
  const head: number[] = [];
  for await (const slice of source.slices()) {
    if (head.length < HEAD_BYTES) head.push(...slice.subarray(0, HEAD_BYTES - head.length));
    const text: string | null = isJapanese ? decoded(strict, slice) : null;
    isJapanese = text !== null;
    kana ||= text !== null && KANA.test(text);
    odd ||= UNDEFINED_IN_1252.test(latin.decode(slice, { stream: true }));
  }
  if (isJapanese && kana && accepts(strict))
    return { encoding: "shift_jis", note: "The file is no UTF-8; it is read as Shift_JIS. Check the names." };
  const known = byWords(Uint8Array.from(head));
  if (known !== null)
    return { encoding: known, note: `The file is no UTF-8; it is read as ${known}. Check the names.` };
  return {
    encoding: "windows-1252",
    note: odd
      ? "The file is neither UTF-8 nor windows-1252 throughout: names may be wrong. Export it as UTF-8 if they are."
      : "The file is no UTF-8; it is read as windows-1252, as Excel writes it in Western Europe. Check the names.",
  };
}

/** The encoding in which more of the headers are words that are known than in windows-1252. */
function byWords(head: Uint8Array): Encoding | null {
  const known = new Set(Object.values(vocabulary).flat());
  const wordsIn = (encoding: Encoding): number =>
    decoder(encoding, false)
      .decode(head)
      .split(/[\r\n,;\t|"]+/u)
      .filter((cell) => /\P{ASCII}/u.test(cell) && known.has(plainText(cell))).length;
  let [best, most]: [Encoding | null, number] = [null, wordsIn("windows-1252")];
  for (const encoding of BY_WORDS) {
    const words = wordsIn(encoding);
    if (words > most) [best, most] = [encoding, words];
  }
  return best;
}

/** Text in slices; bytes that are invalid in the encoding become replacement characters. */
export async function* textOf(source: FileSource, encoding: Encoding): AsyncGenerator<string> {
  const lenient = decoder(encoding, false);
  for await (const slice of source.slices()) yield lenient.decode(slice, { stream: true });
  yield lenient.decode();
}

function decoder(encoding: string, fatal: boolean) {
  return new TextDecoder(encoding, { fatal });
}

function accepts(strict: ReturnType<typeof decoder>, slice?: Uint8Array): boolean {
  return decoded(strict, slice) !== null;
}

function decoded(strict: ReturnType<typeof decoder>, slice?: Uint8Array): string | null {
  try {
    return slice === undefined ? strict.decode() : strict.decode(slice, { stream: true });
  } catch {
    return null;
  }
}

function byMark(bytes: Uint8Array): Encoded | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: "utf-8", note: null };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "utf-16le", note: null };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: "utf-16be", note: null };
  return null;
}

/** Recognises UTF-16 without a byte order mark: in a table, every other byte of most characters is 0. */
function byZeros(slice: Uint8Array): Encoded | null {
  const head = slice.subarray(0, HEAD_BYTES);
  let even = 0;
  let odd = 0;
  head.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even++;
    else odd++;
  });
  if (even + odd === 0) return null;
  const half = head.length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return { encoding: "utf-16le", note: null };
  if (even > half * 0.4 && odd < half * 0.05) return { encoding: "utf-16be", note: null };
  throw new ReadProblem("this is no text: it holds bytes of 0. Export it as CSV or XLSX.");
}
