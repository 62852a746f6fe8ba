import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../../scripts/prepare.mjs");

let project = "";

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "stockwarden-prepare-"));
  mkdirSync(join(project, "scripts"));
  mkdirSync(join(project, ".githooks"));
  copyFileSync(SCRIPT, join(project, "scripts/prepare.mjs"));
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function git(...words: string[]): string {
  return spawnSync("git", words, { cwd: project, encoding: "utf8" }).stdout.trim();
}

function prepare(environment: Record<string, string> = {}) {
  const { CI: _, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, "scripts/prepare.mjs")], {
    cwd: project,
    encoding: "utf8",
    env: { ...inherited, npm_config_user_agent: "npm/11.19.1 node/v24.21.0 linux x64", ...environment },
  });
  return { status, said: stdout + stderr };
}

describe("the end of an installation", () => {
  it("points git at this project's hooks in a checkout", () => {
    git("init", "-q");
    expect(prepare()).toEqual({ status: 0, said: "" });
    expect(git("config", "core.hooksPath")).toBe(".githooks");
  });

  it("keeps a folder of hooks that was chosen before", () => {
    git("init", "-q");
    git("config", "core.hooksPath", "my-hooks");
    prepare();
    expect(git("config", "core.hooksPath")).toBe("my-hooks");
  });

  it("does nothing to a copy that is no checkout, or without git at all", () => {
    expect(prepare()).toEqual({ status: 0, said: "" });
    mkdirSync(join(project, ".git"));
    expect(prepare({ PATH: "" })).toEqual({ status: 0, said: "" });
  });

  it("says in one line that an older Node started npm", () => {
    const { status, said } = prepare({ npm_config_user_agent: "npm/10.8.2 node/v20.20.2 linux x64" });
    expect(status).toBe(0);
    expect(said).toMatch(
      /^This machine has Node 20\.20\.2; .* run on the Node [\d.]+ that npm installed for them\.\n$/u,
    );
  });
});
