/**
 * `npm start`: a server on this machine with a sample store in it, and its first decisions on the screen.
 * The state stays; a second start says so and repeats nothing unless asked by --morning.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ApiClient, type Question } from "./api-client.ts";
import { commandFlags } from "./lib/command/command-flags.ts";
import { launch } from "./lib/server/launch.ts";
import { approveCommand, formatMorning, isWaiting, loadSampleStore, postMorning } from "./lib/sample/sample-morning.ts";
import { SAMPLE_STORE_ID, sampleStore } from "./lib/sample/sample-store.ts";
import { runProgram } from "./lib/command/startup-problem.ts";

interface Marker {
  readonly day: string;
}

const USAGE = `npm start [-- --env-file FILE] [--morning]
Starts a server on this machine, loads a sample store on the first start, and shows its decisions.
  --env-file FILE   settings of your own, as in .dev.vars.example; the shell's win
  --morning         posts the sample store's counts again
PORT and PERSIST_TO say where it listens and keeps its state.`;
const REVIEWER = "you@example.com";
/** More than a screen of questions helps nobody; the rest are in the list of reviews. */
const MAX_QUESTIONS = 3;

await runProgram(async () => {
  const flags = commandFlags(USAGE, { "env-file": { type: "string" }, morning: { type: "boolean" } });
  const began = Date.now();
  console.log("Starting Stockwarden (the first start prepares a database and takes a few seconds longer) …");
  const { server, persistTo, userSet } = await launch(flags["env-file"], true);
  const client = new ApiClient(server.url, server.key);
  const markerPath = join(persistTo, "sample-store.json");
  if (userSet.length > 0) console.log(`Set by you: ${userSet.join(", ")}.`);
  console.log(`Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.\n`);
  const kept = readMarker(markerPath);
  const questions =
    kept === null
      ? await firstMorning(client, markerPath)
      : await laterStart(client, kept, persistTo, flags.morning === true);
  await showQuestions(client, server.key, questions);
  await showDoors(client, server.key, persistTo);
});

async function firstMorning(client: ApiClient, markerPath: string): Promise<readonly Question[]> {
  const day = new Date().toISOString().slice(0, 10);
  const samples = sampleStore(day);
  await loadSampleStore(client, samples, day);
  console.log(
    `A sample store was loaded: ${samples.length} items of an invented corner shop. This morning's counts, decided:\n`,
  );
  const lines = await postMorning(client, samples, day);
  console.log(formatMorning(lines));
  writeFileSync(markerPath, `${JSON.stringify({ day } satisfies Marker)}\n`);
  return lines.filter(isWaiting).map((line) => client.questionOf(line.workflow));
}

async function laterStart(
  client: ApiClient,
  kept: Marker,
  persistTo: string,
  repeat: boolean,
): Promise<readonly Question[]> {
  console.log(`The state of earlier starts is kept (${persistTo}; sample store of ${kept.day}).`);
  if (repeat) {
    const lines = await postMorning(client, sampleStore(kept.day), new Date().toISOString());
    console.log(`The sample store's counts once more:\n\n${formatMorning(lines)}`);
  } else console.log("`npm start -- --morning` posts the morning's counts again.");
  return client.pendingReviews();
}

async function showQuestions(client: ApiClient, key: string, questions: readonly Question[]): Promise<void> {
  if (questions.length === 0) return;
  const shown = questions.slice(0, MAX_QUESTIONS);
  console.log(`\n${questions.length} wait${questions.length === 1 ? "s" : ""} for a human. To answer:`);
  for (const question of shown) console.log(await questionText(client, key, question));
  if (questions.length > shown.length)
    console.log(`\n  … and ${questions.length - shown.length} more: GET /reviews?status=pending`);
}

async function questionText(client: ApiClient, key: string, question: Question): Promise<string> {
  const { action, quantity, confidence } = question.recommendation;
  const what = action === "restock" ? `restock ${quantity}` : action;
  const why = `${question.reason.replaceAll("_", " ")}, confidence ${confidence.toFixed(2)}`;
  const link = await client.reviewLink(question.workflow_id, REVIEWER);
  const lines = [`  ${question.product_id}: ${what}? (${why})`, `    ${approveCommand(client.url, key, question)}`];
  if (link !== null) lines.push(`    or open ${link}`);
  return `\n${lines.join("\n")}`;
}

async function showDoors(client: ApiClient, key: string, persistTo: string): Promise<void> {
  const pages = { "/docs": "the API, described", "/inbox": "the review inbox; sign in with the key" };
  console.log(`\nStockwarden   ${client.url}`);
  for (const [path, what] of Object.entries(pages)) {
    if (await client.hasPage(path)) console.log(`              ${client.url}${path}   ${what}`);
  }
  const trigger = JSON.stringify({
    product_id: "milk-whole-1l",
    store_id: SAMPLE_STORE_ID,
    current_stock: 3,
    safety_stock_level: 21,
  });
  console.log(`Local key     ${key}`);
  console.log(`Server log    ${join(persistTo, "server.log")}`);
  console.log(`\nTry it:\n  curl -X POST ${client.url}/inventory-trigger \\`);
  console.log(`    -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" \\\n    -d '${trigger}'`);
  console.log("\nThe server runs until Ctrl-C.");
}

function readMarker(path: string): Marker | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Marker) : null;
}
