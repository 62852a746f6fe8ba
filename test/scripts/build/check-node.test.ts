import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../../scripts/check-node.mjs");
/** Any Node too old for Wrangler; a machine without one skips what needs it. */
const OLD_NODE = ["/usr/bin/node", "/usr/local/bin/node"].find((path) => {
  const version = existsSync(path) ? spawnSync(path, ["--version"], { encoding: "utf8" }).stdout : "";
  return /^v(1\d|20)\./u.test(version);
});

let project = "";

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "stockwarden-check-"));
  mkdirSync(join(project, "scripts"));
  copyFileSync(SCRIPT, join(project, "scripts/check-node.mjs"));
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function install(...packages: string[]): void {
  for (const name of packages) mkdirSync(join(project, "node_modules", name), { recursive: true });
}

function check(node = process.execPath): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(node, [join(project, "scripts/check-node.mjs")], { encoding: "utf8" });
  return { status, stderr };
}

describe("the look at the installation", () => {
  it("asks for npm install where nothing is installed", () => {
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining("npm install") });
  });

  it("names the missing program of this machine", () => {
    install("node/bin");
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringMatching(/@cloudflare\/workerd-.*@esbuild\//u) });
  });

  it("is silent where everything is there", () => {
    rmSync(project, { recursive: true, force: true });
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], {
      encoding: "utf8",
      cwd: dirname(SCRIPT),
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it.skipIf(OLD_NODE === undefined)(
    "says to an old Node that the install's scripts were blocked, and how to allow them",
    () => {
      install("node");
      const { status, stderr } = check(OLD_NODE);
      expect(status).toBe(1);
      expect(stderr).toContain("scripts were blocked");
      expect(stderr).toContain("npm install-scripts approve node esbuild workerd && npm rebuild");
    },
  );

  it.skipIf(OLD_NODE === undefined)("asks an old Node that was not started by npm to use npm", () => {
    install("node/bin");
    expect(check(OLD_NODE).stderr).toContain("not run through npm");
  });
});
