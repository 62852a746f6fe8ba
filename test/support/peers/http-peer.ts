/** A real HTTP server on loopback that records what it was sent and answers what a test tells it to. */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface PeerRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

export interface PeerAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Breaks the connection after the request was taken in: the sender cannot know. */
  readonly hangUp?: boolean;
  /** Sends the status and the beginning of a body, and never its end. */
  readonly stalls?: boolean;
  /** Answers only once it resolves. */
  readonly heldUntil?: Promise<void>;
}

export interface HttpPeer {
  readonly origin: string;
  readonly requests: PeerRequest[];
  close(): Promise<void>;
}

export async function httpPeer(answer: (request: PeerRequest) => PeerAnswer, port = 0): Promise<HttpPeer> {
  const requests: PeerRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    incoming.on("end", async () => {
      const request = {
        method: incoming.method ?? "",
        path: incoming.url ?? "",
        headers: incoming.headers,
        body,
        at: Date.now(),
      };
      requests.push(request);
      const said = answer(request);
      if (said.heldUntil !== undefined) await said.heldUntil;
      if (said.hangUp === true) return outgoing.destroy();
      outgoing.writeHead(said.status ?? 200, { "Content-Type": "application/json", ...said.headers });
      const text = typeof said.body === "string" ? said.body : JSON.stringify(said.body ?? {});
      return said.stalls === true ? outgoing.write(text) : outgoing.end(text);
    });
  });
  await listen(server, port);
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => closed(server),
  };
}

export function listen(server: Server, port = 0): Promise<void> {
  return new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
