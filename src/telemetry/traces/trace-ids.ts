/** Contexts of new traces and spans. See `src/shared/trace-context.ts` for their form. */

/** A workflow that no traced request made (a run, a shop's delivery) is a trace of its own, by its id. */
export function workflowTrace({
  id,
  traceparent = traceOfId(id),
}: {
  readonly id: string;
  readonly traceparent?: string | undefined;
}): string {
  return traceparent;
}

/** The end of the id is the workflow's ordinal, the start its object's. */
export function traceOfId(id: string): string {
  const digits = Array.from(id, (char) => (char.charCodeAt(0) & 15).toString(16)).join("");
  return `00-${digits.slice(-31).padStart(32, "1")}-${digits.slice(-15).padStart(16, "1")}-01`;
}

export function childOf(parent: string): string {
  return `${parent.slice(0, 36)}${randomHex(8)}${parent.slice(52)}`;
}

export function newTrace(share: number): string {
  const trace = randomHex(16);
  const isKept = Number.parseInt(trace.slice(0, 8), 16) < share * 2 ** 32;
  return `00-${trace}-${randomHex(8)}-${isKept ? "01" : "00"}`;
}

export function isSampled(traceparent: string): boolean {
  return (Number.parseInt(traceparent.slice(53), 16) & 1) === 1;
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}
