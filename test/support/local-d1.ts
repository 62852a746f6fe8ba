/** A local D1 without a server: made by Wrangler, filled and looked at through its file. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { QUIET_WRANGLER, ROOT, WRANGLER } from "../../scripts/wrangler-process.ts";

export function makeLocalD1(persistTo: string): void {
  const args = ["d1", "migrations", "apply", "DB", "--local", "--persist-to", persistTo];
  execFileSync(process.execPath, ["--no-warnings", WRANGLER, ...args], { cwd: ROOT, env: { ...process.env, ...QUIET_WRANGLER }, stdio: "ignore" });
}

export function withD1<T>(persistTo: string, work: (d1: DatabaseSync) => T): T {
  const folder = join(persistTo, "v3/d1/miniflare-D1DatabaseObject");
  const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  const d1 = new DatabaseSync(join(folder, file!));
  try {
    return work(d1);
  } finally {
    d1.close();
  }
}
