/** The sender of a mail, as settings have it and carriers get it. */
import { singleLine } from "../safe-text.ts";

const FROM_MAX_LENGTH = 320;

/** The sender as every carrier gets it. */
export function senderLine(from: string): string {
  return singleLine(from, FROM_MAX_LENGTH);
}
