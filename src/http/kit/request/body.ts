/**
 * Request bodies: bounded while they are read, UTF-8 or refused, parsed here and nowhere else. Ours instead of Hono's
 * `bodyLimit`, since each media type has its own limit and the reading that follows must be strict about UTF-8 and
 * JSON.
 */
import type { Context } from "hono";
import type * as z from "zod";
import { Problem, type FieldError } from "../../../api/problems.ts";
import { parseStrictJson } from "./strict-json.ts";

export const KIB = 1_024;
/** A trigger, a verdict, a setting: far more than any honest one needs. */
export const JSON_LIMIT = 64 * KIB;
/** Rows of sales or settings: some ten years of days for the longest names. */
export const ROWS_LIMIT = 2 * KIB * KIB;
export const NDJSON = "application/x-ndjson";

export async function readJson<T>(c: Context, schema: z.ZodType<T>, limit = JSON_LIMIT): Promise<T> {
  requireType(c, ["application/json"]);
  return parseWith(schema, parseStrictJson(await readText(c, limit)));
}

export async function readCsv(c: Context): Promise<string> {
  requireType(c, ["text/csv"]);
  return readRows(c, ROWS_LIMIT);
}

export function parseWith<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem("validation_failed", "Some fields are not valid.", { errors: fieldErrors(parsed.error) });
}

function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), message: "is not a known field" }))
      : [{ pointer: pointerOf(issue.path), message: issue.message }],
  );
}

/** The media type without its parameters; "" when there is none. */
export function mediaType(c: Context): string {
  return (c.req.header("Content-Type") ?? "").split(";")[0]!.trim().toLowerCase();
}

/** One of the accepted types, in UTF-8 and not compressed: anything else would be misread. */
export function requireType(c: Context, accepted: readonly string[]): void {
  const stated = c.req.header("Content-Type") ?? "";
  const coding = c.req.header("Content-Encoding") ?? "identity";
  if (accepted.includes(stated) && coding === "identity") return;
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(stated)?.[1];
  const isText = charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset);
  if (accepted.includes(mediaType(c)) && isText && coding.toLowerCase() === "identity") return;
  throw new Problem("unsupported_media_type", `Send ${accepted.join(" or ")} in UTF-8, not compressed.`, {
    headers: { Accept: accepted.join(", ") },
  });
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const UTF8_WITHOUT_BOM = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The whole text: a byte order mark is a part of it. */
export function readText(c: Context, limit: number): Promise<string> {
  return decoded(c, limit, UTF8);
}

/** The text of rows, without the byte order mark that spreadsheets write. */
export function readRows(c: Context, limit: number): Promise<string> {
  return decoded(c, limit, UTF8_WITHOUT_BOM);
}

async function decoded(c: Context, limit: number, decoder: TextDecoder): Promise<string> {
  const bytes = await readBytes(c, limit);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Problem("malformed_request", "The body is not valid UTF-8.");
  }
}

/**
 * The raw bytes. A body whose length is stated is read in one go: HTTP ends it there. Any other is read piece by piece,
 * to the limit.
 */
export async function readBytes(c: Context, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const stated = c.req.header("Content-Length");
  if (Number(stated ?? 0) > limit) throw tooLarge(limit);
  const bytes =
    stated === undefined ? await readBounded(c.req.raw.body, limit) : new Uint8Array(await c.req.raw.arrayBuffer());
  if (bytes.byteLength > limit) throw tooLarge(limit);
  return bytes;
}

/** Stops reading at the limit, so a body without an honest length costs no more than one with it. */
async function readBounded(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function tooLarge(limit: number): Problem {
  return new Problem("payload_too_large", `The body may have ${limit} bytes at most.`);
}

/** RFC 6901. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
