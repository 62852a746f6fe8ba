/**
 * What a collector of OpenTelemetry takes over HTTP as JSON (opentelemetry-proto, trace/v1), strictly; and its spans,
 * flat.
 */
import * as z from "zod";
import type { PeerRequest } from "./http-peer.ts";

const hex = (bytes: number) =>
  z.string().regex(new RegExp(`^(?!0+$)[0-9a-f]{${bytes * 2}}$`, "u"), `must be ${bytes} bytes, not all zero`);
const Nanoseconds = z.string().regex(/^[1-9]\d{18}$/u);
const Value = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: z.string().regex(/^-?\d+$/u) }),
  z.strictObject({ doubleValue: z.number() }),
]);
const Attributes = z.array(z.strictObject({ key: z.string().min(1), value: Value }));
const Span = z.strictObject({
  traceId: hex(16),
  spanId: hex(8),
  parentSpanId: hex(8).optional(),
  name: z.string().min(1),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: Nanoseconds,
  endTimeUnixNano: Nanoseconds,
  attributes: Attributes,
  status: z.strictObject({ code: z.int().min(0).max(2).optional() }),
});
const ExportTraceServiceRequest = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes: Attributes }),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string(), version: z.string() }),
          spans: z.array(Span).min(1),
        }),
      ),
    }),
  ),
});

export interface CollectedSpan extends Omit<z.output<typeof Span>, "attributes"> {
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Throws for a request that a collector would refuse. */
export function spansIn({ path, method, headers, body }: PeerRequest): CollectedSpan[] {
  if (method !== "POST" || !path.endsWith("/v1/traces") || headers["content-type"] !== "application/json")
    throw new Error(`no export of traces: ${method} ${path}, ${headers["content-type"]}`);
  return ExportTraceServiceRequest.parse(JSON.parse(body)).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    if (flat(resource.attributes)["service.name"] !== "stockwarden") throw new Error("a resource without its name");
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => {
        if (BigInt(span.endTimeUnixNano) < BigInt(span.startTimeUnixNano))
          throw new Error("a span ends before it starts");
        return { ...span, attributes: flat(span.attributes) };
      }),
    );
  });
}

function flat(attributes: z.output<typeof Attributes>): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
