/** Stockwarden under test: its request path alone, or the whole Worker with delivery and simulators. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { builtWorker, writeWorker } from "../../scripts/lib/build/built-worker.ts";
import { buildWorker } from "../serving/build-worker.ts";
import { BENCH_SETTINGS, KEY } from "../serving/bench-settings.ts";
import type { Serving, StartOptions, SystemUnderTest } from "../serving/serving.ts";
import { versionOf } from "../serving/versions.ts";
import { ROOT, serveWorker, type WorkerServer } from "../serving/worker-server.ts";

/** Files of the item objects; the simulators' own stores lie elsewhere. */
export const OBJECT_FILES = /\/do\//;
const CONFIG = join(ROOT, "wrangler.toml");

export interface StockwardenServing extends Serving {
  readonly server: WorkerServer;
}

export interface StockwardenSystem extends SystemUnderTest {
  start(folder: string, options?: StartOptions): Promise<StockwardenServing>;
}

const ENTRIES = {
  whole: "src/index.ts",
  "request-path": "bench/stockwarden/request-path.worker.ts",
  confirmed: "bench/stockwarden/confirmed.worker.ts",
  delivery: "bench/stockwarden/delivery.worker.ts",
  metered: "bench/cost/metered.worker.ts",
} as const;
const NAMES: Readonly<Record<keyof typeof ENTRIES, { readonly name: string; readonly title: string }>> = {
  "request-path": { name: "stockwarden", title: "Stockwarden, request path" },
  confirmed: { name: "stockwarden_confirmed", title: "Stockwarden, projections taken at once" },
  delivery: { name: "stockwarden_delivery", title: "Stockwarden, with delivery" },
  whole: { name: "stockwarden_whole", title: "Stockwarden, whole: with simulators of D1, KV and limits" },
  metered: { name: "stockwarden_metered", title: "Stockwarden, metered" },
};

export function stockwarden(
  part: keyof typeof ENTRIES,
  builds: string,
  build?: Parameters<typeof buildWorker>[3],
): StockwardenSystem {
  const bundle = built(part, join(builds, part), build);
  return {
    ...NAMES[part],
    versions: { workerd: versionOf("workerd"), wrangler: versionOf("wrangler"), hono: versionOf("hono") },
    durability: "SQLite of the item's object, one commit a decision, fsync before the answer leaves (output gate)",
    without: "",
    async start(folder, options) {
      const server = await serveWorker({
        config: CONFIG,
        bundle: await bundle,
        persistTo: folder,
        settings: { ...BENCH_SETTINGS, ...options?.settings },
        migrations: readdirSync(join(ROOT, "migrations"))
          .filter((file) => file.endsWith(".sql"))
          .toSorted()
          .map((file) => join(ROOT, "migrations", file)),
        inspectorPort: options?.inspectorPort ?? null,
        ...(options?.withoutSimulators === undefined ? {} : { withoutSimulators: options.withoutSimulators }),
      });
      const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
      return {
        server,
        url: server.url,
        path: () => "/inventory-trigger",
        headers,
        pids: [server.workerd],
        ownFiles: OBJECT_FILES,
        startupMs: server.startupMs,
        isStored: async (answer) => (await fetch(`${server.url}/workflows/${answer.workflow_id}`, { headers })).ok,
        prepare: async (from, to) => void (await server.tell({ type: "load-demand", from, to })),
        stop: () => server.stop(),
        kill: () => server.kill(),
      };
    },
  };
}

/** The build that `npm run deploy` uploads; with names kept, Wrangler's own. */
async function built(
  part: keyof typeof ENTRIES,
  folder: string,
  build: Parameters<typeof buildWorker>[3],
): Promise<string> {
  return build?.names === "kept"
    ? buildWorker(CONFIG, folder, join(ROOT, ENTRIES[part]), build)
    : writeWorker(await builtWorker(ENTRIES[part]), folder);
}
