/** `npm run --silent plan < in.ndjson > out.ndjson`: one plan a line. The formats are in docs/plan.md. */
import { commandFlags } from "./lib/command/command-flags.ts";
import { answerLines } from "./lib/plan/ndjson.ts";
import { idOf } from "./lib/plan/plan-input.ts";
import { planLine } from "./lib/plan/plan-line.ts";

const USAGE = `npm run --silent plan < in.ndjson > out.ndjson
Plans offline: reads one item a line as JSON and writes one plan a line. docs/plan.md has both formats.`;

commandFlags(USAGE, {});
await answerLines(process.stdin, process.stdout, planLine, idOf);
