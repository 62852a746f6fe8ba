/**
 * A campaign: rounds under way at once while things go wrong, then silence, then a look at every receiver.
 *
 * In the silence nobody calls the server: only the platform's alarms act. What the database and the receivers have by
 * then is judged before any item is read, since a read opens a cold object, and opening it may mend what an alarm
 * should have done.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { startScriptedLlm } from "../support/peers/scripted-llm.ts";
import { seeded } from "../support/seeded.ts";
import { reviewWorld } from "../support/builders/review-world.ts";
import { makeCalls } from "./calls.ts";
import { countsAsDecision, faultsOf } from "./checks.ts";
import { makeDisturbances, objectOf } from "./faults/disturbances.ts";
import { projectedStatuses, storedDeliveries } from "../support/server-state.ts";
import type { Played, Round, Scenario, Torture } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import { listenInSilence, listenToSweeps } from "./silence.ts";
import type { Scorecard } from "./scorecard.ts";
import { TORTURE_LINK_SECRET } from "./verdicts.ts";

export interface CampaignPlan {
  readonly rounds: number;
  readonly seed: number;
  readonly kills: number;
  /** Plays only scenarios with this in their name; "" = all. */
  readonly scenario: string;
  readonly progress: (text: string) => void;
}

/** Rounds under way at once. */
const WIDTH = 8;
/** Long enough for a kill and a restart within a question's life, short enough to wait for. */
const TTL_SECONDS = 30;
/** A store is told of sixty questions an hour. */
const ROUNDS_A_STORE = 12;
const REFUSE_EVERY = 9;
/**
 * Answers that take longer mean that the machine cannot follow: a round more would only have attempts cut off, which
 * are not what a campaign is about. After the longest pause rounds go on all the same.
 */
const SLOW_ANSWER_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export async function campaign(plan: CampaignPlan): Promise<Scorecard> {
  const { rounds: count, seed, kills, progress } = plan;
  const scenarios = SCENARIOS.filter(({ name }) => name.includes(plan.scenario));
  const startedAt = Date.now();
  const llm = await startScriptedLlm();
  const world = await reviewWorld({
    env: {
      REVIEW_TTL_SECONDS: String(TTL_SECONDS),
      LINK_SECRET: TORTURE_LINK_SECRET,
      LOG_LEVEL: "error",
      APPROVALS_REQUIRED_ABOVE: "500",
      OPENAI_BASE_URL: llm.baseUrl("by-item"),
      OPENAI_MODEL: "scripted",
      LLM_TIMEOUT_MS: "2000",
      LLM_DEADLINE_MS: "6000",
    },
  });
  const disturbances = makeDisturbances(() => torture);
  const later: Promise<void>[] = [];
  const torture: Torture = {
    world,
    calls: await makeCalls(world),
    ttlMs: TTL_SECONDS * 1_000,
    leaveAlone: disturbances.leaveAlone,
    later: (afterMs, work) => void later.push(sleep(afterMs).then(work)),
  };
  try {
    const played = await playAll();
    await disturbances.calm();
    // The last kill leaves every object cold, and nobody opens one any more.
    await disturbances.kill();
    await Promise.all(later);
    const faults = [...(await afterSilence(played)), ...(await faultsAtReceivers(played))];
    return {
      seed,
      rounds: new Map([...played].map(([scenario, ofScenario]) => [scenario.name, ofScenario.length])),
      seconds: Math.round((Date.now() - startedAt) / 1_000),
      workflows: idsOf(played).length,
      kills: disturbances.kills,
      outages: disturbances.outages,
      refusedMessages: 3 * Math.floor(count / REFUSE_EVERY),
      sent: all(played).flatMap(({ sent }) => sent),
      received: {
        events: world.webhook.events.size,
        mails: world.mail.mails.length,
        messages: world.slack.posted.length,
      },
      attempts: attemptsNeeded(world.persistTo, idsOf(played)),
      faults,
    };
  } finally {
    await world.close();
    await llm.close();
  }

  async function playAll(): Promise<Map<Scenario, Played[]>> {
    const played = new Map<Scenario, Played[]>(scenarios.map((scenario) => [scenario, []]));
    const drawn = draw(scenarios, count);
    const killEvery = kills === 0 ? Infinity : Math.floor(count / (kills + 1));
    const awayEvery = Math.ceil(count / 4);
    let next = 0;
    await Promise.all(
      Array.from({ length: WIDTH }, async () => {
        while (next < count) {
          const number = ++next;
          const scenario = drawn[number - 1]!;
          if (number % killEvery === 0) void disturbances.kill();
          else if (number % awayEvery === Math.floor(awayEvery / 2)) void disturbances.databaseAway();
          if (number % REFUSE_EVERY === 0) disturbances.refuseNext();
          await untilQuick();
          played.get(scenario)!.push(await scenario.play(torture, roundOf(number)));
          if (number % 20 === 0) progress(`${number} of ${count} rounds`);
        }
      }),
    );
    return played;
  }

  /** A server that is dead is no reason to wait: rounds begin while it comes back, too. */
  async function untilQuick(): Promise<void> {
    const giveUpAt = Date.now() + LONGEST_PAUSE_MS;
    while (Date.now() < giveUpAt) {
      const askedAt = Date.now();
      const said = await fetch(`${world.server.url}/healthz`)
        .then((answer) => answer.text())
        .catch(() => null);
      if (said === null || Date.now() - askedAt < SLOW_ANSWER_MS) return;
    }
  }

  function roundOf(number: number): Round {
    const store = `store-${Math.floor(number / ROUNDS_A_STORE)}`;
    return { number, product: `T-${seed}-${number}`, store, random: seeded(seed * 100_000 + number) };
  }

  async function afterSilence(played: Map<Scenario, Played[]>): Promise<string[]> {
    progress("silence: only alarms act");
    const { unseen } = disturbances;
    const alarmed = idsOf(played).filter((id) => !unseen.has(id));
    const faults = await listenInSilence(world, alarmed);
    return [...faults, ...(await listenToSweeps(world, [...unseen]))];
  }

  async function faultsAtReceivers(played: Map<Scenario, Played[]>): Promise<string[]> {
    progress("checking every round at every receiver");
    const projected = projectedStatuses(world.persistTo);
    const faults: string[] = [];
    for (const [{ name }, ofScenario] of played) {
      for (const one of ofScenario) {
        const found = [...((await one.faults?.(torture)) ?? [])];
        for (const id of one.workflowIds) found.push(...(await faultsOf(torture, one, id, projected.get(id))));
        faults.push(...found.map((fault) => `${name}: ${fault}`));
      }
    }
    const decided = idsOf(played).filter((id) => countsAsDecision(projected.get(id))).length;
    const counted = await decisionsCounted();
    if (counted !== decided) faults.push(`the metrics count ${counted} decisions, there are ${decided}`);
    return faults;
  }

  async function decisionsCounted(): Promise<number> {
    const headers = { Authorization: `Bearer ${world.server.key}` };
    const text = await (await fetch(`${world.server.url}/metrics`, { headers })).text();
    const series = text.split("\n").filter((line) => line.startsWith("inventory_decisions_total{"));
    return series.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
  }
}

/** Scenarios in turn by their shares, evenly mixed, so that a short campaign meets all of them. */
function draw(scenarios: readonly Scenario[], count: number): Scenario[] {
  const credit = scenarios.map(() => 0);
  const total = scenarios.reduce((sum, { share }) => sum + share, 0);
  return Array.from({ length: count }, () => {
    scenarios.forEach(({ share }, at) => (credit[at]! += share));
    const at = credit.indexOf(Math.max(...credit));
    credit[at]! -= total;
    return scenarios[at]!;
  });
}

/** How many deliveries were made at their first attempt, at their second and so on. */
function attemptsNeeded(persistTo: string, ids: readonly string[]): number[] {
  const counts: number[] = [];
  for (const { status, attempts } of storedDeliveries(persistTo, new Set(ids.map(objectOf)), "all"))
    if (status === "done") counts[attempts - 1] = (counts[attempts - 1] ?? 0) + 1;
  return Array.from(counts, (count) => count ?? 0);
}

function all(played: Map<Scenario, Played[]>): Played[] {
  return [...played.values()].flat();
}

function idsOf(played: Map<Scenario, Played[]>): string[] {
  return [...new Set(all(played).flatMap(({ workflowIds }) => workflowIds))];
}
