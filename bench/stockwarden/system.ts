/** Stockwarden under test: its request path alone, or the whole Worker with delivery and simulators. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildWorker } from "../build-worker.ts";
import { BENCH_SETTINGS, KEY } from "../bench-settings.ts";
import type { Serving, SystemUnderTest } from "../serving.ts";
import { versionOf } from "../versions.ts";
import { ROOT, serveWorker, type WorkerServer } from "../worker-server.ts";

/** Files of the item objects; the simulators' own stores lie elsewhere. */
export const OBJECT_FILES = /\/do\//;
const CONFIG = join(ROOT, "wrangler.toml");

export interface StockwardenServing extends Serving {
  readonly server: WorkerServer;
}

export interface StockwardenSystem extends SystemUnderTest {
  start(folder: string, inspectorPort?: number): Promise<StockwardenServing>;
}

export function stockwarden(part: "request-path" | "whole", builds: string): StockwardenSystem {
  const whole = part === "whole";
  const entry = whole ? join(ROOT, "src/index.ts") : join(ROOT, "bench/stockwarden/request-path.worker.ts");
  const bundle = buildWorker(CONFIG, join(builds, part), entry);
  return {
    name: whole ? "stockwarden_whole" : "stockwarden",
    title: whole ? "Stockwarden, whole: with delivery and simulators" : "Stockwarden, request path",
    versions: { workerd: versionOf("workerd"), wrangler: versionOf("wrangler"), hono: versionOf("hono") },
    durability: "SQLite of the item's object, one commit a decision, fsync before the answer leaves (output gate)",
    without: "",
    async start(folder, inspectorPort) {
      const server = await serveWorker({
        config: CONFIG,
        bundle,
        persistTo: folder,
        settings: BENCH_SETTINGS,
        migrations: readdirSync(join(ROOT, "migrations")).filter((file) => file.endsWith(".sql")).toSorted().map((file) => join(ROOT, "migrations", file)),
        inspectorPort: inspectorPort ?? null,
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
