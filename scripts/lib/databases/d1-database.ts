/**
 * D1 as Wrangler reaches it: the local one in its folder, or the deployed one. Each call is a Wrangler of its own, some
 * 1.5 s.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartupProblem } from "../command/startup-problem.ts";
import { stateFolder } from "../server/local-settings.ts";
import { wranglerJson } from "../server/wrangler-json.ts";
import { ROOT } from "../server/wrangler-process.ts";

/** A server that runs on the same local file holds it for a moment at a time. */
const TRIES = 5;
const PAUSE_MS = 500;

export type D1Place = "local" | "remote";

export interface D1 {
  /** Rows of each statement. */
  query(statements: readonly string[]): Promise<readonly (readonly object[])[]>;
  /** Runs statements, all of them or none. */
  execute(statements: readonly string[]): Promise<void>;
}

/** The local one is that of `npm start`, or of PERSIST_TO. */
export function d1At(place: D1Place): D1 {
  const persistTo = stateFolder();
  // Wrangler would make an empty one, and find no table in it.
  if (place === "local" && !existsSync(resolve(ROOT, persistTo)))
    throw new StartupProblem(
      `No server has kept its state in ${persistTo}: start one with npm start, name its folder in PERSIST_TO, or ask ` +
        "for the deployed database (remote).",
    );
  const target = place === "remote" ? ["--remote"] : ["--local", "--persist-to", persistTo];
  const execute = (...what: readonly string[]) =>
    unlessLocked(() => wranglerJson(["d1", "execute", "DB", ...target, "--json", "--yes", ...what]));
  return {
    query: (statements) => execute("--command", statements.join(";\n")),
    async execute(statements) {
      const folder = mkdtempSync(join(tmpdir(), "stockwarden-sql-"));
      try {
        // A batch does not fit a command line, which other users could also read.
        const file = join(folder, "batch.sql");
        writeFileSync(file, `${statements.join(";\n")};\n`, { mode: 0o600 });
        await execute("--file", file);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** A statement that found the file locked has done nothing, so it may be repeated. */
async function unlessLocked<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === TRIES || !/SQLITE_BUSY|database is locked/.test(String(error))) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
