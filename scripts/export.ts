/**
 * `npm run --silent export`: the decision log as NDJSON, one stored workflow a line (docs/storage.md), then one
 * purchase order a line, each with its audit entries; for an archive before retention removes them.
 */
import { commandFlags } from "./lib/command/command-flags.ts";
import { openExport, STDOUT } from "./lib/export/export-file.ts";
import { exportedLines } from "./lib/export/export-pages.ts";
import { d1Log, postgresLog } from "./lib/export/exported-log.ts";
import { fromInvocationFolder } from "./lib/command/invocation.ts";
import { runProgram, StartupProblem } from "./lib/command/startup-problem.ts";
import { dayOfIso } from "../src/shared/calendar-dates.ts";

const USAGE = `npm run --silent export -- [--remote | --postgres URL] [--before YYYY-MM-DD] [--out FILE]
Writes the decision log as NDJSON, one workflow a line with its audit entries, then one purchase order a line with its.
  --remote         from the deployed D1; else from the local one, in the folder of npm start or PERSIST_TO
  --postgres URL   from PostgreSQL, postgres://user:password@host:5432/database
  --before DATE    only what began before that day (UTC)
  --out FILE       instead of stdout; one that broke off goes on where it was, one that is finished is not touched`;

await runProgram(async () => {
  const flags = commandFlags(USAGE, {
    remote: { type: "boolean" },
    before: { type: "string" },
    out: { type: "string" },
    postgres: { type: "string" },
  });
  const before = flags.before === undefined ? Number.MAX_SAFE_INTEGER : startOf(flags.before);
  const log =
    flags.postgres === undefined
      ? d1Log(flags.remote === true ? "remote" : "local")
      : await postgresLog(flags.postgres);
  const target = flags.out === undefined ? STDOUT : openExport(fromInvocationFolder(flags.out), flags.before ?? "all");
  let lines = 0;
  for await (const line of exportedLines(log.query, { before, after: target.after })) {
    target.write(`${line}\n`);
    lines++;
  }
  target.finish();
  await log.close();
  console.error(`${lines} records exported${target.after === "" ? "" : ", continuing what had broken off"}.`);
});

function startOf(date: string): number {
  if (dayOfIso(date) !== null) return Date.parse(date);
  throw new StartupProblem(`--before must be a date such as 2026-01-31, not "${date}".`);
}
