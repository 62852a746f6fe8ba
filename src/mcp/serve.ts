/**
 * Answers one body of the Model Context Protocol: Streamable HTTP without sessions, revision 2026-07-28 and, for older
 * clients, those of 2024 and 2025. Nothing is kept between requests. The protocol's own client speaks to it in
 * test/edge/http/mcp.test.ts; its SDK for servers is left out, since it takes a tenth of the upload
 * (docs/decisions/upload-size.md).
 */
import type { Scope } from "../api/scopes.ts";
import { answerOf, INVALID_REQUEST, messageIn, METHOD_NOT_FOUND, type Fault, type Json } from "./message.ts";
import { outcomeOf } from "./methods.ts";
import { eraOf, type Era } from "./revision.ts";
import { TOOLS, type AskApi, type Tool } from "./tools.ts";

/** Of an older client, which may send several messages in one body. */
const MOST_MESSAGES = 100;

interface Answered {
  readonly status: number;
  /** Null = a notification: nothing is answered. */
  readonly body: Json | null;
}

/** @param body parsed JSON. */
export async function serveMcp(
  body: unknown,
  headers: Headers,
  scopes: ReadonlySet<Scope>,
  ask: AskApi,
): Promise<Response> {
  const tools = TOOLS.filter(({ scope }) => scopes.has(scope));
  const { status, body: answer } = Array.isArray(body)
    ? await answeredBatch(body, headers, tools, ask)
    : await answered(body, headers, tools, ask);
  return answer === null ? new Response(null, { status }) : Response.json(answer, { status });
}

async function answered(
  value: unknown,
  headers: Headers,
  tools: readonly Tool[],
  ask: AskApi,
  eras: readonly Era[] = ["present", "older"],
): Promise<Answered> {
  const message = messageIn(value);
  if (message === null) return refused("The body must be a message of JSON-RPC 2.0.");
  if (message === "reply") return { status: 202, body: null };
  const era = eraOf(message, headers);
  if (typeof era !== "string") return { status: 400, body: answerOf(message.id, { error: era }) };
  if (!eras.includes(era)) return refused("A message of this revision must be the only one in its body.");
  if (message.id === null) return { status: 202, body: null };
  const outcome = await outcomeOf(message, era, tools, ask);
  return { status: statusOf(outcome, era), body: answerOf(message.id, outcome) };
}

async function answeredBatch(
  values: readonly unknown[],
  headers: Headers,
  tools: readonly Tool[],
  ask: AskApi,
): Promise<{ readonly status: number; readonly body: readonly Json[] | Json | null }> {
  if (values.length === 0 || values.length > MOST_MESSAGES)
    return refused(`A body may hold 1 to ${MOST_MESSAGES} messages.`);
  const answers: Json[] = [];
  for (const value of values) {
    const { status, body } = await answered(value, headers, tools, ask, ["older"]);
    if (status >= 400) return { status, body };
    if (body !== null) answers.push(body);
  }
  return answers.length === 0 ? { status: 202, body: null } : { status: 200, body: answers };
}

/** The present revision has a status for a method that is not there; older clients read the body alone. */
function statusOf(outcome: { readonly error: Fault } | object, era: Era): number {
  return era === "present" && "error" in outcome && outcome.error.code === METHOD_NOT_FOUND ? 404 : 200;
}

function refused(message: string): Answered {
  return { status: 400, body: answerOf(null, { error: { code: INVALID_REQUEST, message } }) };
}
