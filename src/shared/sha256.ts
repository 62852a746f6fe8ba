/**
 * Hex of the SHA-256 of a text's UTF-8. It uses @noble/hashes, which is audited, synchronous and without dependencies.
 * The runtime's own hash needs a promise or a stream each time, and a decision takes three hashes.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const ENCODER = new TextEncoder();

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(ENCODER.encode(text)));
}
