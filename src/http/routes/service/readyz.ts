/** `GET /readyz`: which parts are ready and, for callers who may know, why one is not. */
import { ReadinessAnswer } from "../../../api/service-responses.ts";
import { storageOf } from "../../../storage/storage.ts";
import { inTime } from "../../../shared/waiting/in-time.ts";
import { authenticate, hasCredential } from "../../auth/authenticate.ts";
import type { AppContext } from "../../kit/context.ts";
import { objectOfWorkflow } from "../../kit/item-stubs.ts";
import { json, open } from "../../kit/route.ts";

export const getReadiness = open({
  method: "GET",
  path: "/readyz",
  docs: {
    summary: "Ready: database, cache and items; details with a key that may read",
    group: "service",
    answers: {
      200: { says: "Ready", content: json(ReadinessAnswer) },
      503: { says: "Not ready", content: json(ReadinessAnswer) },
    },
  },
  async handle(c) {
    const parts = await presentParts(c);
    const ready = parts.every((part) => part.ok);
    const mayKnow =
      hasCredential(c) &&
      (await authenticate(c, "read").then(
        () => true,
        () => false,
      ));
    return c.json({ status: ready ? "ready" : "not_ready", ...(mayKnow ? { parts } : {}) }, ready ? 200 : 503);
  },
});

/** Anybody may ask, as often as they like; the parts are asked once in this time. */
const KEEP_MS = 5_000;
/** A part that hangs is not ready: whoever looks for it wants an answer. */
const LIMIT_MS = 5_000;

interface Part {
  readonly part: string;
  readonly ok: boolean;
  readonly error?: string;
}

const checked = new WeakMap<object, { readonly at: number; readonly parts: Promise<readonly Part[]> }>();

async function presentParts(c: AppContext): Promise<readonly Part[]> {
  const known = checked.get(c.env);
  if (known !== undefined && Math.abs(Date.now() - known.at) < KEEP_MS) {
    // Whoever asked first may have left: then nobody waits for the parts any more, and the next one asks them.
    const parts = await inTime(known.parts, LIMIT_MS).catch(() => null);
    if (parts !== null) return parts;
    if (checked.get(c.env) !== known) return presentParts(c);
  }
  const parts = checkParts(c);
  checked.set(c.env, { at: Date.now(), parts });
  return parts;
}

function checkParts(c: AppContext): Promise<readonly Part[]> {
  const storage = storageOf(c.env);
  return Promise.all([
    check(storage.kind, () => storage.ping()),
    check("kv", () => c.env.CACHE.get("readiness")),
    check("item", () => askSomeItem(c)),
  ]);
}

/**
 * An item that exists: a check must not make an object. Where nothing was decided yet, or no database names one, there
 * is none to ask.
 */
async function askSomeItem(c: AppContext): Promise<void> {
  const [first] = await inTime(storageOf(c.env).trails.page("", 1, null), LIMIT_MS / 2).catch(() => []);
  if (first !== undefined) await objectOfWorkflow(c, first.id).overview();
}

async function check(part: string, ask: () => Promise<unknown>): Promise<Part> {
  try {
    await inTime(ask(), LIMIT_MS);
    return { part, ok: true };
  } catch (error) {
    return { part, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}
