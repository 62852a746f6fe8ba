/**
 * Hex of the SHA-256 of a text's UTF-8. It uses @noble/hashes, which is audited, synchronous and without dependencies.
 * The runtime's own hash needs a promise or a stream each time, and a decision takes three hashes.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const ENCODER = new TextEncoder();

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(asciiOf(text) ?? ENCODER.encode(text)));
}

/** The encoder is a call into the runtime, which for a short text takes longer than the hash. */
const MOST_ASCII = 512;
const ascii = new Uint8Array(MOST_ASCII);

/** Good until the next call; null = the text is longer or has other characters. */
function asciiOf(text: string): Uint8Array | null {
  if (text.length > MOST_ASCII) return null;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return null;
    ascii[at] = code;
  }
  return ascii.subarray(0, text.length);
}
