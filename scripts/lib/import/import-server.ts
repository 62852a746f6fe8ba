/** The server that files are loaded into: texts are sent unchanged, and any status counts as an answer. */
import type { Answer, Request } from "../../../src/reader/upload/send.ts";
import { StartupProblem } from "../command/startup-problem.ts";

/** A part of 50,000 rows takes seconds; a minute more is a fault. */
const ANSWER_WITHIN_MS = 120_000;

export class ImportServer {
  readonly url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.url = url.replace(/\/+$/u, "");
    this.#key = key;
  }

  /** Throws a StartupProblem where nobody answers. */
  async send({ method, path, json, csv, key, prefer }: Request): Promise<Answer> {
    const body = csv ?? (json === undefined ? null : JSON.stringify(json));
    const type = csv === undefined ? "application/json" : "text/csv";
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === null ? {} : { "content-type": type }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
        ...(prefer === undefined ? {} : { prefer }),
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch((error: Error) => {
      throw new StartupProblem(
        `${this.url} does not answer: ${error.cause instanceof Error ? error.cause.message : error.message}.`,
      );
    });
    const text = await response.text();
    const isJson = /[/+]json/u.test(response.headers.get("content-type") ?? "");
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  }
}
