/** Posts JSON to a model's server and reads its answer, whatever its status. */
import { boundedFetch } from "./bounded-fetch.ts";

export interface JsonAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  /** Null for a refusal that is not JSON, and for a success that does not say it is. */
  readonly body: unknown;
}

/** @throws SyntaxError for a success whose body is broken JSON; BodyTooLong; and what `fetch` throws. */
export async function postJson(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  signal: AbortSignal,
): Promise<JsonAnswer> {
  const response = await boundedFetch(url, {
    method: "POST",
    headers: { ...headers, Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  const { ok, status } = response;
  const text = await response.text();
  return { ok, status, headers: response.headers, body: ok ? successOf(response, text) : refusalOf(text) };
}

function successOf({ headers }: Response, text: string): unknown {
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const saysJson = type === "application/json" || type.endsWith("+json");
  return saysJson && text !== "" ? JSON.parse(text) : null;
}

function refusalOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
