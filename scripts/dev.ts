/** `npm run dev`: the server alone, its log in this terminal, reloading when a source file changes. */
import { commandFlags } from "./lib/command/command-flags.ts";
import { launch } from "./lib/server/launch.ts";
import { runProgram } from "./lib/command/startup-problem.ts";

await runProgram(async () => {
  const flags = commandFlags("npm run dev [-- --env-file FILE]", { "env-file": { type: "string" } });
  const { server, persistTo } = await launch(flags["env-file"], false);
  console.log(`\nStockwarden ${server.url}, state in ${persistTo}, local key ${server.key}. Ctrl-C stops it.\n`);
});
