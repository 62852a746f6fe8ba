/**
 * A Stockwarden server on this machine: Wrangler and workerd as child processes, state in a folder of its own.
 *
 * - When `startLocalServer` returns, migrations are applied and /healthz has answered 200; when it throws, nothing is
 *   left running.
 * - One server per folder and per port: a second one is refused with a message that says what to do.
 * - `stop()` ends it the way Ctrl-C does; `kill()` is SIGKILL to Wrangler and every workerd at once, a crash.
 * - A server never outlives the process that started it.
 */
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { leftOutFlags } from "../build/left-out.ts";
import { migrationsArePending } from "./local-database.ts";
import { localSettings, refuseUnfit, writeEnvFile, type SettingTexts } from "./local-settings.ts";
import { freePort, isTaken } from "./ports.ts";
import { StartupProblem } from "../command/startup-problem.ts";
import { claimState, refuseStateInUse } from "./state-owner.ts";
import { endOf, linesSince, ROOT, signalGroup, STOP_WITH_PARENT, wrangler } from "./wrangler-process.ts";

export interface LocalServerOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Folder of the state; made when absent. */
  readonly persistTo: string;
  /** Settings beside or instead of the local ones. */
  readonly env?: SettingTexts;
  /** True (default): output goes to `server.log` in the state folder. False: to this terminal. */
  readonly quiet?: boolean;
  /** What `writeUpload` wrote and returned, instead of the sources. */
  readonly built?: readonly string[];
  /** A configuration instead of `wrangler.toml`; paths in it are relative to its own folder. */
  readonly config?: string;
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

/** A cold disk and a busy machine may take a minute; past this something is wrong. */
const READY_WITHIN_MS = 180_000;
/** The first answer compiles the Worker. */
const HEALTH_WITHIN_MS = 12_000;
/** Asks the server that already holds our port, only for a better message. */
const STRANGER_WITHIN_MS = 5_000;
/** Between two calls of /healthz: short beside the two seconds that Wrangler needs. */
const POLL_MS = 50;
/** Wrangler stops within a second; a hung one is killed after this. */
const STOP_WITHIN_MS = 5_000;
const FAULT_TAIL_CHARACTERS = 2_000;

export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const port = options.port ?? (await freePort());
  await refuseTakenPort(port);
  const persistTo = resolve(options.persistTo);
  refuseStateInUse(persistTo);
  mkdirSync(persistTo, { recursive: true });
  const settings = { ...localSettings(persistTo, port), ...options.env };
  if (options.allowMisconfigured !== true) refuseUnfit(settings);
  const envFile = join(persistTo, "server.env");
  writeEnvFile(envFile, settings, "What the running server was started with; written anew at each start.");
  const log = join(persistTo, "server.log");
  const at = { port, persistTo, envFile, log, key: settings.API_KEY ?? "" };
  // In a new folder nothing can ask the database before the first request, so both may start at once.
  const isNew = !existsSync(join(persistTo, "v3"));
  const pending = migrationsArePending(persistTo, join(ROOT, "migrations"));
  if (pending && !isNew) await migrate(persistTo);
  return pending && isNew ? launchWhile(migrate(persistTo), at, options) : launch(at, options);
}

interface Launch {
  readonly port: number;
  readonly persistTo: string;
  readonly envFile: string;
  readonly log: string;
  readonly key: string;
}

async function launch(
  at: Launch,
  { quiet = true, allowMisconfigured = false, built, config }: LocalServerOptions,
): Promise<LocalServer> {
  const { port, persistTo, envFile, log } = at;
  const written = linesSince(log);
  const output = (): string => (quiet ? written() : "");
  const args = [
    "dev",
    ...(built ?? leftOutFlags(config)),
    "--port",
    String(port),
    "--inspector-port",
    "0",
    "--persist-to",
    persistTo,
    "--env-file",
    envFile,
    ...(config === undefined && built === undefined ? [] : ["--config", config ?? join(ROOT, "wrangler.toml")]),
  ];
  const child = wrangler(args, quiet ? log : null, ["--import", STOP_WITH_PARENT]);
  const ended = endOf(child);
  const url = `http://localhost:${port}`;
  claimState(persistTo, { pid: child.pid ?? 0, url });
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

async function launchWhile(migrated: Promise<void>, at: Launch, options: LocalServerOptions): Promise<LocalServer> {
  const [migration, launched] = await Promise.allSettled([migrated, launch(at, options)]);
  if (launched.status === "rejected") throw launched.reason;
  if (migration.status === "fulfilled") return launched.value;
  await launched.value.kill();
  throw migration.reason;
}

async function migrate(persistTo: string): Promise<void> {
  const log = join(persistTo, "migrations.log");
  const written = linesSince(log);
  const child = wrangler(["d1", "migrations", "apply", "DB", "--local", "--persist-to", persistTo], log);
  await endOf(child);
  if (child.exitCode !== 0) {
    const said = written().slice(-FAULT_TAIL_CHARACTERS);
    throw new StartupProblem(`The database could not be prepared in ${persistTo}. Wrangler said:\n${said}`);
  }
}

async function untilReady(server: LocalServer, child: ChildProcess, allowMisconfigured: boolean): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const said = server.output();
    if (child.exitCode !== null || child.signalCode !== null || /Build failed with/u.test(said)) {
      throw new StartupProblem(`The server did not start. Wrangler said:\n${said.slice(-FAULT_TAIL_CHARACTERS)}`);
    }
    const health = await healthOf(server.url, HEALTH_WITHIN_MS);
    if (health?.status === 200 || (health !== null && allowMisconfigured)) return;
    if (health?.status === 503) throw new StartupProblem(`The server refuses to work: ${health.text}`);
    await sleep(POLL_MS);
  }
  throw new StartupProblem(
    `The server did not answer within ${READY_WITHIN_MS / 1000} s.\n${server.output().slice(-FAULT_TAIL_CHARACTERS)}`,
  );
}

/** Null when nobody answers. The body is read to its end: an unread one fails later, when the server stops. */
async function healthOf(
  url: string,
  withinMs: number,
): Promise<{ readonly status: number; readonly text: string } | null> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(withinMs) });
    return { status: response.status, text: await response.text() };
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
  // workerd is not our child process: it has ended when nobody holds its port.
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (Date.now() < deadline && (await isTaken(port))) await sleep(POLL_MS);
}

async function refuseTakenPort(port: number): Promise<void> {
  if (!(await isTaken(port))) return;
  const running = (await healthOf(`http://localhost:${port}`, STRANGER_WITHIN_MS))?.status === 200;
  throw new StartupProblem(
    `Port ${port} is taken${running ? ", perhaps by a Stockwarden that already runs" : " by another program"}. ` +
      `Stop that one, or choose another port${running ? " and folder" : ""}: ` +
      `PORT=${port + 1}${running ? " PERSIST_TO=.stockwarden/second/state" : ""} npm start.`,
  );
}
