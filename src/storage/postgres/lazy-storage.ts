/**
 * The storage on PostgreSQL. Most environments have D1, and a build for one of those leaves it out
 * (scripts/lib/build/left-out.ts).
 */
import { lazyStorage } from "../lazy-storage.ts";
import type { Storage } from "../storage-interface.ts";
import type { Door } from "./client.ts";

/** Defined, as true, in a build that leaves PostgreSQL out. */
declare const WITHOUT_POSTGRES: true | undefined;

const load =
  typeof WITHOUT_POSTGRES === "undefined"
    ? async () => import("./storage.ts")
    : () => {
        throw new Error("HYPERDRIVE is bound, but PostgreSQL was left out of this build: deploy by `npm run deploy`");
      };

export function lazyPostgresStorage(hyperdrive: Door): Storage {
  return lazyStorage("postgresql", async () => (await load()).postgresStorage(hyperdrive));
}
