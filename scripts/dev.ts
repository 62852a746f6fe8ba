/** `npm run dev`: the server alone, its log in this terminal, reloading when a source file changes. */
import { launch, launchFlags } from "./launch.ts";
import { runProgram } from "./startup-problem.ts";

await runProgram(async () => {
  const { server, persistTo } = await launch(launchFlags()["env-file"], false);
  console.log(`\nStockwarden ${server.url}, state in ${persistTo}, local key ${server.key}. Ctrl-C stops it.\n`);
});
