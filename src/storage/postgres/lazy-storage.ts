/** The storage on PostgreSQL, loaded by the first call of one of its methods: most environments have D1. */
import { lazily } from "../../shared/lazily.ts";
import type { Door } from "./client.ts";
import type { Storage } from "../storage-interface.ts";

export function lazyPostgresStorage(hyperdrive: Door): Storage {
  let loaded: Storage | null = null;
  const storage = async (): Promise<Storage> => (loaded ??= (await import("./storage.ts")).postgresStorage(hyperdrive));
  return {
    kind: "postgresql",
    workflows: lazily(async () => (await storage()).workflows),
    queue: lazily(async () => (await storage()).queue),
    trails: lazily(async () => (await storage()).trails),
    inputs: lazily(async () => (await storage()).inputs),
    keys: lazily(async () => (await storage()).keys),
    counters: lazily(async () => (await storage()).counters),
    endpoints: lazily(async () => (await storage()).endpoints),
    purchases: lazily(async () => (await storage()).purchases),
    retention: lazily(async () => (await storage()).retention),
    requests: lazily(async () => (await storage()).requests),
    sales: lazily(async () => (await storage()).sales),
    world: lazily(async () => (await storage()).world),
    sessions: lazily(async () => (await storage()).sessions),
    directory: lazily(async () => (await storage()).directory),
    ping: async () => (await storage()).ping(),
  };
}
