/**
 * Hex of the SHA-256 (FIPS 180-4) of a text's UTF-8. Ours because a decision takes three hashes of short texts: the
 * runtime's needs a promise or a stream for each, and a library's makes objects and buffers for each. Nothing secret is
 * compared by it.
 */

/** Cube roots of the first 64 primes: their first 32 fractional bits. */
const ROUNDS = Int32Array.from(fractionsOf(64, 1 / 3));
/** The same of the square roots of the first 8. */
const START = Int32Array.from(fractionsOf(8, 1 / 2));
const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const WORDS_A_BLOCK = 16;
/** A closing bit and the length follow the text. */
const CLOSING_BYTES = 9;

const ENCODER = new TextEncoder();
const schedule = new Int32Array(64);
const state = new Int32Array(8);
/** The text and its closing, as big-endian words. */
let message = new Int32Array(WORDS_A_BLOCK * 16);

export function sha256Hex(text: string): string {
  const words = asciiWords(text) ?? byteWords(ENCODER.encode(text));
  state.set(START);
  for (let block = 0; block < words; block += WORDS_A_BLOCK) compress(block);
  let hex = "";
  for (let at = 0; at < state.length; at++) {
    const word = state[at]!;
    hex += HEX_OF_BYTE[word >>> 24]! + HEX_OF_BYTE[(word >>> 16) & 255]!;
    hex += HEX_OF_BYTE[(word >>> 8) & 255]! + HEX_OF_BYTE[word & 255]!;
  }
  return hex;
}

/** Writes the message and returns its words; null = it has other characters. Encoding takes as long as hashing. */
function asciiWords(text: string): number | null {
  const words = withRoomFor(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return null;
    message[at >> 2]! |= code << (24 - (at & 3) * 8);
  }
  return closed(text.length, words);
}

function byteWords(bytes: Uint8Array): number {
  const words = withRoomFor(bytes.length);
  for (let at = 0; at < bytes.length; at++) message[at >> 2]! |= bytes[at]! << (24 - (at & 3) * 8);
  return closed(bytes.length, words);
}

function withRoomFor(length: number): number {
  const words = Math.ceil((length + CLOSING_BYTES) / 64) * WORDS_A_BLOCK;
  if (words > message.length) message = new Int32Array(words);
  else message.fill(0, 0, words);
  return words;
}

function closed(length: number, words: number): number {
  message[length >> 2]! |= 0x80 << (24 - (length & 3) * 8);
  message[words - 2] = Math.floor(length / 2 ** 29);
  message[words - 1] = length << 3;
  return words;
}

function compress(block: number): void {
  for (let at = 0; at < WORDS_A_BLOCK; at++) schedule[at] = message[block + at]!;
  for (let at = WORDS_A_BLOCK; at < 64; at++) {
    const x = schedule[at - 15]!;
    const y = schedule[at - 2]!;
    const sigma0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const sigma1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[at] = (schedule[at - 16]! + schedule[at - 7]! + sigma0 + sigma1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let at = 0; at < 64; at++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + ROUNDS[at]! + schedule[at]!) | 0;
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
  state[4] = (state[4]! + e) | 0;
  state[5] = (state[5]! + f) | 0;
  state[6] = (state[6]! + g) | 0;
  state[7] = (state[7]! + h) | 0;
}

function fractionsOf(count: number, power: number): number[] {
  const fractions: number[] = [];
  for (let number = 2; fractions.length < count; number++) {
    if (isPrime(number)) fractions.push((number ** power % 1) * 2 ** 32);
  }
  return fractions;
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}
