/** Alive, and ready: which part is not, and why, for those who may know. */
import { storageOf } from "../../storage/storage.ts";
import { authenticate, hasCredential } from "../auth/authenticate.ts";
import { itemObject, type AppContext } from "../kit/context.ts";

export function getHealth(c: AppContext): Response {
  return c.json({ status: "ok" });
}

export async function getReadiness(c: AppContext): Promise<Response> {
  const storage = storageOf(c.env);
  const parts = await Promise.all([
    check(storage.kind, () => storage.ping()),
    check("kv", () => c.env.CACHE.get("readiness")),
    // An item that no trigger can name: its object answers and stores nothing.
    check("item", () => itemObject(c, { storeId: "", productId: "" }).overview()),
  ]);
  const ready = parts.every((part) => part.ok);
  const mayKnow =
    hasCredential(c) &&
    (await authenticate(c, "read").then(
      () => true,
      () => false,
    ));
  return c.json({ status: ready ? "ready" : "not_ready", ...(mayKnow ? { parts } : {}) }, ready ? 200 : 503);
}

async function check(
  part: string,
  ask: () => Promise<unknown>,
): Promise<{ part: string; ok: boolean; error?: string }> {
  try {
    await ask();
    return { part, ok: true };
  } catch (error) {
    return { part, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}
