/**
 * `npm run deploy`: checks the configuration, uploads the Worker together with its
 * secrets, then applies the database migrations, and says after each step what is done.
 *
 * Settings come from FILE (default: `.env.production`, where there is one) and from the shell, which wins. All of them
 * travel as secrets: none is shown in the dashboard, and one that is not named keeps the value it had.
 * Cloudflare's own builds (WORKERS_CI) need no settings: the Worker keeps the ones it has.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLoopbackUrl } from "../src/config/outgoing-url.ts";
import { requireSettings } from "../src/config/settings.ts";
import { builtWorker } from "./lib/build/built-worker.ts";
import { writeUpload } from "./lib/build/upload.ts";
import { commandFlags } from "./lib/command/command-flags.ts";
import { bindsHyperdrive } from "./lib/server/hyperdrive-binding.ts";
import { fromInvocationFolder } from "./lib/command/invocation.ts";
import { idleSettings } from "./lib/server/idle-settings.ts";
import { onlySettings, refuseUnfit, userSettings, type SettingTexts } from "./lib/server/local-settings.ts";
import { refuseUnfitResources } from "./lib/server/bound-resources.ts";
import { runProgram, StartupProblem } from "./lib/command/startup-problem.ts";
import { isOwnAddress, withoutWorkersDev } from "./lib/server/workers-dev.ts";
import { endOf, ROOT, wrangler } from "./lib/server/wrangler-process.ts";

const DEFAULT_FILE = ".env.production";
const USAGE = `npm run deploy [-- --env-file ${DEFAULT_FILE}] [--dry-run]
Checks the configuration, uploads the Worker with its secrets, then applies the database migrations.
  --env-file FILE   the settings
  --dry-run         everything but the upload`;
const MIGRATE = ["d1", "migrations", "apply", "DB", "--remote"];

await runProgram(async () => {
  const values = commandFlags(USAGE, { "env-file": { type: "string" }, "dry-run": { type: "boolean" } });
  const dryRun = values["dry-run"] === true;
  const isKept = keepsItsSettings(values["env-file"]);
  const settings = isKept ? {} : deployable(values["env-file"]);
  console.log(
    isKept
      ? "1. The settings are those that the Worker has: Cloudflare builds this, and none came along."
      : `1. The configuration is complete: ${Object.keys(settings).join(", ")}.`,
  );

  await upload(settings, dryRun);
  console.log(`2. The Worker ${dryRun ? "would be" : "is"} deployed with these settings as its secrets.`);

  if (dryRun) {
    console.log(`3. These migrations would be applied where they are missing: ${migrations().join(", ")}.`);
    console.log("Nothing was changed: this was a dry run.");
    return;
  }
  if ((await run(MIGRATE)) !== 0) {
    throw new StartupProblem(
      "The Worker is deployed, but its database is not up to date. Once the cause above is mended: npx " +
        `wrangler ${MIGRATE.join(" ")}`,
    );
  }
  console.log("3. The database is up to date.");
  if (bindsHyperdrive())
    console.log(
      "   The tables in use are PostgreSQL's: `npm run migrate:postgres -- --schema` brings those up to date.",
    );
  if (settings.PUBLIC_URL !== undefined)
    console.log(`Ready? ${settings.PUBLIC_URL.replace(/\/+$/u, "")}/readyz says so.`);
});

/** Cloudflare's own builds have no file of settings: they were entered as secrets when the Worker was made. */
function keepsItsSettings(file: string | undefined): boolean {
  const isGiven = file !== undefined || existsSync(join(ROOT, DEFAULT_FILE));
  return process.env.WORKERS_CI === "1" && !isGiven && process.env.API_KEY === undefined;
}

function deployable(file: string | undefined): SettingTexts {
  const fallback = existsSync(join(ROOT, DEFAULT_FILE)) ? join(ROOT, DEFAULT_FILE) : null;
  const settings = userSettings(process.env, file === undefined ? fallback : fromInvocationFolder(file));
  if (isLoopbackUrl(settings.PUBLIC_URL)) {
    throw new StartupProblem(
      `PUBLIC_URL is ${settings.PUBLIC_URL}, an address of this machine: set the address that people will use, ` +
        "or leave it out.",
    );
  }
  refuseUnfit(settings, "internet");
  refuseUnfitResources();
  for (const idle of idleSettings(settings, requireSettings(settings))) console.warn(idle);
  return onlySettings(settings);
}

/** Only this user can read the file of secrets, and it is deleted right after. */
async function upload(settings: SettingTexts, dryRun: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-deploy-"));
  // Beside the other one, since its paths count from its folder.
  const config = join(ROOT, "wrangler.deploy.toml");
  const hasOwnAddress = isOwnAddress(settings.PUBLIC_URL);
  if (hasOwnAddress) console.log("   The workers.dev address is switched off: PUBLIC_URL is another one.");
  try {
    if (hasOwnAddress) writeFileSync(config, withoutWorkersDev(readFileSync(join(ROOT, "wrangler.toml"), "utf8")));
    const file = join(folder, "secrets.json");
    writeFileSync(file, JSON.stringify(settings), { mode: 0o600 });
    const code = await run([
      "deploy",
      ...(await writeUpload(await builtWorker(), join(folder, "upload"))),
      // Wrangler would look for it beside the build.
      "--config",
      hasOwnAddress ? config : join(ROOT, "wrangler.toml"),
      "--secrets-file",
      file,
      ...(dryRun ? ["--dry-run", "--outdir", join(folder, "bundle")] : []),
    ]);
    if (code !== 0)
      throw new StartupProblem("Wrangler did not deploy, for the reason above; the database was not touched.");
  } finally {
    rmSync(config, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(args: readonly string[]): Promise<number | null> {
  const child = wrangler(args, null);
  await endOf(child);
  return child.exitCode;
}

function migrations(): string[] {
  return readdirSync(join(ROOT, "migrations"))
    .filter((name) => name.endsWith(".sql"))
    .toSorted();
}
