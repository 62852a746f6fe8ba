/**
 * `npm run check-config`: reports what is missing or wrong in a configuration before it is used. A configuration
 * whose PUBLIC_URL is not an address of this machine must have secrets that are strong enough for the internet.
 */
import { commandFlags } from "./lib/command/command-flags.ts";
import { bindsHyperdrive } from "./lib/server/hyperdrive-binding.ts";
import { requireSettings } from "../src/config/settings.ts";
import { idleSettings } from "./lib/server/idle-settings.ts";
import { onlySettings, refuseUnfit, userSettings } from "./lib/server/local-settings.ts";
import { refuseUnfitResources } from "./lib/server/bound-resources.ts";
import { fromInvocationFolder } from "./lib/command/invocation.ts";
import { runProgram } from "./lib/command/startup-problem.ts";

const USAGE = `npm run check-config [-- --env-file FILE]
Checks the settings of a deployment, and says what is missing or too weak and what to do about it.
  --env-file FILE   the settings; else those of the shell`;

await runProgram(async () => {
  const file = commandFlags(USAGE, { "env-file": { type: "string" } })["env-file"];
  const settings = userSettings(process.env, file === undefined ? null : fromInvocationFolder(file));
  refuseUnfit(settings, "internet");
  refuseUnfitResources();
  for (const idle of idleSettings(settings, requireSettings(settings))) console.log(idle);
  console.log(`The configuration is complete: ${Object.keys(onlySettings(settings)).join(", ")}.`);
  if (bindsHyperdrive())
    console.log(
      "wrangler.toml binds HYPERDRIVE: the tables are in PostgreSQL. `npm run migrate:postgres -- --verify` " +
        "compares them with D1.",
    );
});
