/** LangGraph.js with its SQLite checkpointer behind Hono on Node, under test. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../scripts/lib/server/ports.ts";
import { end, startNode } from "../serving/peer-process.ts";
import type { SystemUnderTest } from "../serving/serving.ts";
import { versionOf } from "../serving/versions.ts";

export function langgraph(): SystemUnderTest {
  return {
    name: "langgraph_sqlite",
    title: "LangGraph.js, SQLite checkpointer, Hono on Node",
    versions: {
      "@langchain/langgraph": versionOf("@langchain/langgraph"),
      "@langchain/langgraph-checkpoint-sqlite": versionOf("@langchain/langgraph-checkpoint-sqlite"),
      "better-sqlite3": versionOf("better-sqlite3"),
      node: process.versions.node,
    },
    durability:
      "one SQLite file in WAL mode, as the checkpointer sets it up; not synced at each commit, so a power cut " +
      "may take what a SIGKILL does not",
    without: "keys, item state between workflows (open orders), one owner per item, review queue, projections, timers",
    async start(folder) {
      mkdirSync(folder, { recursive: true });
      const port = await freePort();
      const started = performance.now();
      const child = await startNode(join(import.meta.dirname, "server.ts"), [String(port), folder]);
      const startupMs = performance.now() - started;
      const url = `http://127.0.0.1:${port}`;
      return {
        url,
        path: () => "/inventory-trigger",
        headers: { "content-type": "application/json" },
        pids: [child.pid!],
        ownFiles: null,
        startupMs,
        isStored: async (answer) => (await fetch(`${url}/workflows/${answer.workflow_id}`)).ok,
        prepare: async () => {},
        stop: () => end(child, "SIGTERM"),
        kill: () => end(child, "SIGKILL"),
      };
    },
  };
}
