/** The floor under test. */
import { join } from "node:path";
import { buildWorker } from "../serving/build-worker.ts";
import type { SystemUnderTest } from "../serving/serving.ts";
import { OBJECT_FILES } from "../stockwarden/system.ts";
import { versionOf } from "../serving/versions.ts";
import { ROOT, serveWorker } from "../serving/worker-server.ts";

const CONFIG = join(ROOT, "bench/floor/wrangler.toml");

export function floor(builds: string): SystemUnderTest {
  const bundle = buildWorker(CONFIG, join(builds, "floor"), join(ROOT, "bench/floor/worker.ts"));
  return {
    name: "floor",
    title: "Floor: bare Hono Worker, one row in an object",
    versions: { workerd: versionOf("workerd"), hono: versionOf("hono") },
    durability: "SQLite of the object, one commit a request, fsync before the answer leaves (output gate)",
    without: "decides nothing, checks nothing: no key, no validation, no workflow",
    async start(folder, options) {
      const server = await serveWorker({
        config: CONFIG,
        bundle,
        persistTo: folder,
        settings: {},
        migrations: [],
        inspectorPort: options?.inspectorPort ?? null,
      });
      return {
        url: server.url,
        path: () => "/inventory-trigger",
        headers: { "content-type": "application/json" },
        pids: [server.workerd],
        ownFiles: OBJECT_FILES,
        startupMs: server.startupMs,
        async isStored(answer) {
          const response = await fetch(`${server.url}/rows/${answer.product_id}`);
          return ((await response.json()) as { rows: number }).rows >= Number(answer.workflow_id);
        },
        prepare: async () => {},
        stop: () => server.stop(),
        kill: () => server.kill(),
      };
    },
  };
}
