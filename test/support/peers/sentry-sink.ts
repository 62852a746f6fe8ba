/** A Sentry ingestion endpoint on loopback: takes envelopes as the real one does and keeps the events. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

export interface SentryException {
  readonly type: string;
  readonly value: string;
  readonly stacktrace?: { readonly frames: readonly { readonly filename: string; readonly lineno: number }[] };
}

export interface SentryEvent {
  readonly release?: string;
  readonly fingerprint?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly exception?: { readonly values: readonly SentryException[] };
}

export interface SentrySink {
  readonly dsn: string;
  readonly events: SentryEvent[];
  /** Every byte received, to search for what should not be there. */
  readonly wire: string[];
  close(): Promise<void>;
}

export async function startSentrySink(): Promise<SentrySink> {
  const events: SentryEvent[] = [];
  const wire: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
    wire.push(JSON.stringify(request.headers), text);
    events.push(...eventsOf(text));
    response.writeHead(200, { "content-type": "application/json" }).end('{"id":"00000000000000000000000000000000"}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    dsn: `http://0123456789abcdef0123456789abcdef@127.0.0.1:${port}/1`,
    events,
    wire,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** An envelope is a header line, then pairs of item header and payload. */
function eventsOf(envelope: string): SentryEvent[] {
  const lines = envelope.split("\n").slice(1);
  const events: SentryEvent[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const header = JSON.parse(lines[at] ?? "{}") as { type?: string };
    if (header.type === "event") events.push(JSON.parse(lines[at + 1] ?? "{}") as SentryEvent);
  }
  return events;
}
