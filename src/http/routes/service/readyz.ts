/** `GET /readyz`: which part is ready, and for those who may know, why another is not. */
import { ReadinessAnswer } from "../../../api/responses.ts";
import { storageOf } from "../../../storage/storage.ts";
import { authenticate, hasCredential } from "../../auth/authenticate.ts";
import { itemObject } from "../../kit/item-stubs.ts";
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
  },
});

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
