/** Spans as OTLP over HTTP in its JSON form: one POST to the collector's `/v1/traces`. */
import type { Settings } from "../../config/settings.ts";
import type { Span } from "./trace-span.ts";

export type TraceTarget = NonNullable<Settings["traces"]>;

const SEND_TIMEOUT_MS = 5_000;
const KIND = { internal: 1, server: 2, client: 3 } as const;
const STATUS_ERROR = 2;

/** Throws when the collector did not accept it. */
export async function exportSpans(
  { url, headers }: TraceTarget,
  release: string,
  spans: readonly Span[],
): Promise<void> {
  const response = await fetch(`${url.replace(/\/+$/u, "")}/v1/traces`, {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    headers: { ...headersIn(headers), "Content-Type": "application/json" },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: attributesOf({ "service.name": "stockwarden", "service.version": release }) },
          scopeSpans: [{ scope: { name: "stockwarden", version: release }, spans: spans.map(spanOf) }],
        },
      ],
    }),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the collector of traces answered ${response.status}`);
}

function headersIn(pairs: string): Record<string, string> {
  return Object.fromEntries(
    pairs.split(",").flatMap((pair) => {
      const at = pair.indexOf("=");
      return at < 1 ? [] : [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]];
    }),
  );
}

function spanOf({ traceparent, parent, name, kind, startedAt, endedAt, attributes, isError }: Span) {
  return {
    traceId: traceparent.slice(3, 35),
    spanId: traceparent.slice(36, 52),
    ...(parent === null ? {} : { parentSpanId: parent.slice(36, 52) }),
    name,
    kind: KIND[kind],
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(endedAt),
    attributes: attributesOf(attributes),
    status: isError ? { code: STATUS_ERROR } : {},
  };
}

function attributesOf(values: Span["attributes"]) {
  return Object.entries(values).flatMap(([key, value]) => (value == null ? [] : [{ key, value: wireValue(value) }]));
}

function wireValue(value: string | number | boolean) {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** Fractions of a millisecond are kept to the microsecond: a double holds no more of an epoch time. */
function nanoseconds(ms: number): string {
  return `${BigInt(Math.round(ms * 1_000))}000`;
}
