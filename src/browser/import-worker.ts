/** Reads files and uploads their mapped columns, beside the page so that it never freezes. */
import { concurrently } from "../shared/concurrently.ts";
import { counted, describeReading } from "../reader/describe.ts";
import { isoDay } from "../shared/calendar-dates.ts";
import { readSheets } from "../reader/read-sheets.ts";
import type { FileSource, ReadResult } from "../reader/types.ts";
import { formatLoaded } from "../reader/upload/loaded.ts";
import { uploadPlan } from "../reader/upload/upload-plan.ts";
import { upload, type Answer, type Request } from "../reader/upload/send.ts";
import type { FromWorker, Loaded, LoadSettings, ToWorker } from "./messages.ts";

const SLICE_BYTES = 1_024 * 1_024;
/** Days taken back at a time. */
const UNDONE_AT_ONCE = 6;

const results = new Map<number, readonly ReadResult[]>();

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  const id = data.kind === "read" ? data.id : null;
  handle(data).catch((error: unknown) => post({ kind: "failed", id, text: (error as Error).message }));
});

async function handle(message: ToWorker): Promise<void> {
  if (message.kind === "forget") results.delete(message.id);
  else if (message.kind === "load") await load(message.settings);
  else if (message.kind === "undo") await undo(message.loaded, message.csrf);
  else {
    const { id, file, choices, without, today } = message;
    const read = await readSheets(sourceOf(file), { all: {}, own: choices, without }, today);
    results.set(id, read);
    post({
      kind: "readings",
      id,
      shown: read.map(({ reading, sample }) => ({ reading, sample, lines: describeReading(reading) })),
    });
  }
}

async function load({ store, completeThrough, replace, today, csrf }: LoadSettings): Promise<void> {
  const all = [...results.values()].flat();
  const plan = uploadPlan(
    all.map(({ content }) => content),
    { store, completeThrough, replace, today },
  );
  if (plan.problem !== null) throw new Error(plan.problem);
  const total = plan.parts.reduce((sum, part) => sum + part.rows, 0);
  let done = 0;
  const outcome = await upload(
    {
      send: (request) => send(request, csrf),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      hash: sha256,
      progress(rows) {
        done += rows;
        post({ kind: "progress", done, total });
      },
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    },
    plan,
  );
  const lines = formatLoaded(
    "",
    all.map(({ reading }) => reading),
    plan.items,
    outcome,
  );
  post({ kind: "loaded", lines: [...plan.notes, ...lines], loaded: loadedOf(all, store ?? plan.stores[0] ?? "main") });
}

/** The sales that were loaded: counts and settings are facts of the present, and are put right by loading anew. */
function loadedOf(all: readonly ReadResult[], store: string): Loaded | null {
  const items: [string, string][] = [];
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { content } of all)
    for (const item of content.sales?.items ?? []) {
      items.push([item.store ?? store, item.product]);
      for (const day of item.units.keys()) [from, to] = [Math.min(from, day), Math.max(to, day)];
    }
  return items.length === 0 ? null : { at: new Date().toISOString(), from: isoDay(from), to: isoDay(to), items };
}

async function undo({ items, from, to }: Loaded, csrf: string): Promise<void> {
  let done = 0;
  await concurrently(items, UNDONE_AT_ONCE, async ([store, product]) => {
    const path = `/history/${encodeURIComponent(product)}?store_id=${encodeURIComponent(store)}&from=${from}&to=${to}`;
    const { status } = await send({ method: "DELETE", path }, csrf);
    if (status >= 300 && status !== 404)
      throw new Error(`The sales of "${product}" could not be taken back (status ${status}). Try again.`);
    post({ kind: "progress", done: ++done, total: items.length });
  });
  post({ kind: "undone", text: `Taken back: the sales of ${counted(items.length, "item")} from ${from} to ${to}.` });
}

async function send({ method, path, csv, json, key, prefer }: Request, csrf: string): Promise<Answer> {
  const body = csv ?? (json === undefined ? null : JSON.stringify(json));
  const response = await fetch(`/import${path}`, {
    method,
    credentials: "same-origin",
    headers: {
      "x-csrf": csrf,
      ...(body === null ? {} : { "content-type": csv === undefined ? "application/json" : "text/csv" }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
      ...(prefer === undefined ? {} : { prefer }),
    },
    body,
  });
  const text = await response.text();
  const isJson = /[/+]json/u.test(response.headers.get("content-type") ?? "");
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

function sourceOf(file: File): FileSource {
  return {
    name: file.name,
    size: file.size,
    async *slices() {
      for (let at = 0; at < file.size; at += SLICE_BYTES)
        yield new Uint8Array(await file.slice(at, at + SLICE_BYTES).arrayBuffer());
    },
  };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function post(message: FromWorker): void {
  (self as unknown as { postMessage(message: FromWorker): void }).postMessage(message);
}
