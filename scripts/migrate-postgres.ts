/**
 * `npm run migrate:postgres`: makes PostgreSQL's tables, copies D1 into them, copies later changes in a second pass,
 * and verifies counts and checksums (docs/postgresql.md). After an interruption it continues where it stopped.
 */
import type { Sql } from "postgres";
import { choiceFlag, commandFlags, countFlag } from "./lib/command/command-flags.ts";
import { copyTables, type CopyJob } from "./lib/databases/copy-tables.ts";
import { d1At, type D1Place } from "./lib/databases/d1-database.ts";
import { d1Side } from "./lib/databases/d1-side.ts";
import { connectPostgres } from "./lib/databases/postgres-connection.ts";
import { migratePostgres } from "./lib/databases/postgres-schema.ts";
import { postgresSide } from "./lib/databases/postgres-side.ts";
import { runProgram, StartupProblem } from "./lib/command/startup-problem.ts";
import { LOG_PAGE_ROWS } from "./lib/databases/stored-tables.ts";
import { isSame, verifyCopy } from "./lib/databases/verify-copy.ts";

const USAGE = `npm run migrate:postgres -- --to postgres://user:password@host:5432/database [--from local|remote]
Creates the tables in PostgreSQL, copies the data of D1 into them, and verifies counts and checksums.
  --to URL    or POSTGRES_URL, which keeps the password out of the list of processes
  --from      which D1: that of npm start or PERSIST_TO (local), or the deployed one (remote)
  --freeze    first has the side that is read refuse writes, so that the copy is the last word
  --thaw      only lifts that
  --reverse   from PostgreSQL to D1
  --verify    only compares
  --schema    only makes PostgreSQL's tables
  --rows ${LOG_PAGE_ROWS}   decisions a page, and the other tables' rows in proportion`;

await runProgram(async () => {
  const flags = readFlags();
  const applied = await migratePostgres(flags.url);
  console.log(
    applied.length === 0
      ? "PostgreSQL's tables are up to date."
      : `PostgreSQL's tables are made: ${applied.join(", ")}.`,
  );
  if (flags.schema) return;
  const sql = await connectPostgres(flags.url);
  try {
    await migrate(flags, sql);
  } finally {
    await sql.end();
  }
});

async function migrate({ from, reverse, verify, freeze, thaw, pageShare }: Flags, notes: Sql): Promise<void> {
  const sides = [d1Side(d1At(from), notes), postgresSide(notes)] as const;
  const [source, target] = reverse ? [sides[1], sides[0]] : sides;
  if (thaw) {
    await source.thaw();
    console.log(`${source.name} takes writes again.`);
    return;
  }
  const { rows, newestWorkflow } = await source.extent();
  const job: CopyJob = { source, target, direction: reverse ? "reverse" : "forward", notes, pageShare, rows };
  if (!verify) {
    if ((await target.extent()).newestWorkflow > newestWorkflow) {
      throw new StartupProblem(
        `${target.name} holds newer decisions than ${source.name}: the service writes to it already, and ` +
          "nothing there may be overwritten.",
      );
    }
    await target.thaw();
    if (freeze) {
      await source.freeze();
      console.log(
        `${source.name} refuses writes from now on: decisions go on, uploads and changes of keys are answered 503.`,
      );
    }
    await copy(job, freeze);
  }
  await compare(job, freeze);
}

async function copy(job: CopyJob, isFrozen: boolean): Promise<void> {
  const first = await copyTables(job, "Copying");
  console.log(
    `${first.isResumed ? "Went on after a break: " : ""}${first.rows} rows read from ${job.source.name}, ` +
      `${first.put} written and ${first.removed} removed in ${job.target.name}.`,
  );
  // Rows walked before an interruption, or while others wrote, may have changed since.
  if (isFrozen && !first.isResumed) return;
  const second = await copyTables(job, "Copying what changed");
  console.log(`Second pass: ${second.put} rows had changed, ${second.removed} were gone.`);
}

async function compare(job: CopyJob, isFrozen: boolean): Promise<void> {
  const { source, target } = job;
  const checks = await verifyCopy(job);
  for (const check of checks) {
    const same = isSame(check);
    console.log(
      `${same ? "✓" : "✗"} ${check.name}: ${source.name} ${check.rows[0]} rows ` +
        `${check.checksums[0].slice(0, 16)}, ${target.name} ${check.rows[1]} rows ` +
        `${check.checksums[1].slice(0, 16)}`,
    );
    if (!same) console.log(`  the first difference is at ${JSON.stringify(check.firstDifference)}`);
  }
  const wrong = checks.filter((check) => !isSame(check));
  if (wrong.length > 0) {
    throw new StartupProblem(
      `The copy is not the same in ${wrong.map(({ name }) => name).join(", ")}. Rows that were written during ` +
        "the comparison differ too: " +
        `with --freeze, ${source.name} refuses writes.`,
    );
  }
  console.log(
    `Every row of ${source.name} is in ${target.name}, and no ` +
      `other.${isFrozen ? ` ${source.name} is frozen: deploy the service on ${target.name} now.` : ""}`,
  );
}

interface Flags {
  readonly url: string;
  readonly from: D1Place;
  readonly reverse: boolean;
  readonly verify: boolean;
  readonly freeze: boolean;
  readonly thaw: boolean;
  readonly schema: boolean;
  readonly pageShare: number;
}

function readFlags(): Flags {
  const yes = { type: "boolean", default: false } as const;
  const text = { type: "string" } as const;
  const values = commandFlags(USAGE, {
    to: text,
    from: text,
    rows: text,
    reverse: yes,
    verify: yes,
    freeze: yes,
    thaw: yes,
    schema: yes,
  });
  const { to: url = process.env["POSTGRES_URL"], from = "local", rows = String(LOG_PAGE_ROWS), ...modes } = values;
  if (url === undefined || url === "")
    throw new StartupProblem(
      "Say which PostgreSQL: --to postgres://user:password@host:5432/database, or POSTGRES_URL.",
    );
  const chosen = (["freeze", "thaw", "verify", "schema"] as const).filter((mode) => modes[mode]);
  if (chosen.length > 1)
    throw new StartupProblem(`One at a time: ${chosen.map((mode) => `--${mode}`).join(" and ")} are separate steps.`);
  return {
    url,
    from: choiceFlag("--from", from, ["local", "remote"]),
    pageShare: countFlag("--rows", rows) / LOG_PAGE_ROWS,
    ...modes,
  };
}
