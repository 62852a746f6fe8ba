/**
 * Hex of the SHA-256 of a text's UTF-8. By @noble/hashes, which is audited, has no dependencies and is synchronous. The
 * runtime's own either needs a promise or makes a stream for every hash, and a decision takes three.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const ENCODER = new TextEncoder();

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(ENCODER.encode(text)));
}
