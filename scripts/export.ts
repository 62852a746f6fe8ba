/**
 * `npm run --silent export -- [--remote | --postgres URL] [--before YYYY-MM-DD] [--out FILE]`: the decision log as NDJSON,
 * one stored workflow a line (docs/storage.md), its audit entries in it; to be kept before retention takes it. Without --out
 * to stdout. A file that exists is continued after its last whole line. By default from the local D1, in the folder of
 * `npm start` or PERSIST_TO.
 */
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { exportedLines, resumePoint } from "./export-pages.ts";
import { fromInvocationFolder } from "./invocation.ts";
import { d1Log, postgresLog } from "./exported-log.ts";
import { runProgram, StartupProblem } from "./startup-problem.ts";

await runProgram(async () => {
  const { values: flags } = parseArgs({
    options: { remote: { type: "boolean" }, before: { type: "string" }, out: { type: "string" }, postgres: { type: "string" } },
  });
  const before = flags.before === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(flags.before);
  if (Number.isNaN(before)) throw new StartupProblem(`--before must be a date such as 2026-01-31, not "${flags.before}".`);
  const log = flags.postgres === undefined ? d1Log(flags.remote === true ? "remote" : "local") : postgresLog(flags.postgres);

  const path = flags.out === undefined ? null : fromInvocationFolder(flags.out);
  let after = "";
  if (path !== null && existsSync(path)) {
    const kept = resumePoint(readFileSync(path, "utf8"));
    truncateSync(path, kept.bytes);
    after = kept.after;
  }
  const file = path === null ? 1 : openSync(path, "a", 0o600);
  let lines = 0;
  for await (const line of exportedLines(log.query, { before, after })) {
    writeSync(file, `${line}\n`);
    lines++;
  }
  if (path !== null) closeSync(file);
  await log.close();
  console.error(`${lines} workflows exported${after === "" ? "" : ", continuing an earlier file"}.`);
});
