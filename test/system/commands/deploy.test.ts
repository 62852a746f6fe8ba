import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../../..");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-deploy-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** With its temporary files in a folder of their own, so that what is left behind can be seen. */
function deploy(settings: Record<string, string>) {
  const file = join(folder, "production.env");
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(""),
  );
  const scratch = mkdtempSync(join(folder, "scratch-"));
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: scratch };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/deploy.ts", "--dry-run", "--env-file", file],
    { cwd: ROOT, env, encoding: "utf8" },
  );
  return { status, said: stdout + stderr, left: readdirSync(scratch).filter((name) => name.startsWith("stockwarden")) };
}

const secret = (): string => randomBytes(32).toString("hex");

describe("npm run deploy -- --dry-run", () => {
  it("checks, bundles, names every step, shows no secret and leaves no file", () => {
    const settings = { API_KEY: secret(), KEY_PEPPER: secret(), PUBLIC_URL: "https://stock.shop.example" };
    const { status, said, left } = deploy(settings);
    const steps = [
      "1. The configuration is complete: API_KEY, KEY_PEPPER, PUBLIC_URL.",
      "2. The Worker would be deployed",
      "3. These migrations would be applied where they are missing: 0001_init.sql",
      "Nothing was changed",
    ];
    const places = steps.map((step) => said.indexOf(step));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(said).not.toContain(settings.API_KEY);
    expect(said).not.toContain(settings.KEY_PEPPER);
    expect([status, left]).toEqual([0, []]);
  });

  it("needs no settings in a build of Cloudflare's, and nowhere else", () => {
    const run = (env: Record<string, string>) =>
      spawnSync(process.execPath, ["scripts/deploy.ts", "--dry-run"], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: folder, ...env },
        encoding: "utf8",
      });
    const built = run({ WORKERS_CI: "1" });
    expect(built.stdout + built.stderr).toMatch(
      /1\. The settings are those that the Worker has[^]*Nothing was changed/,
    );
    expect([built.status, run({}).status]).toEqual([0, 1]);
  });

  it("stops before anything happens when a secret is weak, or the address is this machine's", () => {
    const weak = deploy({ API_KEY: "changeme", PUBLIC_URL: "https://stock.shop.example" });
    expect(weak.status).toBe(1);
    expect(weak.said).toMatch(/API_KEY has 8 characters of the 32 it needs: set 32 random bytes/);
    const local = deploy({ API_KEY: secret(), PUBLIC_URL: "http://localhost:8787" });
    expect(local.status).toBe(1);
    expect(local.said).toMatch(/PUBLIC_URL is http:\/\/localhost:8787, an address of this machine/);
  });
});

describe.each(["start", "dev", "deploy", "check-config"])("npm run %s", (command) => {
  it("reads the file of settings itself: Node would take the flag, and stop in words of its own", () => {
    const args = ["run", "--silent", command, "--", "--env-file", "nowhere.env"];
    const { status, stderr } = spawnSync("npm", args, { cwd: join(ROOT, "docs"), encoding: "utf8" });
    expect(stderr).toContain(`The settings file ${join(ROOT, "docs/nowhere.env")} cannot be read`);
    expect(status).toBe(1);
  });
});
