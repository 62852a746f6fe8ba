/** A Node process that says `ready` over IPC when it serves, and ends with its parent. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

export async function startNode(script: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--no-warnings", script, ...args], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", RESTATE_LOGGING: "ERROR" },
  });
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error(`${script} ended before it served`))),
  ]);
  return child;
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}
