/**
 * `POST /inventory-triggers`: many triggers in one request, each on its own. Those of one item run in the order they
 * came in; different items run side by side. JSON is answered whole, NDJSON line by line, in the batch's order.
 */
import * as z from "zod";
import { Problem, problemBody } from "../../../api/problems.ts";
import { BatchBody, MOST_TRIGGERS, TriggerBody, type TriggerRequest } from "../../../api/trigger/trigger-request.ts";
import { BatchAnswer, BatchResultAnswer } from "../../../api/responses.ts";
import { objectName } from "../../../storage/identity.ts";
import { asProblem } from "../../kit/as-problem.ts";
import type { AppContext } from "../../kit/context.ts";
import { LineStream } from "../../kit/line-stream.ts";
import {
  JSON_LIMIT,
  KIB,
  mediaType,
  parseWith,
  readJson,
  readRows,
  readText,
  requireType,
  NDJSON,
} from "../../kit/request/body.ts";
import { TriggerHeaders } from "../../kit/request/preferences.ts";
import { parseStrictJson } from "../../kit/request/strict-json.ts";
import { noteError } from "../../kit/request-log.ts";
import { guarded } from "../../kit/route.ts";
import { sendTrigger, statusOf, type SendOptions } from "../../kit/send-trigger.ts";
import { concurrently } from "../../../shared/concurrently.ts";

const BATCH_LIMIT = KIB * KIB;
/** Items at once: enough to hide the latency of their objects, few enough that one batch leaves room for others. */
const ITEMS_AT_ONCE = 16;

/** One trigger's answer: its index and its JSON, whose workflow the item has already serialised. */
interface Result {
  readonly index: number;
  readonly json: string;
}
/** A trigger of the batch, still to be parsed: what is wrong with it is thrown then. */
type Read = () => TriggerRequest;

interface Item {
  readonly index: number;
  readonly body: TriggerRequest;
}

/** `body` where the trigger itself could be read. */
type Failed = (index: number, error: unknown, body?: TriggerRequest) => Result;

export const postTriggers = guarded({
  method: "POST",
  path: "/inventory-triggers",
  scope: "trigger",
  headers: TriggerHeaders,
  docs: {
    summary: `Decide about up to ${MOST_TRIGGERS} items, each on its own`,
    group: "decisions",
    body: {
      "application/json": BatchBody.extend({ triggers: z.array(TriggerBody).min(1).max(MOST_TRIGGERS) }),
      "application/x-ndjson": TriggerBody,
      "text/csv": null,
    },
    answers: {
      200: {
        says: "A result for every trigger, in their order; for NDJSON a line as soon as all before it are known",
        content: { "application/json": BatchAnswer, "application/x-ndjson": BatchResultAnswer },
      },
    },
  },
  async handle(c, { principal, headers }) {
    const arrivedAt = Date.now();
    const key = headers["Idempotency-Key"];
    // The patience of `Prefer: wait` is for the whole batch.
    const patientUntil = arrivedAt + headers.Prefer;
    const send = async ({ index, body }: Item): Promise<Result> => {
      const options: SendOptions = {
        arrivedAt,
        waitMs: Math.max(0, patientUntil - Date.now()),
        idempotencyKey: key === null ? null : `#${index}/${key}`,
      };
      const { status, replayed, wire } = await sendTrigger(c, principal, body, options);
      const mark = replayed ? ',"idempotency_replayed":true' : "";
      return { index, json: `{"index":${index},"status":${statusOf(status)},"workflow":${wire}${mark}}` };
    };
    const failed: Failed = (index, error, body) => failedResult(c, index, error, body);

    if (mediaType(c) === NDJSON) {
      const reads = await readLines(c);
      return streamed(c, (emit) => runAll(reads, send, failed, inOrder(emit)));
    }
    if (mediaType(c) === "text/csv") requireType(c, ["text/csv"]);
    const triggers =
      mediaType(c) === "text/csv" ? await readCsv(c) : (await readJson(c, BatchBody, BATCH_LIMIT)).triggers;
    const results: Result[] = [];
    await runAll(
      triggers.map((value) => () => parseWith(TriggerBody, value)),
      send,
      failed,
      async (result) => void (results[result.index] = result),
    );
    return c.body(`{"results":[${results.map((result) => result.json).join(",")}]}`, 200, {
      "Content-Type": "application/json",
    });
  },
});

function failedResult(c: AppContext, index: number, error: unknown, trigger?: TriggerRequest): Result {
  const problem = asProblem(error as Error);
  const about = trigger === undefined ? {} : { product_id: trigger.product_id, store_id: trigger.store_id };
  noteError(c, error, problem.code, about);
  const body = problemBody(problem, c.req.path, c.get("requestId"));
  const result: z.output<typeof BatchResultAnswer> = { index, status: body.status, problem: body };
  return { index, json: JSON.stringify(result) };
}

async function readCsv(c: AppContext): Promise<Readonly<Record<string, unknown>>[]> {
  const text = await readRows(c, BATCH_LIMIT);
  return (await import("../../kit/request/trigger-rows.ts")).triggersFromCsv(text);
}

async function readLines(c: AppContext): Promise<Read[]> {
  requireType(c, [NDJSON]);
  const lines = (await readText(c, BATCH_LIMIT)).split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0 || lines.length > MOST_TRIGGERS) {
    throw new Problem("validation_failed", `A batch has 1 to ${MOST_TRIGGERS} triggers.`, {
      errors: [{ pointer: "", message: `has ${lines.length} lines` }],
    });
  }
  return lines.map((line) => () => {
    if (line.length > JSON_LIMIT)
      throw new Problem("payload_too_large", `A trigger may have ${JSON_LIMIT} bytes at most.`);
    return parseWith(TriggerBody, parseStrictJson(line));
  });
}

/** Emits one result for every trigger; stops starting new ones when nobody takes the results any more. */
async function runAll(
  reads: readonly Read[],
  send: (item: Item) => Promise<Result>,
  failed: Failed,
  emit: (result: Result) => Promise<void>,
): Promise<void> {
  const byItem = new Map<string, Item[]>();
  for (const [index, read] of reads.entries()) {
    try {
      const body = read();
      const name = objectName({ storeId: body.store_id, productId: body.product_id });
      byItem.set(name, [...(byItem.get(name) ?? []), { index, body }]);
    } catch (error) {
      await emit(failed(index, error));
    }
  }
  await concurrently([...byItem.values()], ITEMS_AT_ONCE, async (items) => {
    for (const item of items)
      await emit(await send(item).catch((error: unknown) => failed(item.index, error, item.body)));
  });
}

/** Holds each result back until all before it are out. */
function inOrder(emit: (result: Result) => Promise<void>): (result: Result) => Promise<void> {
  const early = new Map<number, Result>();
  let next = 0;
  return async (result) => {
    early.set(result.index, result);
    for (let ready = early.get(next); ready !== undefined; ready = early.get(next)) {
      early.delete(next++);
      await emit(ready);
    }
  };
}

function streamed(c: AppContext, run: (emit: (result: Result) => Promise<void>) => Promise<void>): Response {
  const lines = new LineStream();
  const done = run(({ json }) => lines.add(json)).then(
    () => lines.end(),
    // The client disconnected: accepted triggers stay accepted, the rest was never started.
    () => lines.abort(),
  );
  c.executionCtx.waitUntil(done);
  return c.body(lines.readable, 200, { "Content-Type": NDJSON });
}
