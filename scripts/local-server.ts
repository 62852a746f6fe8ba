/**
 * A Stockwarden server on this machine: Wrangler and workerd as child processes, state in a folder of its own.
 *
 * L1. When `startLocalServer` returns, migrations are applied and /healthz has answered 200; when it throws, nothing is left running.
 * L2. No network and no questions: metrics, update check, `Request.cf` and the local explorer are off, CI=true.
 * L3. `stop()` ends it the way Ctrl-C does; `kill()` is SIGKILL to Wrangler and every workerd at once, a crash.
 * L4. A server never outlives the process that started it.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { migrationsArePending } from "./local-database.ts";
import { localSettings, refuseHalfSet, writeEnvFile, type SettingTexts } from "./local-settings.ts";
import { StartupProblem } from "./startup-problem.ts";

export interface LocalServerOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Folder of the state; made when absent. */
  readonly persistTo: string;
  /** Settings beside or instead of the local ones. */
  readonly env?: SettingTexts;
  /** True (default): output goes to `server.log` in the state folder. False: to this terminal. */
  readonly quiet?: boolean;
  /** For tests of a misconfigured server: start it all the same and only wait until it answers anything. */
  readonly allowMisconfigured?: boolean;
}

export interface LocalServer {
  readonly url: string;
  readonly port: number;
  /** The root key. */
  readonly key: string;
  /** Wrangler's process, which leads the process group of everything that was started. */
  readonly pid: number;
  /** What the server wrote since this start; empty unless quiet. */
  output(): string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, "..");
const WRANGLER = join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../wrangler-dist/cli.js");
const STOP_WITH_PARENT = pathToFileURL(join(import.meta.dirname, "stop-with-parent.mjs")).href;
const QUIET_WRANGLER = {
  CI: "true",
  FORCE_COLOR: "0",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  X_LOCAL_EXPLORER: "false",
  X_LOCAL_OBSERVABILITY: "false",
};
/** A cold disk and a busy machine take half a minute; past this something is wrong. */
const READY_WITHIN_MS = 120_000;
/** The first answer compiles the Worker. */
const HEALTH_WITHIN_MS = 12_000;
/** Whoever holds our port already is asked only to word the message better. */
const STRANGER_WITHIN_MS = 1_000;
/** Between two looks at /healthz: short beside the two seconds that Wrangler needs. */
const POLL_MS = 50;
/** Wrangler stops within a second; a hung one is killed after this. */
const STOP_WITHIN_MS = 5_000;
const FAULT_TAIL_CHARACTERS = 2_000;

export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const port = options.port ?? (await freePort());
  await refuseTakenPort(port);
  const persistTo = resolve(options.persistTo);
  mkdirSync(persistTo, { recursive: true });
  const settings = { ...localSettings(persistTo, port), ...options.env };
  if (options.allowMisconfigured !== true) refuseHalfSet(settings);
  const envFile = join(persistTo, "server.env");
  writeEnvFile(envFile, settings, "What the running server was started with; written anew at each start.");
  const log = join(persistTo, "server.log");
  if (migrationsArePending(persistTo, join(ROOT, "migrations"))) await migrate(persistTo, log);
  return launch({ port, persistTo, envFile, log, key: settings.API_KEY ?? "" }, options);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port from the system");
  return address.port;
}

interface Launch {
  readonly port: number;
  readonly persistTo: string;
  readonly envFile: string;
  readonly log: string;
  readonly key: string;
}

async function launch(at: Launch, { quiet = true, allowMisconfigured = false }: LocalServerOptions): Promise<LocalServer> {
  const { port, persistTo, envFile, log } = at;
  const written = linesSince(log);
  const output = (): string => (quiet ? written() : "");
  const args = ["dev", "--port", String(port), "--inspector-port", "0", "--persist-to", persistTo, "--env-file", envFile];
  const child = wrangler(args, quiet ? log : null, ["--import", STOP_WITH_PARENT]);
  const ended = endOf(child);
  const url = `http://localhost:${port}`;
  const server: LocalServer = {
    url,
    port,
    key: at.key,
    pid: child.pid ?? 0,
    output,
    ended,
    stop: () => stop(child, ended, port),
    kill: () => kill(child, ended, port),
  };
  try {
    await untilReady(server, child, allowMisconfigured);
    return server;
  } catch (error) {
    await server.kill();
    throw error;
  }
}

/** Wrangler in a process group of its own, so that a crash test reaches workerd too. */
function wrangler(args: readonly string[], log: string | null, nodeFlags: readonly string[] = []): ChildProcess {
  const sink = log === null ? "inherit" : openSync(log, "a", 0o600);
  const child = spawn(process.execPath, ["--no-warnings", ...nodeFlags, WRANGLER, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...QUIET_WRANGLER, ...(log === null ? {} : { WRANGLER_LOG_PATH: join(dirname(log), "logs") }) },
    stdio: nodeFlags.length > 0 ? ["ignore", sink, sink, "ipc"] : ["ignore", sink, sink],
    detached: process.platform !== "win32",
  });
  if (typeof sink === "number") closeSync(sink);
  // Neither the channel nor the child keeps a starter alive that has nothing else to do.
  child.channel?.unref();
  const killWithUs = (): void => signalGroup(child, "SIGKILL");
  process.once("exit", killWithUs);
  child.once("exit", () => process.off("exit", killWithUs));
  return child;
}

async function migrate(persistTo: string, log: string): Promise<void> {
  const written = linesSince(log);
  const child = wrangler(["d1", "migrations", "apply", "DB", "--local", "--persist-to", persistTo], log);
  await endOf(child);
  if (child.exitCode !== 0) {
    const said = written().slice(-FAULT_TAIL_CHARACTERS);
    throw new StartupProblem(`The database could not be prepared in ${persistTo}. Wrangler said:\n${said}`);
  }
}

/** What is written to the log from now on, without colours. */
function linesSince(log: string): () => string {
  const start = existsSync(log) ? statSync(log).size : 0;
  return () => (existsSync(log) ? stripVTControlCharacters(readFileSync(log).subarray(start).toString()) : "");
}

async function untilReady(server: LocalServer, child: ChildProcess, allowMisconfigured: boolean): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const said = server.output();
    if (child.exitCode !== null || child.signalCode !== null || /Build failed with/u.test(said)) {
      throw new StartupProblem(`The server did not start. Wrangler said:\n${said.slice(-FAULT_TAIL_CHARACTERS)}`);
    }
    const health = await healthOf(server.url, HEALTH_WITHIN_MS);
    if (health?.ok === true || (health !== null && allowMisconfigured)) return;
    if (health?.status === 503) throw new StartupProblem(`The server refuses to work: ${await health.text()}`);
    await sleep(POLL_MS);
  }
  throw new StartupProblem(`The server did not answer within ${READY_WITHIN_MS / 1000} s.\n${server.output().slice(-FAULT_TAIL_CHARACTERS)}`);
}

async function healthOf(url: string, withinMs: number): Promise<Response | null> {
  try {
    return await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(withinMs) });
  } catch {
    return null;
  }
}

async function stop(child: ChildProcess, ended: Promise<void>, port: number): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  const patience = new AbortController();
  await Promise.race([ended, sleep(STOP_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined)]);
  patience.abort();
  await kill(child, ended, port);
}

async function kill(child: ChildProcess, ended: Promise<void>, port: number): Promise<void> {
  signalGroup(child, "SIGKILL");
  await ended;
  // workerd is not our child: it is gone when nobody holds its port.
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (Date.now() < deadline && (await isTaken(port))) await sleep(POLL_MS);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is already gone, which is what was asked for.
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

export async function refuseTakenPort(port: number): Promise<void> {
  if (!(await isTaken(port))) return;
  const running = (await healthOf(`http://localhost:${port}`, STRANGER_WITHIN_MS))?.ok === true;
  throw new StartupProblem(
    `Port ${port} is taken${running ? ", perhaps by a Stockwarden that already runs" : " by another program"}. ` +
      `Stop that one, or choose another port: PORT=${port + 1} npm start.`,
  );
}

async function isTaken(port: number): Promise<boolean> {
  const attempts = ["127.0.0.1", "::1"].map(
    (host) =>
      new Promise<boolean>((answer) => {
        const socket = connect({ port, host });
        const reply = (taken: boolean): void => {
          socket.destroy();
          answer(taken);
        };
        socket.once("connect", () => reply(true));
        socket.once("error", () => reply(false));
      }),
  );
  return (await Promise.all(attempts)).includes(true);
}
