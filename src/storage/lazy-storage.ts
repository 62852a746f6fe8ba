/** A storage whose code is loaded by the first call of one of its methods: no trigger needs most of it to answer. */
import { lazily } from "../shared/lazily.ts";
import type { Storage } from "./storage-interface.ts";

export function lazyStorage(kind: Storage["kind"], load: () => Promise<Storage>): Storage {
  let loaded: Storage | null = null;
  const storage = async (): Promise<Storage> => (loaded ??= await load());
  return {
    kind,
    workflows: lazily(async () => (await storage()).workflows),
    queue: lazily(async () => (await storage()).queue),
    trails: lazily(async () => (await storage()).trails),
    inputs: lazily(async () => (await storage()).inputs),
    directory: lazily(async () => (await storage()).directory),
    keys: lazily(async () => (await storage()).keys),
    counters: lazily(async () => (await storage()).counters),
    endpoints: lazily(async () => (await storage()).endpoints),
    purchases: lazily(async () => (await storage()).purchases),
    retention: lazily(async () => (await storage()).retention),
    requests: lazily(async () => (await storage()).requests),
    sales: lazily(async () => (await storage()).sales),
    sessions: lazily(async () => (await storage()).sessions),
    world: lazily(async () => (await storage()).world),
    ping: async () => (await storage()).ping(),
  };
}
