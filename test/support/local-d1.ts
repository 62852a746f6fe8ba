/** A local D1 without a server, made by Wrangler. */
import { execFileSync } from "node:child_process";
import { QUIET_WRANGLER, ROOT, WRANGLER } from "../../scripts/lib/server/wrangler-process.ts";

export function makeLocalD1(persistTo: string): void {
  const args = ["d1", "migrations", "apply", "DB", "--local", "--persist-to", persistTo];
  execFileSync(process.execPath, ["--no-warnings", WRANGLER, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...QUIET_WRANGLER },
    stdio: "ignore",
  });
}
