/**
 * `npm run torture [-- --rounds 1000 --seed 1 --crashes 8]`: seeded rounds of approve, reject, modify, expire, duplicate,
 * late and crash over link, Slack and API at once, on a real server with a real peer at the end of every channel. Then every
 * round is checked at every receiver: one winner, an intact trail, one order, no effect missing and none twice.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { commandFlags, countFlag } from "../../scripts/lib/command/command-flags.ts";
import { reviewWorld, type ReviewWorld } from "../support/review-world.ts";
import { faultsOf, type Played } from "./checks.ts";
import { drawRounds, type Round } from "./rounds.ts";
import { sendVerdict, TORTURE_LINK_SECRET, type Sent } from "./verdicts.ts";

/** Rounds under way at once. */
const WIDTH = 8;
/** Long enough for a round's attempts, short enough to wait for. */
const TTL_SECONDS = 12;
const CRASH_AFTER_MS = 60;
/** How long the outbox may take to reach everybody after the last round; its third attempt comes after half a minute. */
const SETTLE_WITHIN_MS = 120_000;

const USAGE = `npm run torture [-- --rounds 1000] [--seed 1] [--crashes 8]
Plays reviews over every channel at once while the server is killed, then checks every receiver for lost or doubled effects.
  --rounds N    reviews to play
  --seed N      another draw of rounds
  --crashes N   kills of the server`;

const flags = commandFlags(USAGE, {
  rounds: { type: "string", default: "1000" },
  seed: { type: "string", default: "1" },
  crashes: { type: "string", default: "8" },
});
const rounds = drawRounds(
  countFlag("--rounds", flags.rounds),
  countFlag("--seed", flags.seed),
  countFlag("--crashes", flags.crashes, 0),
);

const started = Date.now();
const world = await reviewWorld({
  env: { REVIEW_TTL_SECONDS: String(TTL_SECONDS), LINK_SECRET: TORTURE_LINK_SECRET, LOG_LEVEL: "error" },
});
let crashing: Promise<void> | null = null;
let crashes = 0;
/** Attempts that come after their question's deadline. */
const late: Promise<void>[] = [];
try {
  const played = await playAll(world);
  await waitUntilDecided(world, played);
  const faults = await settledFaults(world, played);
  report(world, played, faults);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await world.close();
}

async function playAll(world: ReviewWorld): Promise<Played[]> {
  const played: Played[] = [];
  const waiting = [...rounds];
  await Promise.all(
    Array.from({ length: WIDTH }, async () => {
      for (let round = waiting.shift(); round !== undefined; round = waiting.shift()) {
        played.push(await play(world, round));
        if (played.length % 20 === 0) progress(`${played.length} of ${rounds.length} rounds`);
      }
    }),
  );
  return played;
}

async function play(world: ReviewWorld, round: Round): Promise<Played> {
  const workflowId = await askUntilAccepted(world, round);
  if (round.crash) void crashSoon(world);
  const sent: Sent[] = [];
  const run = async (): Promise<void> => {
    await Promise.all(
      round.attempts.map(async (attempt) => {
        await sleep(attempt.afterMs);
        for (let time = 0; time < (attempt.twice ? 2 : 1); time++)
          sent.push(await sendVerdict(world, workflowId, attempt));
      }),
    );
  };
  if (round.expires) {
    // The slot goes on with other rounds; the late attempts come when the deadline has passed.
    late.push(sleep((TTL_SECONDS + 1) * 1_000).then(run));
  } else {
    await run();
  }
  return { round, workflowId, sent };
}

/** The trigger carries an idempotency key, so asking again after a crash makes no second question. */
async function askUntilAccepted(world: ReviewWorld, round: Round): Promise<string> {
  for (;;) {
    await crashing;
    try {
      const response = await fetch(`${world.server.url}/inventory-trigger`, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${world.server.key}`,
          "Content-Type": "application/json",
          "Idempotency-Key": round.product,
        },
        body: JSON.stringify({
          product_id: round.product,
          store_id: "tokyo-3",
          current_stock: 3,
          safety_stock_level: 40,
        }),
      });
      const body = (await response.json()) as { workflow_id?: string };
      if (response.ok && body.workflow_id !== undefined) return body.workflow_id;
      if (response.status < 500 && response.status !== 409)
        throw new Error(`trigger answered ${response.status}: ${JSON.stringify(body)}`);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("trigger answered")) throw error;
    }
    await sleep(200);
  }
}

async function crashSoon(world: ReviewWorld): Promise<void> {
  if (crashing !== null) return;
  crashing = sleep(CRASH_AFTER_MS).then(() => world.restart());
  await crashing;
  crashes++;
  crashing = null;
}

async function waitUntilDecided(world: ReviewWorld, played: readonly Played[]): Promise<void> {
  progress("waiting for the late ones and the deadlines");
  await crashing;
  await Promise.all(late);
  const deadline = Date.now() + (TTL_SECONDS + 30) * 1_000;
  for (const { workflowId } of played) {
    while (
      (await world.api("GET", `/workflows/${workflowId}`)).body.status === "awaiting_human_review" &&
      Date.now() < deadline
    )
      await sleep(200);
  }
}

/** Effects are at least once and later; a fault counts when it is still there after the outbox had its time. */
async function settledFaults(world: ReviewWorld, played: readonly Played[]): Promise<string[]> {
  const deadline = Date.now() + SETTLE_WITHIN_MS;
  for (;;) {
    progress("checking every round at every receiver");
    const faults: string[] = [];
    for (const one of played) faults.push(...(await faultsOf(world, one)));
    if (faults.length === 0 || Date.now() > deadline) return faults;
    await sleep(5_000);
  }
}

function report(world: ReviewWorld, played: readonly Played[], faults: readonly string[]): void {
  const results = played.flatMap(({ sent }) => sent.map(({ result }) => result));
  const count = (what: Sent["result"]): number => results.filter((result) => result === what).length;
  console.log(
    [
      "",
      `seed ${flags.seed}: ${played.length} rounds in ${Math.round((Date.now() - started) / 1_000)} s, ${crashes} crashes (SIGKILL), ${results.length} verdicts sent:`,
      `  ${count("taken")} taken or repeated, ${count("refused")} refused, ${count("unknown")} pressed in Slack, ${count("lost")} lost in a crash`,
      `  webhook: ${world.webhook.events.size} events by id from ${world.webhook.requests.length} requests, ${world.webhook.badSignatures.length} bad signatures`,
      `  mail: ${world.mail.mails.length} by key · Slack: ${world.slack.posted.length} messages, ${world.slack.posted.reduce((sum, message) => sum + message.edits, 0)} edits`,
      faults.length === 0
        ? "  no faults: one winner each, every trail intact, one order each, no effect missing, none twice"
        : `  ${faults.length} FAULTS:`,
      ...faults.slice(0, 40).map((fault) => `    ${fault}`),
    ].join("\n"),
  );
}

function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}`);
  else console.log(text);
}
