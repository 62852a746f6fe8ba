/** Which process serves a folder of state: two servers on one would each believe that they alone own its items. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartupProblem } from "../command/startup-problem.ts";

/** In the state folder. */
const OWNER_FILE = "server.json";

interface Owner {
  readonly pid: number;
  readonly url: string;
}

export function claimState(persistTo: string, owner: Owner): void {
  writeFileSync(join(persistTo, OWNER_FILE), JSON.stringify(owner));
}

export function refuseStateInUse(persistTo: string): void {
  const path = join(persistTo, OWNER_FILE);
  if (!existsSync(path)) return;
  const owner = JSON.parse(readFileSync(path, "utf8")) as Owner;
  if (!isWrangler(owner.pid)) return;
  throw new StartupProblem(
    `The state in ${persistTo} is in use by the Stockwarden at ${owner.url} (process ${owner.pid}). ` +
      "Stop that one, or give this one a folder of its own: PERSIST_TO=.stockwarden/second/state npm start.",
  );
}

function isWrangler(pid: number): boolean {
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "args="], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).includes("wrangler");
  } catch {
    return false;
  }
}
