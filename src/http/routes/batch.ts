/**
 * `POST /inventory-triggers`: many triggers in one request, each on its own. Those of one item run in the order they came
 * in; different items run side by side. JSON is answered whole, NDJSON line by line as results come.
 */
import { objectName } from "../../storage/identity.ts";
import type { BatchResultAnswer } from "../../api/responses.ts";
import { asProblem } from "../kit/as-problem.ts";
import type { Principal } from "../auth/authenticate.ts";
import { JSON_LIMIT, KIB, mediaType, parseWith, readJson, readText, requireType } from "../kit/body.ts";
import type { AppContext } from "../kit/context.ts";
import { LineStream } from "../kit/line-stream.ts";
import { noteError } from "../middleware/observe.ts";
import { Problem, problemBody } from "../../api/problems.ts";
import { BatchBody, MOST_TRIGGERS, TriggerBody, type TriggerRequest } from "../../api/requests.ts";
import { parseStrictJson } from "../kit/strict-json.ts";
import { accepted, idempotencyKeyOf, sendTrigger, statusOf, waitOf, type SendOptions } from "./triggers.ts";
import type * as z from "zod";

const NDJSON = "application/x-ndjson";
const BATCH_LIMIT = KIB * KIB;
/** Items at once: enough to hide the way to them, few enough that one batch leaves room for others. */
const ITEMS_AT_ONCE = 16;

/** One trigger's answer as its place and its JSON: the item has made the workflow's text already. */
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

export async function postTriggers(c: AppContext, principal: Principal): Promise<Response> {
  const arrivedAt = Date.now();
  const idempotencyKey = idempotencyKeyOf(c);
  // The patience of `Prefer: wait` is for the whole batch.
  const patientUntil = arrivedAt + waitOf(c);
  const send = async ({ index, body }: Item): Promise<Result> => {
    const options: SendOptions = {
      arrivedAt,
      waitMs: Math.max(0, patientUntil - Date.now()),
      idempotencyKey: idempotencyKey === null ? null : `#${index}/${idempotencyKey}`,
    };
    const { status, replayed, wire } = accepted(await sendTrigger(c, principal, body, options));
    return {
      index,
      json: `{"index":${index},"status":${statusOf(status)},"workflow":${wire}${replayed ? ',"idempotency_replayed":true' : ""}}`,
    };
  };
  const failed = (index: number, error: unknown): Result => {
    const problem = asProblem(error as Error);
    noteError(c, error, problem.code);
    const body = problemBody(problem, c.req.path, c.get("requestId"));
    return {
      index,
      json: JSON.stringify({ index, status: body.status, problem: body } satisfies z.output<typeof BatchResultAnswer>),
    };
  };

  if (mediaType(c) === NDJSON) {
    const reads = await readLines(c);
    return streamed(c, (emit) => runAll(reads, send, failed, emit));
  }
  const { triggers } = await readJson(c, BatchBody, BATCH_LIMIT);
  const results: Result[] = [];
  await runAll(
    triggers.map((value) => () => parseWith(TriggerBody, value)),
    send,
    failed,
    async (result) => void (results[result.index] = result),
  );
  return c.body(`{"results":[${results.map(({ json }) => json).join(",")}]}`, 200, {
    "Content-Type": "application/json",
  });
}

async function readLines(c: AppContext): Promise<Read[]> {
  requireType(c, [NDJSON]);
  const lines = (await readText(c, BATCH_LIMIT, true)).split("\n").filter((line) => line.trim() !== "");
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
  failed: (index: number, error: unknown) => Result,
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
  const queue = byItem.values();
  const work = async (): Promise<void> => {
    for (const items of queue) {
      for (const item of items) await emit(await send(item).catch((error: unknown) => failed(item.index, error)));
    }
  };
  await Promise.all(Array.from({ length: ITEMS_AT_ONCE }, work));
}

function streamed(c: AppContext, run: (emit: (result: Result) => Promise<void>) => Promise<void>): Response {
  const lines = new LineStream();
  const done = run(({ json }) => lines.add(json)).then(
    () => lines.end(),
    // The client went away: what was accepted stands, the rest was never started.
    () => lines.abort(),
  );
  c.executionCtx.waitUntil(done);
  return c.body(lines.readable, 200, { "Content-Type": NDJSON });
}
