/** `npm run dev`: the server alone, its log in this terminal, reloading when a source file changes. */
import { commandFlags } from "./lib/command/command-flags.ts";
import { launch } from "./lib/server/launch.ts";
import { runProgram } from "./lib/command/startup-problem.ts";

const USAGE = `npm run dev [-- --env-file FILE]
Starts the server alone, with its log in this terminal; it reloads when a source file changes.
  --env-file FILE   settings, as in .dev.vars.example; those of the shell win`;

await runProgram(async () => {
  const flags = commandFlags(USAGE, { "env-file": { type: "string" } });
  const { server, persistTo } = await launch(flags["env-file"], false);
  console.log(`\nStockwarden ${server.url}, state in ${persistTo}, local key ${server.key}. Ctrl-C stops it.\n`);
});
