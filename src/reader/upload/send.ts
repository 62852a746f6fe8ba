/**
 * Sends a plan's parts in order: settings, sales, the day up to which they are complete, then counts. Each part's
 * idempotency key is made from its content, so a part that was accepted before an interruption is not counted twice.
 * The caller supplies clock, network and hash.
 */
import { csvLine } from "./csv-line.ts";
import type { UploadPart } from "./upload-part.ts";
import type { UploadPlan } from "./upload-plan.ts";
import { decisionsIn, problemCode, problemText, warningsIn, type Decided } from "./answers.ts";

export interface Answer {
  readonly status: number;
  /** Parsed when it is JSON. */
  readonly body: unknown;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly csv?: string;
  readonly json?: unknown;
  readonly key?: string;
  /** The header `Prefer`. */
  readonly prefer?: string;
}

export interface Sender {
  /** Throws when there is no answer. */
  send(request: Request): Promise<Answer>;
  sleep(ms: number): Promise<void>;
  /** Hash of the text, in characters that are valid in a header. */
  hash(text: string): Promise<string>;
  /** Called after each part. */
  progress(rows: number): void;
  readonly timeZone: string;
}

export interface UploadOutcome {
  readonly salesRows: number;
  readonly decided: readonly Decided[];
  /** Counts that were refused, with the reason. */
  readonly failed: readonly string[];
  readonly notes: readonly string[];
}

/** The service refused a part, or does not answer: the message says what to do. */
export class UploadProblem extends Error {
  override readonly name = "UploadProblem";
}

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 500;
const AGAIN = new Set([408, 429, 500, 502, 503, 504]);

export async function upload(sender: Sender, plan: UploadPlan): Promise<UploadOutcome> {
  const notes: string[] = await ensureStores(sender, plan.stores);
  const decided: Decided[] = [];
  const failed: string[] = [];
  let salesRows = 0;
  for (const part of plan.parts) {
    if (part.what === "stock") continue;
    const { body } = await sendPart(sender, part);
    if (part.what === "sales") salesRows += part.rows;
    notes.push(...warningsIn(body));
    sender.progress(part.rows);
  }
  for (const json of plan.complete)
    await accepted(sender, { method: "POST", path: "/sales/complete", json }, "the end of the sales");
  for (const part of plan.parts) {
    if (part.what !== "stock") continue;
    const results = await sendCounts(sender, part);
    decided.push(...results.decided);
    failed.push(...results.failed);
    sender.progress(part.rows);
  }
  return { salesRows, decided, failed, notes };
}

/** Creates unknown stores, in the time zone of the person who loads; returns notes about them. */
async function ensureStores(sender: Sender, stores: readonly string[]): Promise<string[]> {
  const notes: string[] = [];
  for (const store of stores) {
    const path = `/stores/${encodeURIComponent(store)}`;
    const known = await patiently(sender, { method: "GET", path });
    if (known.status !== 404) continue;
    const json = { name: store, time_zone: sender.timeZone };
    await accepted(sender, { method: "PUT", path, json }, `store "${store}"`);
    notes.push(`Store "${store}" is new: its days are those of ${sender.timeZone}, until its settings say otherwise.`);
  }
  return notes;
}

/** A count without a safety stock takes the item's setting; where there is none, it is 0. */
async function sendCounts(sender: Sender, part: UploadPart): Promise<{ decided: Decided[]; failed: string[] }> {
  const first = decisionsIn((await sendPart(sender, part)).body);
  const again = part.records.filter((_, index) => first.withoutSafety.has(index));
  if (again.length === 0 || part.columns.includes("safety_stock_level"))
    return { decided: first.decided, failed: [...first.failed, ...first.lacking] };
  const csv = [part.columns, ...again]
    .map((cells, index) => csvLine([...cells, index === 0 ? "safety_stock_level" : 0]))
    .join("");
  const second = decisionsIn((await sendPart(sender, { ...part, csv, rows: again.length })).body);
  return {
    decided: [...first.decided, ...second.decided],
    failed: [...first.failed, ...second.failed, ...second.lacking],
  };
}

/** The longest that the service waits for decisions. */
const PATIENCE = "wait=30";

async function sendPart(sender: Sender, { what, method, path, csv, rows }: UploadPart): Promise<Answer> {
  // Repeating a count makes no second decision, so it needs no key.
  const key = what === "stock" ? { prefer: PATIENCE } : { key: await sender.hash(`${method} ${path}\n${csv}`) };
  return accepted(sender, { method, path, csv, ...key }, `${what} (${rows} rows)`);
}

async function accepted(sender: Sender, request: Request, what: string): Promise<Answer> {
  const answer = await patiently(sender, request);
  if (answer.status < 300) return answer;
  throw new UploadProblem(`The server refused the ${what}: ${problemText(answer)}`);
}

/** True while the service is busy, or still working on the same part from before an interruption. */
function isPassing({ status, body }: Answer): boolean {
  return AGAIN.has(status) || (status === 409 && problemCode(body) === "idempotency_in_progress");
}

/** Retries for some seconds after a lost connection or while the server is busy. */
async function patiently(sender: Sender, request: Request): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await sender.send(request);
      if (!isPassing(answer) || attempt === ATTEMPTS) return answer;
    } catch (error) {
      if (attempt === ATTEMPTS)
        throw new UploadProblem(`${(error as Error).message} Do the same again: what was taken is not loaded twice.`);
    }
    await sender.sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
  }
}
