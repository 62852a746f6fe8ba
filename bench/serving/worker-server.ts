/** A built Worker served by `worker-process.ts` in a process of its own, from here: start, ask, end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { freePort } from "../../scripts/lib/server/ports.ts";
import { isAlive } from "./processes.ts";
import type { FromWorkerProcess, ToWorkerProcess, WorkerProcessOptions } from "./worker-process.ts";

export const ROOT = resolve(import.meta.dirname, "../..");
const POLL_MS = 5;
/** `BENCH_LOG=1` shows what the Worker logs, to find out why a run failed. */
const LOG_TO = process.env["BENCH_LOG"] === undefined ? "ignore" : "inherit";

export interface WorkerServer {
  readonly url: string;
  readonly workerd: number;
  readonly startupMs: number;
  tell(message: ToWorkerProcess): Promise<Extract<FromWorkerProcess, { type: "done" }>>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** A client may have taken a port that was free a moment ago: after minutes of load many are in use. */
const TRIES = 5;

export async function serveWorker(options: Omit<WorkerProcessOptions, "port">): Promise<WorkerServer> {
  for (let tried = 1; ; tried++) {
    try {
      return await serveOn(await freePort(), options);
    } catch (error) {
      if (tried === TRIES) throw error;
    }
  }
}

async function serveOn(port: number, options: Omit<WorkerProcessOptions, "port">): Promise<WorkerServer> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      "--no-warnings",
      join(import.meta.dirname, "worker-process.ts"),
      JSON.stringify({ ...options, port } satisfies WorkerProcessOptions),
    ],
    { stdio: ["ignore", LOG_TO, "inherit", "ipc"], cwd: ROOT },
  );
  const ended = once(child, "exit");
  const next = async (): Promise<FromWorkerProcess> => {
    const [message] = (await Promise.race([
      once(child, "message"),
      ended.then(() => Promise.reject(new Error("the Worker's process ended"))),
    ])) as [FromWorkerProcess];
    return message;
  };
  const ready = await next();
  if (ready.type !== "ready" || ready.workerd === 0) throw new Error("the Worker's process did not start workerd");
  const startupMs = performance.now() - started;
  return {
    url: `http://127.0.0.1:${port}`,
    workerd: ready.workerd,
    startupMs,
    async tell(message) {
      child.send(message);
      const answer = await next();
      if (answer.type === "done") return answer;
      throw new Error(answer.type === "failed" ? answer.message : "out of turn");
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await gone(ready.workerd);
    },
    async kill() {
      process.kill(ready.workerd, "SIGKILL");
      child.kill("SIGKILL");
      await ended;
      await gone(ready.workerd);
    },
  };
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resume) => setTimeout(resume, POLL_MS));
}
