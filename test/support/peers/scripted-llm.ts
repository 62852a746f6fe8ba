/**
 * A chat-completions server on loopback that misbehaves on request: one mode a path, over real HTTP.
 *
 * `http://127.0.0.1:PORT/{mode}/v1` is the base URL. Modes joined by `+` answer the first, second, ... request of that
 * path, the last one from then on: `500+500+right`. `slow-2000` answers rightly after that many ms, and `held` once the
 * test releases it. The mode `by-item` takes the script from the product id, up to a `~`, and `by-model` from the
 * model's name: one server then plays every part.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  readonly productId: string;
  readonly mode: string;
  readonly authorization: string | undefined;
  readonly body: ChatBody;
}

export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: unknown;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly temperature?: number;
}

export interface ScriptedLlm {
  readonly origin: string;
  baseUrl(mode: string): string;
  readonly requests: readonly SeenRequest[];
  /** True while no request is being worked on; one that hangs by script does not count. */
  isIdle(): boolean;
  /** Answers what is held for these products, and from now on holds nothing for them. */
  release(...productIds: readonly string[]): void;
  close(): Promise<void>;
}

interface Facts {
  readonly product_id: string;
  readonly baseline: { readonly quantity: number };
  readonly untrusted: { readonly notes: string };
}

type Responder = (facts: Facts, response: ServerResponse) => void;

const USAGE = { prompt_tokens: 900, completion_tokens: 120, total_tokens: 1_020 };

export async function startScriptedLlm(port = 0): Promise<ScriptedLlm> {
  const requests: SeenRequest[] = [];
  const turns = new Map<string, number>();
  const released = new Set<string>();
  const held = new Map<string, (() => void)[]>();
  let busy = 0;

  function hold(facts: Facts, response: ServerResponse): void {
    const answer = () => complete(response, rightReply(facts));
    const { product_id: productId } = facts;
    if (released.has(productId)) answer();
    else held.set(productId, [...(held.get(productId) ?? []), answer]);
  }

  const server = createServer((request, response) => {
    busy += 1;
    readJson(request)
      .then((body) => {
        const path = request.url ?? "/";
        const facts = readFacts(body);
        const named = decodeURIComponent(path.split("/")[1] ?? "");
        const part = named === "by-item" ? facts.product_id : named === "by-model" ? body.model : named;
        const script = (part.split("~")[0] ?? "").split("+");
        const turn = turns.get(part) ?? 0;
        turns.set(part, turn + 1);
        const mode = script[Math.min(turn, script.length - 1)] ?? "right";
        requests.push({ productId: facts.product_id, mode, authorization: request.headers.authorization, body });
        if (mode === "held") hold(facts, response);
        else responderOf(mode)(facts, response);
      })
      .catch(() => response.destroy())
      .finally(() => (busy -= 1));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: (mode) => `${origin}/${encodeURIComponent(mode)}/v1`,
    requests,
    isIdle: () => busy === 0,
    release(...productIds) {
      for (const productId of productIds) {
        released.add(productId);
        for (const answer of held.get(productId) ?? []) answer();
        held.delete(productId);
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A proper reply: it follows the baseline, a little upwards where there is something to raise. */
function rightReply(facts: Facts): Record<string, unknown> {
  const raises = facts.baseline.quantity > 0;
  return {
    product_id: facts.product_id,
    proposal: raises ? "multiplier" : "keep",
    multiplier: raises ? 1.1 : null,
    quantity: null,
    direction: raises ? "raise" : "keep",
    event: null,
    evidence: ["notes", "recent_demand"],
    reason: raises ? "The notes point to slightly higher demand." : "Nothing in the notes changes the plan.",
    doubt: 0.1,
  };
}

const RESPONDERS: Readonly<Record<string, Responder>> = {
  right: (facts, response) => complete(response, rightReply(facts)),
  obedient: (facts, response) => complete(response, obedientReply(facts)),
  "no-usage": (facts, response) => {
    const message = { role: "assistant", content: JSON.stringify(rightReply(facts)) };
    send(response, { ...envelope(message, "stop"), usage: undefined });
  },
  hang: () => undefined,
  "stalled-body": (_facts, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
    response.write('{"id":"chatcmpl-1","choices":[');
  },
  "400": status(400, { error: { message: "bad request", type: "invalid_request_error" } }),
  "401": status(401, { error: { message: "invalid key", code: "invalid_api_key" } }),
  "404": status(404, { error: { message: "no such model", code: "model_not_found" } }),
  "408": status(408, {}),
  "409": status(409, {}),
  "429": status(429, rateLimited()),
  "429-after-2": status(429, rateLimited(), () => ({ "retry-after": "2" })),
  "429-after-300": status(429, rateLimited(), () => ({ "retry-after": "300" })),
  /** A date is absolute, so the test's clock must be the real one or later; this one lies far ahead. */
  "429-after-date": status(429, rateLimited(), () => ({ "retry-after": "Tue, 03 Jan 2040 00:00:07 GMT" })),
  "insufficient-quota": status(429, {
    error: { message: "quota", type: "insufficient_quota", code: "insufficient_quota" },
  }),
  "500": status(500, { error: { message: "oops" } }),
  "502": status(502, "<html>Bad gateway</html>"),
  "503": status(503, {}),
  "529": status(529, { error: { message: "overloaded" } }),
  redirect: status(307, "", () => ({ location: "http://127.0.0.1:9/stolen" })),
  reset: (_facts, response) => response.destroy(),
  html: status(200, "<!doctype html><title>Sign in</title>", () => ({ "content-type": "text/html" })),
  empty: status(200, ""),
  truncated: status(200, '{"id":"chatcmpl-1","choices":[{"message":{"content":"{\\"prod'),
  "truncated-reply": (facts, response) => completeText(response, JSON.stringify(rightReply(facts)).slice(0, 60)),
  refusal: (_facts, response) =>
    send(response, envelope({ role: "assistant", content: null, refusal: "I cannot help with that." }, "stop")),
  length: (facts, response) =>
    send(response, envelope({ role: "assistant", content: JSON.stringify(rightReply(facts)).slice(0, 60) }, "length")),
  "extra-keys": (facts, response) => complete(response, { ...rightReply(facts), order_now: true, sql: "drop table" }),
  "wrong-types": (facts, response) => complete(response, { ...rightReply(facts), proposal: 7, evidence: "notes" }),
  negative: (facts, response) => complete(response, { ...rightReply(facts), ...proposing(-500), direction: "lower" }),
  fractional: (facts, response) =>
    complete(response, { ...rightReply(facts), ...proposing(facts.baseline.quantity + 0.37), direction: "raise" }),
  nan: (facts, response) =>
    completeText(response, JSON.stringify(rightReply(facts)).replace(/"multiplier":[^,]+/, '"multiplier":NaN')),
  billion: (facts, response) => complete(response, { ...rightReply(facts), ...proposing(1e9), direction: "raise" }),
  "unknown-item": (facts, response) => complete(response, { ...rightReply(facts), product_id: "SOMETHING-ELSE" }),
  "certain-nonsense": (facts, response) =>
    complete(response, {
      ...rightReply(facts),
      ...proposing(facts.baseline.quantity * 40 + 999),
      direction: "raise",
      event: { kind: "festival", quote: "the great festival that nobody mentioned" },
      evidence: [],
      reason: "Confidence 1.0. Order it all.",
      doubt: 0,
    }),
  megabyte: (facts, response) => complete(response, { ...rightReply(facts), reason: "a".repeat(1_000_000) }),
};

function responderOf(mode: string): Responder {
  const slow = /^slow-(\d+)$/.exec(mode);
  if (slow !== null)
    return (facts, response) => void setTimeout(() => complete(response, rightReply(facts)), Number(slow[1]));
  return RESPONDERS[mode] ?? status(404, { error: { message: `no mode ${mode}` } });
}

/**
 * The worst model there is: it does whatever the text says. It decodes what it can find, takes the largest number for
 * the quantity, claims certainty, names the text itself as the event, and repeats it all as its reason.
 */
function obedientReply(facts: Facts): Record<string, unknown> {
  const text = `${facts.untrusted.notes} ${facts.product_id}`;
  const decoded = [...text.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/g)]
    .map(([code]) => Buffer.from(code, "base64").toString("utf8"))
    .join(" ");
  const read = `${text} ${decoded}`.normalize("NFKC");
  const numbers = [...read.matchAll(/\d[\d,. ]*/g)]
    .map(([digits]) => Number(digits.replace(/[^\d]/g, "")))
    .filter(Number.isFinite);
  const quantity = Math.min(Math.max(...numbers, 0), Number.MAX_SAFE_INTEGER);
  const { quantity: baseline } = facts.baseline;
  return {
    product_id: facts.product_id,
    ...proposing(quantity),
    direction: quantity > baseline ? "raise" : quantity < baseline ? "lower" : "keep",
    event: { kind: "festival", quote: facts.untrusted.notes.slice(0, 60) },
    evidence: ["notes"],
    reason: read,
    doubt: 0,
  };
}

function proposing(quantity: number): Record<string, unknown> {
  return { proposal: "quantity", quantity, multiplier: null };
}

function complete(response: ServerResponse, reply: Record<string, unknown>): void {
  completeText(response, JSON.stringify(reply));
}

function completeText(response: ServerResponse, content: string): void {
  send(response, envelope({ role: "assistant", content, refusal: null }, "stop"));
}

function envelope(message: Record<string, unknown>, finishReason: string): Record<string, unknown> {
  return {
    id: "chatcmpl-scripted",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "scripted",
    choices: [{ index: 0, message, finish_reason: finishReason, logprobs: null }],
    usage: USAGE,
  };
}

function send(response: ServerResponse, body: Record<string, unknown>): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function status(
  code: number,
  body: Record<string, unknown> | string,
  headers: () => Record<string, string> = () => ({}),
): Responder {
  return (_facts, response) => {
    response
      .writeHead(code, { "content-type": "application/json", ...headers() })
      .end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

function rateLimited(): Record<string, unknown> {
  return { error: { message: "slow down", type: "requests", code: "rate_limit_exceeded" } };
}

function readFacts(body: ChatBody): Facts {
  return JSON.parse(body.messages.at(-1)?.content ?? "{}") as Facts;
}

async function readJson(request: IncomingMessage): Promise<ChatBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as ChatBody;
}
