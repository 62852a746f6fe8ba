/** The last lines of an import: what was loaded, what is due today, and where to look. */
import { counted, number } from "../describe.ts";
import type { Reading } from "../types.ts";
import type { Decided } from "./answers.ts";
import type { UploadOutcome } from "./send.ts";

const SHOWN = 8;
const MOST_FAULTS = 10;

/** `items` are those of all files together. */
export function formatLoaded(
  url: string,
  readings: readonly Reading[],
  items: number,
  outcome: UploadOutcome,
): string[] {
  const { decided, failed, notes } = outcome;
  const dates = readings.flatMap(({ first, last }) => (first === null || last === null ? [] : [first, last])).sort();
  const rows = readings
    .filter(({ kind }) => kind === "sales" || kind === "orders")
    .reduce((sum, reading) => sum + reading.rows, 0);
  const sales = rows === 0 ? "" : `, ${counted(rows, "sale")}, ${dates[0]} to ${dates.at(-1)}`;
  const lines = [
    ...notes.slice(0, MOST_FAULTS).map((note) => `Note: ${note}`),
    ...failed.slice(0, MOST_FAULTS).map((fault) => `Not counted: ${fault}`),
  ];
  lines.push(`Loaded ${counted(items, "item")}${sales}. Due today: ${due(decided)}`);
  lines.push(`Look: ${url}/orders (what to order), ${url}/inbox (what waits for an answer)`);
  return lines;
}

function due(decided: readonly Decided[]): string {
  if (decided.length === 0) return "nothing is known before stock is counted; load a file of stock, or post triggers.";
  const asked = decided.filter(({ status }) => status === "awaiting_human_review");
  const orders = decided.filter(({ status, action }) => status === "completed" && action === "restock");
  const largest = [...orders].sort((a, b) => b.quantity - a.quantity);
  const named = largest.slice(0, SHOWN).map(({ productId, quantity }) => `${productId} ${number(quantity)}`);
  const more = largest.length > SHOWN ? ` and ${largest.length - SHOWN} more` : "";
  const list = named.length === 0 ? "" : `: ${named.join(", ")}${more}`;
  const questions = asked.length === 0 ? "" : `; ${asked.length} to answer`;
  const running = decided.filter(({ status }) => status === "running");
  const later = running.length === 0 ? "" : `; ${number(running.length)} still being decided`;
  return `${orders.length} of ${number(decided.length)} items to order${list}${questions}${later}.`;
}
