/**
 * `npm start`: a server on this machine with a sample store in it, and its first decisions on the screen.
 * The state is kept; a second start says so, and repeats the morning only with --morning.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stockwarden } from "../src/client/client.ts";
import { commandFlags } from "./lib/command/command-flags.ts";
import { launch } from "./lib/server/launch.ts";
import type { LocalServer } from "./lib/server/local-server.ts";
import {
  askedText,
  approveCommand,
  formatMorning,
  isWaiting,
  listedQuestion,
  loadSampleStore,
  postMorning,
  questionOf,
  type MorningLine,
  type Question,
} from "./lib/sample/sample-morning.ts";
import { serviceClient } from "./lib/server/service-client.ts";
import { dueTodayText, ordersDueToday } from "./lib/sample/sample-orders.ts";
import { sampleSuppliers } from "./lib/sample/sample-suppliers.ts";
import { SAMPLE_STORE_ID, sampleStore } from "./lib/sample/sample-store.ts";
import { runProgram } from "./lib/command/startup-problem.ts";

interface Marker {
  readonly day: string;
}

const USAGE = `npm start [-- --env-file FILE] [--morning] [--empty]
Starts a server on this machine, loads a sample store on the first start, and shows its decisions.
  --env-file FILE   settings of your own, as in .dev.vars.example; the shell's win
  --morning         posts the sample store's counts again
  --empty           loads no sample store: an empty server for your own data
PORT and PERSIST_TO say where it listens and keeps its state.`;
/** More than a screen of questions helps nobody; the rest are in the list of reviews. */
const MAX_QUESTIONS = 3;
/** What "Try it" counts: in an empty server an item that the count itself makes known. */
const SAMPLE_ITEM = { product_id: "milk-whole-1l", store_id: SAMPLE_STORE_ID };
const YOUR_ITEM = { product_id: "your-item" };
const NOTHING_RECOMMENDED = { action: "hold", quantity: 0, confidence: 0 } as const;

await runProgram(async () => {
  const flags = commandFlags(USAGE, {
    "env-file": { type: "string" },
    morning: { type: "boolean" },
    empty: { type: "boolean" },
  });
  const began = Date.now();
  console.log("Starting Stockwarden (the first start prepares a database and takes a few seconds longer) …");
  const { server, persistTo, userSet } = await launch(flags["env-file"], true);
  const client = serviceClient(server.url, server.key);
  const markerPath = join(persistTo, "sample-store.json");
  if (userSet.length > 0) console.log(`Set by you: ${userSet.join(", ")}.`);
  console.log(`Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.\n`);
  const kept = readMarker(markerPath);
  if (kept === null && flags.empty === true) {
    console.log("It is empty. Load your own files at /import, or with `npm run import -- FILE…`.");
    showDoors(server, persistTo, YOUR_ITEM);
    return;
  }
  const { questions, due } =
    kept === null
      ? await firstMorning(client, markerPath)
      : await laterStart(client, kept, persistTo, flags.morning === true);
  showQuestions(server, questions);
  showDoors(server, persistTo, SAMPLE_ITEM, `${due}\nLook at them, change and send them: ${server.url}/orders`);
});

interface Morning {
  readonly questions: readonly Question[];
  /** Which orders close today, in a sentence. */
  readonly due: string;
}

async function firstMorning(client: Stockwarden, markerPath: string): Promise<Morning> {
  const day = new Date().toISOString().slice(0, 10);
  const samples = sampleStore(day);
  const suppliers = sampleSuppliers(day);
  await loadSampleStore(client, samples, suppliers, day);
  console.log(
    `A sample store was loaded: ${samples.length} items of an invented corner shop.\nThis morning's counts, decided:\n`,
  );
  const lines = await postMorning(client, samples, day);
  console.log(formatMorning(lines));
  console.log(`\n${askedText(lines)}`);
  const due = await ordersDueToday(client, SAMPLE_STORE_ID, day, lines);
  writeFileSync(markerPath, `${JSON.stringify({ day } satisfies Marker)}\n`);
  const questions = lines.filter(isWaiting).map((line) => questionOf(line.workflow));
  return { questions, due: dueTodayText(due, suppliers.length) };
}

async function laterStart(client: Stockwarden, kept: Marker, persistTo: string, repeat: boolean): Promise<Morning> {
  const today = new Date().toISOString().slice(0, 10);
  let lines: readonly MorningLine[] = [];
  console.log(`The state of earlier starts is kept (${persistTo}; sample store of ${kept.day}).`);
  if (repeat) {
    lines = await postMorning(client, sampleStore(kept.day), new Date().toISOString());
    console.log(`The sample store's counts once more:\n\n${formatMorning(lines)}`);
  } else console.log("`npm start -- --morning` posts the morning's counts again.");
  const { reviews } = await client.reviews({ status: "pending" });
  const due = await ordersDueToday(client, SAMPLE_STORE_ID, today, lines);
  return { questions: reviews.map(listedQuestion), due: dueTodayText(due, sampleSuppliers(today).length) };
}

function showQuestions(server: LocalServer, questions: readonly Question[]): void {
  if (questions.length === 0) return;
  const shown = questions.slice(0, MAX_QUESTIONS);
  console.log(`\n${questions.length} wait${questions.length === 1 ? "s" : ""} for a human. To answer:`);
  for (const question of shown) console.log(questionText(server, question));
  if (questions.length > shown.length)
    console.log(`\n  … and ${questions.length - shown.length} more: GET /reviews?status=pending`);
  console.log(`\nOr answer on a page, with charts: ${server.url}/inbox, signed in with the local key below.`);
}

function questionText(server: LocalServer, question: Question): string {
  const { action, quantity, confidence } = question.recommendation ?? NOTHING_RECOMMENDED;
  const what = action === "restock" ? `restock ${quantity}` : action;
  const why = `${question.reason.replaceAll("_", " ")}, confidence ${confidence.toFixed(2)}`;
  return `\n  ${question.productId}: ${what}? (${why})\n    ${approveCommand(server.url, server.key, question)}`;
}

function showDoors({ url, key }: LocalServer, persistTo: string, item: object, last: string | null = null): void {
  const pages = {
    "/": "today: what is due, what waits; sign in with the key",
    "/inbox": "the review inbox",
    "/orders": "the order sheet, by supplier",
    "/import": "load your own files",
    "/docs": "the API, described",
  };
  console.log("");
  for (const [path, what] of Object.entries(pages)) {
    const name = path === "/" ? "Stockwarden" : "";
    console.log(`${name.padEnd(14)}${(url + path).padEnd(url.length + 10)}${what}`);
  }
  const trigger = JSON.stringify({ ...item, current_stock: 3, safety_stock_level: 21 });
  console.log(`Local key     ${key}`);
  console.log(`Server log    ${join(persistTo, "server.log")}`);
  console.log(`\nTry it:\n  curl -X POST ${url}/inventory-trigger \\`);
  console.log(`    -H "Authorization: Bearer ${key}" \\\n    -H "Content-Type: application/json" \\`);
  console.log(`    -d '${trigger.replace(',"current_stock"', ',\n        "current_stock"')}'`);
  if (last !== null) console.log(`\n${last}`);
  console.log("\nThe server runs until Ctrl-C.");
}

function readMarker(path: string): Marker | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Marker) : null;
}
