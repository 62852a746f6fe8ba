/** What `npm start` and `npm run dev` share: settings, port and state folder from the shell, and a clean end. */
import { fromInvocationFolder } from "../command/invocation.ts";
import { startLocalServer, type LocalServer } from "./local-server.ts";
import { DEFAULT_PORT, stateFolder, userSettings } from "./local-settings.ts";
import { StartupProblem } from "../command/startup-problem.ts";

export interface Launched {
  readonly server: LocalServer;
  readonly persistTo: string;
  /** Names of settings that came from the user's environment or file. */
  readonly userSet: readonly string[];
}

/** Cron does not run by itself locally, and the sweep of overdue reviews runs every five minutes in production. */
const SWEEP_EVERY_MS = 5 * 60_000;

export async function launch(envFile: string | undefined, quiet: boolean): Promise<Launched> {
  const port = portFrom(process.env.PORT);
  const persistTo = stateFolder();
  const env = userSettings(process.env, envFile === undefined ? null : fromInvocationFolder(envFile));
  const server = await startLocalServer({ port, persistTo, env, quiet });
  stopWithSignals(server);
  sweepEveryFiveMinutes(server);
  return { server, persistTo, userSet: Object.keys(env) };
}

function portFrom(text: string | undefined): number {
  if (text === undefined || text === "") return DEFAULT_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartupProblem(`PORT must be a number from 1 to 65535, not "${text}".`);
  return port;
}

function stopWithSignals(server: LocalServer): void {
  let stopping = false;
  const end = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end());
  void server.ended.then(() => {
    if (stopping) return;
    console.error(`\nThe server ended by itself.\n${server.output().slice(-2_000)}`);
    process.exit(1);
  });
}

function sweepEveryFiveMinutes(server: LocalServer): void {
  const sweep = async (): Promise<void> => {
    try {
      await (await fetch(`${server.url}/cdn-cgi/handler/scheduled`)).text();
    } catch {
      // A reload is in progress: the next sweep does this one's work.
    }
  };
  setInterval(() => void sweep(), SWEEP_EVERY_MS).unref();
}
