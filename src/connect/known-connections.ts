/** Connections as this isolate knows them: a change takes effect everywhere within 60 s, and here at once. */
import { storageOf } from "../storage/storage.ts";
import { connectionId, type Platform, type ShopConnection } from "../world/outside/shop-connection.ts";
import type { ConnectBindings } from "./bindings.ts";

const KEPT_MS = 20_000;
const MOST_KEPT = 1_000;

interface Known {
  readonly connection: ShopConnection | null;
  readonly until: number;
}

const known = new WeakMap<object, Map<string, Known>>();

/**
 * Null = not connected. Rejects while the database is unavailable and nothing is cached.
 * @param mayLookUp is asked before the database.
 */
export async function connectionOf(
  env: ConnectBindings,
  platform: Platform,
  storeId: string,
  mayLookUp: () => boolean,
): Promise<ShopConnection | null> {
  const id = connectionId(platform, storeId);
  const kept = known.get(env) ?? new Map<string, Known>();
  known.set(env, kept);
  const found = kept.get(id);
  if (found !== undefined && Date.now() < found.until) return found.connection;
  if (!mayLookUp()) return null;
  const connection = await storageOf(env).world.get("connection", id);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(id, { connection, until: Date.now() + KEPT_MS });
  return connection;
}

export function forgetConnections(env: ConnectBindings): void {
  known.delete(env);
}
