/** `npm run --silent plan < in.ndjson > out.ndjson`: one plan a line. The formats are in docs/plan.md. */
import { answerLines } from "./lib/plan/ndjson.ts";
import { idOf } from "./lib/plan/plan-input.ts";
import { planLine } from "./lib/plan/plan-line.ts";

await answerLines(process.stdin, process.stdout, planLine, idOf);
