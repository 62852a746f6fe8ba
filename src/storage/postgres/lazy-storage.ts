/**
 * The storage on PostgreSQL, loaded by the first call of one of its methods: most environments have D1, and a build for
 * one of those leaves it out (scripts/lib/build/left-out.ts).
 */
import { lazily } from "../../shared/lazily.ts";
import type { Door } from "./client.ts";
import type { Storage } from "../storage-interface.ts";

/** Defined, as true, in a build that leaves PostgreSQL out. */
declare const WITHOUT_POSTGRES: true | undefined;

const load =
  typeof WITHOUT_POSTGRES === "undefined"
    ? async () => import("./storage.ts")
    : () => {
        throw new Error("HYPERDRIVE is bound, but PostgreSQL was left out of this build: deploy by `npm run deploy`");
      };

export function lazyPostgresStorage(hyperdrive: Door): Storage {
  let loaded: Storage | null = null;
  const storage = async (): Promise<Storage> => (loaded ??= (await load()).postgresStorage(hyperdrive));
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
