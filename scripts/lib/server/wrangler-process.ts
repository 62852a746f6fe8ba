/**
 * Wrangler as a child process without prompts or calls to the network: metrics, update check, `Request.cf`, the local
 * explorer and traces are off, CI=true.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";

export const ROOT = resolve(import.meta.dirname, "../../..");
/** Preload for servers, see the file. */
export const STOP_WITH_PARENT = pathToFileURL(join(import.meta.dirname, "stop-with-parent.mjs")).href;

export const WRANGLER = join(
  createRequire(import.meta.url).resolve("wrangler/package.json"),
  "../wrangler-dist/cli.js",
);
export const QUIET_WRANGLER = {
  CI: "true",
  FORCE_COLOR: "0",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  X_LOCAL_EXPLORER: "false",
  X_LOCAL_OBSERVABILITY: "false",
};

/** Wrangler in a process group of its own, so that a crash test reaches workerd too. */
export function wrangler(args: readonly string[], log: string | null, nodeFlags: readonly string[] = []): ChildProcess {
  const sink = log === null ? "inherit" : openSync(log, "a", 0o600);
  const child = spawn(process.execPath, ["--no-warnings", ...nodeFlags, WRANGLER, ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...QUIET_WRANGLER,
      ...(log === null ? {} : { WRANGLER_LOG_PATH: join(dirname(log), "logs") }),
    },
    stdio: nodeFlags.length > 0 ? ["ignore", sink, sink, "ipc"] : ["ignore", sink, sink],
    detached: process.platform !== "win32",
  });
  if (typeof sink === "number") closeSync(sink);
  // Neither the channel nor the child keeps the parent process alive.
  child.channel?.unref();
  const killWithUs = (): void => signalGroup(child, "SIGKILL");
  process.once("exit", killWithUs);
  child.once("exit", () => process.off("exit", killWithUs));
  return child;
}

/** What is written to the log from now on, without colours. */
export function linesSince(log: string): () => string {
  const start = existsSync(log) ? statSync(log).size : 0;
  return () => (existsSync(log) ? stripVTControlCharacters(readFileSync(log).subarray(start).toString()) : "");
}

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    else process.kill(-child.pid, signal);
  } catch {
    // The group has already ended, which was the goal.
  }
}

export async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
