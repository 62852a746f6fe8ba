/**
 * `npm run --silent export`: the decision log as NDJSON, one stored workflow a line (docs/storage.md), its audit entries in
 * it; to be kept before retention takes it.
 */
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { commandFlags } from "./command-flags.ts";
import { exportedLines, resumePoint } from "./export-pages.ts";
import { fromInvocationFolder } from "./invocation.ts";
import { d1Log, postgresLog } from "./exported-log.ts";
import { runProgram, StartupProblem } from "./startup-problem.ts";

const USAGE = `npm run --silent export -- [--remote | --postgres URL] [--before YYYY-MM-DD] [--out FILE]
  --remote         from the deployed D1; else from the local one, in the folder of npm start or PERSIST_TO
  --postgres URL   from PostgreSQL, postgres://user:password@host:5432/database
  --before DATE    only workflows that began before that day (UTC)
  --out FILE       instead of stdout; a file that exists is continued after its last whole line`;

await runProgram(async () => {
  const flags = commandFlags(USAGE, {
    remote: { type: "boolean" },
    before: { type: "string" },
    out: { type: "string" },
    postgres: { type: "string" },
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
