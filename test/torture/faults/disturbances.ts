/**
 * What goes wrong while rounds are played: kills, alarms that the platform loses, a disk that refuses, a database that
 * is away.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Torture } from "../scenario.ts";
import {
  loseAlarms,
  projectedStatuses,
  refuseOrders,
  takeDatabaseAway,
  takeOrders,
} from "../../support/server-state.ts";

const KILLS = ["a refused write", "lost alarms", "nothing else"] as const;

/** A kill comes this long after the round that it was planned for has begun: its requests are under way. */
const KILL_AFTER_MS = 60;
const DATABASE_AWAY_MS = 6_000;
/** Questions that a fault of the platform is tried on at once. */
const TRIED_ON = 6;

export interface Disturbances {
  readonly kills: number;
  readonly outages: number;
  /** Items whose alarm was lost and that nobody has looked at since: the sweep has to find them. */
  readonly unseen: ReadonlySet<string>;
  leaveAlone(workflowId: string): void;
  kill(): Promise<void>;
  databaseAway(): Promise<void>;
  /** Receivers refuse the next message each. */
  refuseNext(): void;
  /** Resolves when nothing is being disturbed. */
  calm(): Promise<void>;
}

export function makeDisturbances(torture: () => Torture): Disturbances {
  const leftAlone: string[] = [];
  const unseen = new Set<string>();
  let underWay: Promise<void> = Promise.resolve();
  let planned = 0;
  let kills = 0;
  let outages = 0;
  let refusals = 0;
  const inTurn = (work: () => Promise<void>): Promise<void> => (underWay = underWay.then(work));
  const restart = async (whileDown?: () => void): Promise<void> => {
    await torture().world.restart(whileDown);
    kills++;
  };

  async function killWith(kind: (typeof KILLS)[number]): Promise<void> {
    const { world } = torture();
    await sleep(KILL_AFTER_MS);
    if (kind === "nothing else") return restart();
    const tried = leftAlone.splice(-TRIED_ON);
    if (kind === "a refused write") {
      await restart(() => tried.forEach((id) => refuseOrders(world.persistTo, objectOf(id))));
      // Refused, since its order cannot be written; nobody hears more of it, and then the server dies again.
      await Promise.all(tried.map((id) => approveInVain(torture(), id)));
      return restart(() => tried.forEach((id) => takeOrders(world.persistTo, objectOf(id))));
    }
    await restart(() => loseAlarms(world.persistTo, tried.map(objectOf)));
    // Of what died before the database knew of it, a sweep cannot know either.
    const known = projectedStatuses(world.persistTo);
    for (const [at, id] of tried.entries()) {
      if (at % 2 === 0 || !known.has(id)) await torture().calls.answered("desk-1", "GET", `/workflows/${id}`);
      else unseen.add(id);
    }
  }

  return {
    get kills() {
      return kills;
    },
    get outages() {
      return outages;
    },
    unseen,
    leaveAlone: (workflowId) => void leftAlone.push(workflowId),
    kill: () => inTurn(() => killWith(KILLS[planned++ % KILLS.length]!)),
    databaseAway: () =>
      inTurn(async () => {
        const giveBack = takeDatabaseAway(torture().world.persistTo);
        await sleep(DATABASE_AWAY_MS);
        giveBack();
        outages++;
      }),
    refuseNext() {
      const { webhook, mail, slack } = torture().world;
      webhook.answerNext(503);
      mail.refuseNext(503);
      // Every other time Slack has posted the message although it says that it has not.
      slack.failNext("chat.postMessage", { status: 503, after: refusals++ % 2 === 1 });
    },
    calm: () => underWay,
  };
}

async function approveInVain({ calls }: Torture, workflowId: string): Promise<void> {
  await calls.once("desk-1", "POST", `/approve/${workflowId}`, { decision: "approve" }).catch(() => undefined);
}

export function objectOf(workflowId: string): string {
  return workflowId.split("-")[0]!;
}
