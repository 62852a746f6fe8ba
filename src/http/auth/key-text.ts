/**
 * The text of an API key: `sw_<id>_<32 random bytes><checksum>`. The prefix lets secret scanners find a leaked key, the
 * id finds its row, and the checksum refuses a mistyped or made-up one without a look-up. It is no secret and no proof.
 */
import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";

/** Hex digits of the creation time in ms (good until the year 2527), then random ones against two keys of one ms. */
const TIME_DIGITS = 11;
const TAIL_DIGITS = 9;
const SECRET_BYTES = 32;

const KEY = /^(sw_([0-9a-f]{20})_[A-Za-z0-9_-]{43})([0-9a-f]{8})$/;

export interface MadeKey {
  readonly keyId: string;
  readonly text: string;
}

export const KEY_BYTES = SECRET_BYTES + Math.ceil(TAIL_DIGITS / 2);

/** `bytes`: random, or derived in a way that nobody else can compute. */
export function makeKey(now: number, bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES))): MadeKey {
  const tail = Buffer.from(bytes.subarray(SECRET_BYTES)).toString("hex").slice(0, TAIL_DIGITS);
  const keyId = now.toString(16).padStart(TIME_DIGITS, "0") + tail;
  const secret = Buffer.from(bytes.subarray(0, SECRET_BYTES)).toString("base64url");
  const body = `sw_${keyId}_${secret}`;
  return { keyId, text: body + checksum(body) };
}

/** The id in a well-formed key; null for anything else. */
export function keyIdOf(text: string): string | null {
  const [, body, keyId, given] = KEY.exec(text) ?? [];
  return body !== undefined && keyId !== undefined && checksum(body) === given ? keyId : null;
}

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, "0");
}
