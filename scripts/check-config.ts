/** `npm run check-config [-- --env-file FILE]`: says what is missing or wrong in a configuration before it is used. */
import { parseArgs } from "node:util";
import { refuseHalfSet, userSettings } from "./local-settings.ts";
import { fromInvocationFolder } from "./invocation.ts";
import { runProgram } from "./startup-problem.ts";

await runProgram(async () => {
  const { values } = parseArgs({ options: { "env-file": { type: "string" } } });
  const file = values["env-file"];
  const settings = userSettings(process.env, file === undefined ? null : fromInvocationFolder(file));
  refuseHalfSet(settings);
  console.log(`The configuration is complete: ${Object.keys(settings).join(", ")}.`);
});
