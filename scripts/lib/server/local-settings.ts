/**
 * Settings of a server on this machine. Secrets are made once and kept beside the state, since the state is useless
 * without them (keys are stored under the pepper). The user's environment or --env-file overrides them.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { isLoopbackUrl } from "../../../src/config/outgoing-url.ts";
import { parseSettings, unfitFor } from "../../../src/config/settings.ts";
import { SETTING_NAMES } from "../../../src/config/settings-schema.ts";
import { fromInvocationFolder } from "../command/invocation.ts";
import { StartupProblem } from "../command/startup-problem.ts";
import { misspeltSettings } from "./unknown-settings.ts";

export type SettingTexts = Readonly<Record<string, string>>;

export const DEFAULT_PORT = 8787;
const DEFAULT_STATE = ".stockwarden/state";

/** Where the server of `npm start` keeps its state. */
export function stateFolder(): string {
  return process.env.PERSIST_TO ? fromInvocationFolder(process.env.PERSIST_TO) : DEFAULT_STATE;
}

/** Where that server listens. */
export function localUrl(): string {
  return `http://localhost:${process.env.PORT || DEFAULT_PORT}`;
}

/** `.stockwarden/local.env` beside `.stockwarden/state`; any other state folder carries its own. */
export function localEnvPath(persistTo: string): string {
  const folder = resolve(persistTo);
  const shared = basename(folder) === "state" && basename(dirname(folder)) === ".stockwarden";
  return join(shared ? dirname(folder) : folder, "local.env");
}

/** Reads the local secrets, or makes them; PUBLIC_URL follows the port as long as it is a local one. */
export function localSettings(persistTo: string, port: number): SettingTexts {
  const path = localEnvPath(persistTo);
  const kept = existsSync(path) ? readEnvFile(path) : {};
  const publicUrl =
    kept.PUBLIC_URL !== undefined && !isLoopbackUrl(kept.PUBLIC_URL) ? kept.PUBLIC_URL : `http://localhost:${port}`;
  const settings = {
    ...kept,
    API_KEY: kept.API_KEY ?? secret(),
    KEY_PEPPER: kept.KEY_PEPPER ?? secret(),
    LINK_SECRET: kept.LINK_SECRET ?? secret(),
    PUBLIC_URL: publicUrl,
  };
  if (Object.entries(settings).some(([name, value]) => kept[name] !== value)) {
    writeEnvFile(
      path,
      settings,
      "Made by `npm start` for this machine only. Delete it together with the state beside it.",
    );
  }
  return settings;
}

/** The settings from the shell and the user's own file, by name; empty means unset. */
export function userSettings(
  environment: Readonly<Record<string, string | undefined>>,
  envFile: string | null,
): SettingTexts {
  const fromShell = SETTING_NAMES.map((name) => [name, environment[name] ?? ""] as const);
  const fromFile = envFile === null ? [] : Object.entries(readEnvFile(envFile));
  return Object.fromEntries(
    [...fromFile, ...fromShell.filter(([, value]) => value !== "")].filter(([, value]) => value !== ""),
  );
}

/** What a deployed Worker reads; a file may hold more, such as a token for Wrangler. */
export function onlySettings(texts: SettingTexts): SettingTexts {
  return Object.fromEntries(Object.entries(texts).filter(([name]) => SETTING_NAMES.includes(name)));
}

/**
 * Throws a StartupProblem that names every setting which is missing, wrong or misspelt. Weak secrets are accepted
 * `here`, on this machine; for the `internet` they are refused, unless PUBLIC_URL is an address of this machine.
 */
export function refuseUnfit(settings: SettingTexts, use: "here" | "internet" = "here"): void {
  const problems = [...misspeltSettings(settings), ...unfitFor(parseSettings(settings), () => use === "here")];
  if (problems.length === 0) return;
  const faults = problems.map((problem) => `${problem.setting} ${problem.message}`).join("; ");
  throw new StartupProblem(
    `The configuration cannot be used: ${faults}. Correct this (in your environment or the file given with ` +
      "--env-file), or unset the whole channel: one without any settings is simply off.",
  );
}

export function readEnvFile(path: string): Record<string, string> {
  try {
    const texts = Object.entries(parseEnv(readFileSync(path, "utf8")) as Record<string, string>);
    return Object.fromEntries(texts.map(([name, text]) => [name, text.replaceAll(String.raw`\$`, "$")]));
  } catch (error) {
    throw new StartupProblem(`The settings file ${path} cannot be read: ${(error as Error).message}.`);
  }
}

export function writeEnvFile(path: string, settings: SettingTexts, comment: string): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `# ${comment}\n${lines.join("\n")}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
}

/**
 * Wrangler's dotenv expands `$` even within quotes unless it is escaped, and cannot escape a quote inside its own kind.
 */
function quoted(value: string): string {
  const safe = value.replaceAll("$", String.raw`\$`);
  if (/^[\w.:/@,+-]*$/u.test(safe)) return safe;
  const quote = ["'", "`", '"'].find((mark) => !safe.includes(mark));
  if (quote === undefined)
    throw new StartupProblem("A setting that holds all three kinds of quotes cannot be passed on.");
  return quote + safe + quote;
}

function secret(): string {
  return randomBytes(32).toString("hex");
}
