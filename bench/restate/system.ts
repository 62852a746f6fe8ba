/** Restate under test: its server from the registry, and a Node service with the six steps. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { freePort } from "../../scripts/lib/server/ports.ts";
import { end, startNode } from "../serving/peer-process.ts";
import type { SystemUnderTest } from "../serving/serving.ts";
import { versionOf } from "../serving/versions.ts";

const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;

/**
 * `best`: two partitions instead of 24, one for each core of a small machine; the fastest of the counts that were
 * tried.
 */
export function restate(setting: "default" | "best"): SystemUnderTest {
  const best = setting === "best";
  return {
    name: best ? "restate_best" : "restate",
    title: best ? "Restate, two partitions" : "Restate, as shipped",
    versions: {
      "@restatedev/restate-server": versionOf("@restatedev/restate-server"),
      "@restatedev/restate-sdk": versionOf("@restatedev/restate-sdk"),
      node: process.versions.node,
    },
    durability:
      "replicated log of one node in RocksDB, its write-ahead log synced before a step is acknowledged (default)",
    without: "keys, open orders, review queue, projections; each of the six steps is journaled by ctx.run",
    async start(folder) {
      mkdirSync(folder, { recursive: true });
      const [ingress, admin, node, service] = [await freePort(), await freePort(), await freePort(), await freePort()];
      const started = performance.now();
      const server = spawn(serverBinary(), ["--no-logo", "--node-name", "bench", "--listen-mode", "tcp"], {
        cwd: folder,
        stdio: "ignore",
        env: {
          ...process.env,
          RESTATE_BASE_DIR: join(folder, "restate"),
          RESTATE_BIND_PORT: String(node),
          RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${node}`,
          RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
          RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
          RESTATE_DISABLE_TELEMETRY: "true",
          RESTATE_LOG_FILTER: "error",
          ...(best ? { RESTATE_DEFAULT_NUM_PARTITIONS: "2" } : {}),
        },
      });
      const worker = await startNode(join(import.meta.dirname, "service.ts"), [String(service)]);
      await untilOk(() => fetch(`http://127.0.0.1:${admin}/health`));
      await untilOk(() =>
        fetch(`http://127.0.0.1:${admin}/deployments`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ uri: `http://127.0.0.1:${service}`, force: true }),
        }),
      );
      const url = `http://127.0.0.1:${ingress}`;
      await untilOk(() => fetch(`${url}/item/warm-up/last`));
      const startupMs = performance.now() - started;
      return {
        url,
        path: (trigger) => `/item/${trigger.product_id}/trigger`,
        headers: { "content-type": "application/json" },
        pids: [server.pid!, worker.pid!],
        ownFiles: null,
        startupMs,
        async isStored(answer) {
          const response = await fetch(`${url}/item/${answer.product_id}/last`);
          const last = (await response.json()) as { workflow_id: string } | null;
          return last !== null && ordinal(last.workflow_id) >= ordinal(answer.workflow_id);
        },
        prepare: async () => {},
        stop: async () => void (await Promise.all([end(worker, "SIGTERM"), end(server, "SIGTERM")])),
        kill: async () => void (await Promise.all([end(worker, "SIGKILL"), end(server, "SIGKILL")])),
      };
    },
  };
}

/** The binary itself: its npm wrapper would be one more process. */
function serverBinary(): string {
  const wrapper = createRequire(import.meta.url).resolve("@restatedev/restate-server/package.json");
  const path = join(dirname(wrapper), "..", `restate-server-${process.platform}-${process.arch}`, "bin/restate-server");
  if (!existsSync(path)) throw new Error(`Restate has no server for ${process.platform}-${process.arch}`);
  return path;
}

function ordinal(workflowId: string): number {
  return Number(workflowId.slice(workflowId.lastIndexOf("-") + 1));
}

async function untilOk(ask: () => Promise<Response>): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer?.ok === true) return void (await answer.text());
    if (Date.now() > deadline)
      throw new Error(
        `not ready within ${READY_WITHIN_MS / 1_000} s: ${answer?.status ?? "no answer"} ` +
          `${(await answer?.text()) ?? ""}`,
      );
    await new Promise((resume) => setTimeout(resume, POLL_MS));
  }
}
