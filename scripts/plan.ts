/** `npm run --silent plan < in.ndjson > out.ndjson`: one plan a line. The formats are in docs/plan.md. */
import { answerLines } from "./ndjson.ts";
import { idOf } from "./plan-input.ts";
import { planLine } from "./plan-line.ts";

await answerLines(process.stdin, process.stdout, planLine, idOf);
