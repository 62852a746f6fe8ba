import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  localEnvPath,
  localSettings,
  readEnvFile,
  onlySettings,
  refuseUnfit,
  userSettings,
  writeEnvFile,
} from "../../../scripts/lib/server/local-settings.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-settings-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("local settings", () => {
  it("are made once, for the owner's eyes only", () => {
    const first = localSettings(folder, 8787);
    expect(first.API_KEY).toMatch(/^[0-9a-f]{64}$/u);
    expect(new Set([first.API_KEY, first.KEY_PEPPER, first.LINK_SECRET]).size).toBe(3);
    expect(localSettings(folder, 8787)).toEqual(first);
    expect(statSync(localEnvPath(folder)).mode & 0o777).toBe(0o600);
  });

  it("follow the port with the local PUBLIC_URL and leave a public one alone", () => {
    localSettings(folder, 8787);
    expect(localSettings(folder, 9000).PUBLIC_URL).toBe("http://localhost:9000");
    writeEnvFile(
      localEnvPath(folder),
      { ...localSettings(folder, 9000), PUBLIC_URL: "https://stock.example.com" },
      "mine",
    );
    expect(localSettings(folder, 9001).PUBLIC_URL).toBe("https://stock.example.com");
  });

  it("stand beside the default state and within any other", () => {
    expect(localEnvPath("/shop/.stockwarden/state")).toBe("/shop/.stockwarden/local.env");
    expect(localEnvPath("/data/shop")).toBe("/data/shop/local.env");
  });

  it("survive being written, whatever characters they hold", () => {
    const path = join(folder, "any.env");
    const settings = { A: "plain", B: "a$HOME ${X}", C: `it's`, D: 'say "so"', E: "# no comment", F: '{"a":[1]}' };
    writeEnvFile(path, settings, "test");
    expect(readEnvFile(path)).toEqual(settings);
  });
});

describe("settings of the user", () => {
  it("are taken from the environment by name, from the file in full, and empty ones are unset", () => {
    const path = join(folder, "mine.env");
    writeFileSync(path, "LOG_LEVEL=warn\nREVIEWERS=ana\nSENTRY_DSN=\n");
    const environment = { PATH: "/bin", LOG_LEVEL: "debug", REVIEWERS: "" };
    expect(userSettings(environment, path)).toEqual({ LOG_LEVEL: "debug", REVIEWERS: "ana" });
  });

  it("name a file that is not there", () => {
    expect(() => userSettings({}, join(folder, "none.env"))).toThrow(/none\.env cannot be read/u);
  });

  it.each([
    ["CONFIDENCE_TRESHOLD", "CONFIDENCE_THRESHOLD"],
    ["REVIEWRES", "REVIEWERS"],
    ["Four-Eyes", "FOUR_EYES"],
  ])("are refused when misspelt: %s", (written, meant) => {
    const misspelt = { ...localSettings(folder, 8787), [written]: "0.7" };
    expect(() => refuseUnfit(misspelt)).toThrow(`${written} is no setting: ${meant} is`);
  });

  it("may stand beside the names of other programs, which are left out of an upload", () => {
    const settings = { ...localSettings(folder, 8787), CLOUDFLARE_API_TOKEN: "of Wrangler" };
    expect(() => refuseUnfit(settings)).not.toThrow();
    expect(onlySettings(settings)).toEqual(localSettings(folder, 8787));
  });

  it("are refused in one paragraph when half-set, with the missing names", () => {
    const halfSet = { ...localSettings(folder, 8787), REVIEW_EMAIL_TO: "ana@example.com" };
    expect(() => refuseUnfit(halfSet)).toThrow(/cannot be used: REVIEW_EMAIL_FROM is not set[^\n]*$/u);
  });
});
