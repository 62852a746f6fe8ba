/**
 * Checks the installation before any modern code is loaded: plain ESM that any old Node runs, no dependencies.
 * npm runs the scripts on the Node of the dev dependency `node`; an install whose scripts were blocked has none,
 * and then the machine's own Node is what runs this file.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The first release that runs TypeScript files directly; Wrangler itself needs 22.12. */
const NEEDED = [22, 18];

const modules = fileURLToPath(new URL("../node_modules", import.meta.url));

const problem = whatIsMissing();
if (problem !== null) {
  console.error("\n" + problem + "\n");
  process.exit(1);
}

function whatIsMissing() {
  if (!existsSync(modules)) return "Nothing is installed yet. Run `npm install` first.";
  if (!isNewEnough(process.versions.node)) return nodeProblem();
  const lost = platformPackages().filter((name) => !existsSync(join(modules, name)));
  if (lost.length > 0) {
    return (
      "The installation has no " +
      lost.join(" and no ") +
      ", the program for this machine (" +
      process.platform +
      " " +
      process.arch +
      ").\n" +
      "npm left it out, as it does with --omit=optional or when node_modules was copied from another kind of " +
      "machine.\n" +
      "Put it right with:\n\n  rm -rf node_modules && npm install --include=optional"
    );
  }
  return null;
}

function nodeProblem() {
  const pinned = existsSync(join(modules, "node", "bin"));
  const cause = pinned
    ? "The pinned Node is installed, but this was not run through npm. Run it with `npm start` or `npm run …`."
    : "The pinned Node of the dev dependency `node` is missing, because the install's scripts were blocked.\n" +
      "Allow them and try again:\n\n" +
      "  npm install-scripts approve node esbuild workerd && npm rebuild --ignore-scripts=false\n\n" +
      "or use Node " +
      NEEDED.join(".") +
      " or newer for this project.";
  return (
    "Stockwarden needs Node " + NEEDED.join(".") + " or newer and runs on " + process.versions.node + ".\n" + cause
  );
}

function isNewEnough(version) {
  const parts = version.split(".").map(Number);
  return parts[0] > NEEDED[0] || (parts[0] === NEEDED[0] && parts[1] >= NEEDED[1]);
}

/** Where workerd and esbuild keep the program of this platform; other platforms are not checked. */
function platformPackages() {
  const system = process.platform + "-" + process.arch;
  const workerd = {
    "darwin-arm64": "darwin-arm64",
    "darwin-x64": "darwin-64",
    "linux-arm64": "linux-arm64",
    "linux-x64": "linux-64",
    "win32-x64": "windows-64",
  }[system];
  return workerd === undefined ? [] : ["@cloudflare/workerd-" + workerd, "@esbuild/" + system];
}
