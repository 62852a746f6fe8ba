/**
 * A fetch for a model's server. It reads the whole body, up to a limit, before it returns, and follows no redirect,
 * which could carry the key and the facts elsewhere. The caller's signal covers the body too, also one that stalls.
 */
import { traceHeaders } from "../../shared/trace-context.ts";

/** A usable answer is below 4 KB; a server that sends more than this limit is not answering the question. */
const LONGEST_BODY_BYTES = 256 * 1_024;

export class BodyTooLong extends Error {
  override readonly name = "BodyTooLong";
}

export async function boundedFetch(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(traceHeaders())) headers.set(name, value);
  const response = await fetch(url, { ...init, headers, redirect: "manual" });
  const body = response.body === null ? null : await readBody(response.body);
  // 204 and 304 may not carry a body, not even an empty one.
  const bodyless = response.status === 204 || response.status === 304;
  return new Response(bodyless ? null : body, { status: response.status, headers: withoutEncoding(response.headers) });
}

async function readBody(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks);
    length += value.byteLength;
    if (length > LONGEST_BODY_BYTES) {
      // Not awaited: a server that keeps sending must not delay the answer.
      reader.cancel().catch(() => undefined);
      throw new BodyTooLong(`more than ${LONGEST_BODY_BYTES} bytes`);
    }
    chunks.push(value);
  }
}

/** The body is already decoded and counted. */
function withoutEncoding(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete("content-encoding");
  kept.delete("content-length");
  return kept;
}
