/**
 * Runs at the end of `npm install` and `npm ci`: points git at the hooks of this repository, and says in one line when
 * npm was started by an older Node than the tools ask for (.npmrc silences npm's own page about it).
 * It never fails an install. Plain ESM without dependencies, for whatever Node runs it.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  useHooks();
  noteOldNode();
} catch (error) {
  console.error("prepare: " + error.message + " (the installation itself is complete)");
}

/** Only in a git checkout of this project, and only where no other folder of hooks was chosen. */
function useHooks() {
  if (process.env.CI || !existsSync(project + "/.git") || !existsSync(project + "/.githooks")) return;
  if (git("config", "--get", "core.hooksPath") === "") git("config", "--local", "core.hooksPath", ".githooks");
}

function git(...words) {
  const { stdout } = spawnSync("git", words, { cwd: project, encoding: "utf8" });
  return (stdout || "").trim();
}

/** npm puts the pinned Node first in the path of this script, so the machine's own is read from npm's user agent. */
function noteOldNode() {
  const [, machines] = /\bnode\/v(\d+\.\d+\.\d+)/.exec(process.env.npm_config_user_agent || "") || [];
  if (machines === undefined || Number(machines.split(".")[0]) >= 22 || machines === process.versions.node) return;
  console.log(
    `This machine has Node ${machines}; Stockwarden's commands run on the Node ${process.versions.node} that ` +
      "npm installed for them.",
  );
}
