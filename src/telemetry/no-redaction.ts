/**
 * Replaces pino's redaction by paths, which `wrangler.toml` leaves out of the Worker: finished lines are
 * scrubbed as text (`scrub.ts`).
 */
export function redact(): never {
  throw new Error("pino's redaction is not part of the Worker: lines are scrubbed by scrub.ts");
}
