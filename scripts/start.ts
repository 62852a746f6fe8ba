/**
 * `npm start`: a server on this machine with a sample store in it, and its first decisions on the screen.
 * The state stays; a second start says so and repeats nothing unless asked by --morning.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ApiClient, type ReviewItem } from "./api-client.ts";
import { launch, launchFlags } from "./launch.ts";
import { approveCommand, formatMorning, isWaiting, loadSampleStore, postMorning } from "./sample-morning.ts";
import { sampleStore } from "./sample-store.ts";
import { runProgram } from "./startup-problem.ts";

interface Marker {
  readonly day: string;
}

const REVIEWER = "you@example.com";
/** More than a screen of questions helps nobody; the rest are in the list of reviews. */
const MAX_QUESTIONS = 3;

await runProgram(async () => {
  const flags = launchFlags();
  const began = Date.now();
  console.log("Starting Stockwarden (the first start prepares a database and takes a few seconds longer) …");
  const { server, persistTo, userSet } = await launch(flags["env-file"], true);
  const client = new ApiClient(server.url, server.key);
  const markerPath = join(persistTo, "sample-store.json");
  if (userSet.length > 0) console.log(`Set by you: ${userSet.join(", ")}.`);
  console.log(`Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.\n`);
  const kept = readMarker(markerPath);
  if (kept === null) await firstMorning(client, markerPath);
  else await laterStart(client, kept, persistTo, flags.morning === true);
  await showQuestions(client, server.key);
  await showDoors(client, server.key, persistTo);
});

async function firstMorning(client: ApiClient, markerPath: string): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const samples = sampleStore(day);
  await loadSampleStore(client, samples, day);
  console.log(`A sample store was loaded: ${samples.length} items of an invented corner shop. This morning's counts, decided:\n`);
  console.log(formatMorning(await postMorning(client, samples, day)));
  writeFileSync(markerPath, `${JSON.stringify({ day } satisfies Marker)}\n`);
}

async function laterStart(client: ApiClient, kept: Marker, persistTo: string, repeat: boolean): Promise<void> {
  console.log(`The state of earlier starts is kept (${persistTo}; sample store of ${kept.day}).`);
  if (!repeat) {
    console.log("`npm start -- --morning` posts the morning's counts again.");
    return;
  }
  const samples = sampleStore(kept.day);
  const lines = await postMorning(client, samples, new Date().toISOString());
  console.log(`The sample store's counts once more:\n\n${formatMorning(lines)}\n${lines.filter(isWaiting).length} of them ask.`);
}

async function showQuestions(client: ApiClient, key: string): Promise<void> {
  const reviews = await client.pendingReviews();
  if (reviews.length === 0) return;
  const shown = reviews.slice(0, MAX_QUESTIONS);
  console.log(`\n${reviews.length} wait${reviews.length === 1 ? "s" : ""} for a human. To answer:`);
  for (const review of shown) console.log(await questionText(client, key, review));
  if (reviews.length > shown.length) console.log(`\n  … and ${reviews.length - shown.length} more: GET /reviews?status=pending`);
}

async function questionText(client: ApiClient, key: string, review: ReviewItem): Promise<string> {
  const link = await client.reviewLink(review.workflow_id, REVIEWER);
  const lines = [`  ${review.product_id}: ${review.reason}`, `    ${approveCommand(client.url, key, review)}`];
  if (link !== null) lines.push(`    or open ${link}`);
  return `\n${lines.join("\n")}`;
}

async function showDoors(client: ApiClient, key: string, persistTo: string): Promise<void> {
  const pages = { "/docs": "the API, described", "/inbox": "the review inbox; sign in with the key" };
  console.log(`\nStockwarden   ${client.url}`);
  for (const [path, what] of Object.entries(pages)) {
    if (await client.answersAt(path)) console.log(`              ${client.url}${path}   ${what}`);
  }
  const trigger = JSON.stringify({ product_id: "milk-whole-1l", store_id: "sample-corner-shop", current_stock: 3, safety_stock_level: 21 });
  console.log(`Local key     ${key}`);
  console.log(`Server log    ${join(persistTo, "server.log")}`);
  console.log(`\nTry it:\n  curl -X POST ${client.url}/inventory-trigger \\`);
  console.log(`    -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" \\\n    -d '${trigger}'`);
  console.log("\nThe server runs until Ctrl-C.");
}

function readMarker(path: string): Marker | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Marker) : null;
}
