/** Requests done once under an Idempotency-Key. (Those of triggers are kept by their item.) */
import * as z from "zod";
import { Problem, type ProblemCode } from "../../api/problems.ts";
import { sha256Hex } from "../../shared/sha256.ts";
import { storageOf } from "../../storage/storage.ts";
import { errorFields } from "../../telemetry/log.ts";
import { telemetryOf } from "../../telemetry/telemetry.ts";
import type { Principal } from "../auth/principal.ts";
import type { AppContext } from "./context.ts";
import { IdempotencyKey } from "./request/preferences.ts";

export interface DoneOnce {
  readonly status: 200 | 201 | 202;
  readonly body: unknown;
}

/** The headers of a route whose requests are done once. */
export const ONCE = z.object({ "Idempotency-Key": IdempotencyKey });
/** What such a route may answer besides. */
export const ONCE_PROBLEMS: readonly ProblemCode[] = ["idempotency_mismatch", "idempotency_in_progress"];

/** @param said the content of the request: parameters and body; `null` and an absent field count as the same. */
export async function once(
  c: AppContext,
  principal: Principal,
  key: string | null,
  said: string,
  run: () => Promise<DoneOnce>,
): Promise<Response> {
  if (key === null) {
    const { status, body } = await run();
    return c.json(body as object, status);
  }
  const { requests } = storageOf(c.env);
  // A digest, since the caller's key may be of any length and may identify the caller.
  const requestKey = sha256Hex(JSON.stringify([principal.keyId, c.req.method, c.req.path, key]));
  const bodyHash = sha256Hex(said);
  const known = await requests.start(requestKey, bodyHash, Date.now());
  if (known === null) {
    const { status, body } = await run().catch(async (error: unknown) => {
      await requests.forget(requestKey).catch(() => undefined);
      throw error;
    });
    const text = JSON.stringify(body);
    // It is done: an answer that cannot be kept is still given, and the key stays taken.
    await requests
      .answer(requestKey, status, text)
      .catch((error: unknown) => telemetryOf(c.env).log.warn("answer_not_kept", errorFields(error)));
    return c.body(text, status, { "Content-Type": "application/json" });
  }
  if (known.bodyHash !== bodyHash) throw keyMismatch();
  if (known.answer === null) throw keyInProgress();
  c.header("Idempotency-Replayed", "true");
  return c.body(known.answer.body, known.answer.status as 200, { "Content-Type": "application/json" });
}

export function keyMismatch(): Problem {
  return new Problem("idempotency_mismatch", "This Idempotency-Key was already used with a different body.", {
    errors: [{ pointer: "", message: "differs from the first one" }],
  });
}

export function keyInProgress(): Problem {
  return new Problem(
    "idempotency_in_progress",
    "The first request with this Idempotency-Key has not been answered yet; please retry.",
  );
}
