/**
 * Serves a built Worker as a process of its own: Miniflare compiles the configuration from `wrangler.toml` and starts
 * workerd, whose socket leads straight to the Worker (no proxy in between). State is on disk. It gets its task from its
 * one argument, and by messages over IPC; ends when its parent does.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { childrenOf } from "./processes.ts";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions, unstable_splitSqlQuery } from "wrangler";
import { loadDemand } from "../stockwarden/load-demand.ts";

export interface WorkerProcessOptions {
  readonly config: string;
  readonly bundle: string;
  readonly port: number;
  readonly persistTo: string;
  readonly settings: Readonly<Record<string, string>>;
  /** SQL files for the D1 binding `DB`, in order; none = the Worker has no database. */
  readonly migrations: readonly string[];
  readonly inspectorPort: number | null;
  /** See StartOptions. */
  readonly withoutSimulators?: true;
}

export type ToWorkerProcess =
  | { readonly type: "load-demand"; readonly from: number; readonly to: number }
  | { readonly type: "sql"; readonly query: string };

export type FromWorkerProcess =
  | { readonly type: "ready"; readonly workerd: number }
  | {
      readonly type: "done";
      readonly rows: readonly Readonly<Record<string, unknown>>[];
      readonly meta: Readonly<Record<string, unknown>> | null;
    }
  | { readonly type: "failed"; readonly message: string };

const options = JSON.parse(process.argv[2] ?? "{}") as WorkerProcessOptions;
const { workerOptions } = unstable_getMiniflareWorkerOptions(options.config);
// Assets would put their router between the socket and the Worker.
const { bindings, ratelimits, kvNamespaces, d1Databases, email, assets: _, ...rest } = workerOptions;
const simulators = { ratelimits: unlimited(ratelimits), kvNamespaces, d1Databases, email };
const vars = bindings as Readonly<Record<string, unknown>> | undefined;
const server = new Miniflare(
  convertV4MiniflareOptions({
    ...rest,
    name: "worker",
    ...(options.withoutSimulators === true ? {} : simulators),
    bindings: { ...vars, ...options.settings },
    modules: [options.bundle, ...partsBeside(options.bundle)].map((path) => ({ type: "ESModule", path })),
    modulesRoot: "/",
    port: 0,
    resourcePersistencePath: options.persistTo,
    unsafeDirectSockets: [{ host: "127.0.0.1", port: options.port }],
    ...(options.inspectorPort === null ? {} : { inspectorPort: options.inspectorPort }),
  } as Parameters<typeof convertV4MiniflareOptions>[0]),
);
await server.ready;

if (options.migrations.length > 0 && options.withoutSimulators !== true) {
  const db = await server.getD1Database("DB");
  const applied = await db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'workflows'").first();
  if (applied === null) {
    for (const file of options.migrations) {
      for (const statement of unstable_splitSqlQuery(readFileSync(file, "utf8"))) await db.prepare(statement).run();
    }
  }
}

process.on("message", (message: ToWorkerProcess) => void answer(message));
process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => void server.dispose().then(() => process.exit(0)));
say({ type: "ready", workerd: childrenOf(process.pid).find((child) => child.name === "workerd")?.pid ?? 0 });

async function answer(message: ToWorkerProcess): Promise<void> {
  try {
    const db = await server.getD1Database("DB");
    if (message.type === "load-demand") {
      await loadDemand(db, message.from, message.to, Date.now());
      say({ type: "done", rows: [], meta: null });
      return;
    }
    const { results, meta } = await db.prepare(message.query).all<Record<string, unknown>>();
    say({ type: "done", rows: results, meta: meta as unknown as Record<string, unknown> });
  } catch (error) {
    say({ type: "failed", message: String(error) });
  }
}

function say(message: FromWorkerProcess): void {
  process.send?.(message);
}

/** The modules of a split build. */
function partsBeside(bundle: string): readonly string[] {
  const folder = dirname(bundle);
  return readdirSync(folder).flatMap((name) => (name.endsWith(".part.js") ? [join(folder, name)] : []));
}

/** The limiters are still called, but always allow: a load test exceeds every limit. */
function unlimited(limits: typeof ratelimits): typeof ratelimits {
  return Object.fromEntries(
    Object.entries(limits ?? {}).map(([name, limit]) => [
      name,
      { ...limit, simple: { ...limit.simple, limit: Number.MAX_SAFE_INTEGER } },
    ]),
  );
}
