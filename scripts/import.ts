/**
 * `npm run import -- FILE…`: loads a shop's own files (catalogue, sales, stock) into a running server. It first shows
 * how each file is read, asks about ambiguities, uploads, and ends with what is due today. A repeated run loads
 * nothing twice.
 */
import { describeReading } from "../src/reader/describe.ts";
import type { ReaderChoices } from "../src/reader/choices.ts";
import { uploadPlan, type UploadPlan } from "../src/reader/upload/upload-plan.ts";
import type { ReadResult } from "../src/reader/types.ts";
import { ImportServer } from "./lib/import/import-server.ts";
import { commandLine } from "./lib/command/command-flags.ts";
import { fromInvocationFolder } from "./lib/command/invocation.ts";
import { runProgram, StartupProblem } from "./lib/command/startup-problem.ts";
import { answerQuestions, confirmed, isTerminal } from "./lib/import/ask.ts";
import { readFiles, type FileResult } from "./lib/import/read-files.ts";
import { READER_FLAGS, READER_USAGE, readerChoices, today } from "./lib/import/reader-flags.ts";
import { uploadWithProgress } from "./lib/import/upload.ts";
import { formatLoaded } from "../src/reader/upload/loaded.ts";
import { localEnvPath, localUrl, readEnvFile, stateFolder } from "./lib/server/local-settings.ts";

const USAGE = `npm run import -- FILE… [--url URL --key KEY] [--store ID]
Loads a shop's own files into a running server: products, sales and stock, as CSV or XLSX. Without --url it takes the
server of npm start.
  --store ID           the store of files that name none (main)
  --complete-through D the day to which the sales are whole (the last day in the file)
  --replace            drop what is stored by another period
  --dry-run            say how the files are read, and upload nothing
  --json               with --dry-run: one line of JSON a file or sheet; exit 0 read, 2 asked, 1 refused
  --yes                upload without asking for a yes
${READER_USAGE}`;

const text = { type: "string" } as const;
const FLAGS = {
  ...READER_FLAGS,
  "complete-through": text,
  url: text,
  key: text,
  store: text,
  replace: { type: "boolean" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
  yes: { type: "boolean" },
} as const;

const EXIT = { read: 0, ask: 2, refused: 1 } as const;

await runProgram(async () => {
  const { flags, words } = commandLine(USAGE, FLAGS);
  if (words.length === 0) throw new StartupProblem(`Which files? ${USAGE}`);
  const choices = readerChoices(flags);
  const paths = words.map(fromInvocationFolder);
  const first = await readFiles(paths, choices);
  if (flags["dry-run"] === true)
    return endDryRun(
      first.map(({ reading }) => reading),
      flags.json === true,
    );
  const results = await answered(paths, choices, first);
  const plan = uploadPlan(
    results.map(({ content }) => content),
    {
      store: flags.store ?? null,
      completeThrough: flags["complete-through"] ?? null,
      replace: flags.replace === true,
      today: today(),
    },
  );
  if (plan.problem !== null) throw new StartupProblem(plan.problem);
  for (const note of plan.notes) console.log(`Note: ${note}`);
  if (plan.parts.length === 0) throw new StartupProblem("The files hold nothing to load.");
  const client = await target(flags.url, flags.key);
  const where = `into ${plan.stores.map((store) => `"${store}"`).join(", ")} at ${client.url}`;
  if (flags.yes !== true && !(await confirmed(`Load this ${where}?`))) {
    console.log("Nothing was loaded.");
    return;
  }
  await load(client, plan, results);
});

/** Everything read: questions are asked on the terminal; elsewhere they end the run. */
async function answered(
  paths: readonly string[],
  choices: ReaderChoices,
  first: readonly FileResult[],
): Promise<readonly FileResult[]> {
  let results = first;
  for (const { reading } of results) console.log(`${describeReading(reading).join("\n")}\n`);
  const refused = results.filter(({ reading }) => reading.status === "refused");
  if (refused.length > 0) {
    const sheet = refused.some(({ reading }) => reading.sheet !== null)
      ? " --sheet NAME takes one sheet of a workbook alone."
      : "";
    throw new StartupProblem(
      `${refused.length} of ${results.length} could not be read, so nothing was loaded.${sheet}`,
    );
  }
  if (results.every(({ reading }) => reading.status === "read")) return results;
  if (!isTerminal()) {
    console.error("Nothing was loaded: answer the questions above by the flags beside their answers.");
    process.exit(EXIT.ask);
  }
  const answers = new Map<number, Map<string, ReaderChoices>>();
  for (;;) {
    const open = results.find(({ reading }) => reading.status === "ask");
    if (open === undefined) break;
    const ofFile = answers.get(open.at) ?? new Map<string, ReaderChoices>();
    const sheet = open.reading.sheet ?? "";
    answers.set(open.at, ofFile.set(sheet, await answerQuestions(open.reading, ofFile.get(sheet) ?? choices)));
    results = await readFiles(paths, choices, answers);
    const still = results.find(({ reading }) => reading.status === "refused");
    if (still !== undefined) throw new StartupProblem(describeReading(still.reading).join("\n"));
  }
  for (const { reading } of results) console.log(`${describeReading(reading).join("\n")}\n`);
  return results;
}

function endDryRun(readings: readonly ReadResult["reading"][], json: boolean): never {
  for (const reading of readings)
    console.log(json ? JSON.stringify(reading) : `${describeReading(reading).join("\n")}\n`);
  const worst = readings.some(({ status }) => status === "refused")
    ? "refused"
    : readings.some(({ status }) => status === "ask")
      ? "ask"
      : "read";
  process.exit(EXIT[worst]);
}

async function target(url: string | undefined, key: string | undefined): Promise<ImportServer> {
  if (url !== undefined && key === undefined) throw new StartupProblem("--url needs the server's key: --key KEY.");
  const settings = localEnvPath(stateFolder());
  const client = new ImportServer(url ?? localUrl(), key ?? localKey(settings));
  const { status } = await client.send({ method: "GET", path: "/reviews?status=pending&limit=1" });
  if (status === 401 || status === 403) throw new StartupProblem(`${client.url} does not take this key.`);
  return client;
}

function localKey(path: string): string {
  try {
    return readEnvFile(path).API_KEY ?? "";
  } catch {
    throw new StartupProblem(
      "No server was started here yet: run npm start in another terminal, or give --url and --key.",
    );
  }
}

async function load(client: ImportServer, plan: UploadPlan, results: readonly ReadResult[]): Promise<void> {
  const outcome = await uploadWithProgress(client, plan);
  for (const line of formatLoaded(
    client.url,
    results.map(({ reading }) => reading),
    plan.items,
    outcome,
  ))
    console.log(line);
}
