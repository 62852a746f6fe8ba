/**
 * W3C Trace Context. A context is the text of a `traceparent` header: version, trace, span, flags. Code inside
 * `withTrace` passes its context on by `traceHeaders`, so functions in between need no parameter for it.
 */
import { AsyncLocalStorage } from "node:async_hooks";

const SHAPE = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const current = new AsyncLocalStorage<string>();

/** Null for a header that is missing or malformed. */
export function traceparentOf(header: string | undefined): string | null {
  const [, trace, span, flags] = SHAPE.exec(header ?? "") ?? [];
  return trace === undefined ? null : `00-${trace}-${span}-${flags}`;
}

export function withTrace<T>(traceparent: string | null, work: () => T): T {
  return traceparent === null ? work() : current.run(traceparent, work);
}

/** To be spread into the headers of a request to another service. */
export function traceHeaders(): { readonly traceparent?: string } {
  const traceparent = current.getStore();
  return traceparent === undefined ? {} : { traceparent };
}
