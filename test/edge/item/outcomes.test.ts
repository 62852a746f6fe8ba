/**
 * An answered question and newer counts, with receivers that refuse twice and a database that may be away: at whichever
 * commit the object dies, its alarms alone bring every outcome out. Proves I3 and I7.
 */
import { reset } from "cloudflare:test";
import { afterEach, expect, it } from "vitest";
import { onAlarm } from "../../../src/item/waking/wake.ts";
import { decideReview } from "../../../src/item/verdicts.ts";
import { parseSettings } from "../../../src/config/settings.ts";
import { afterAttempt } from "../../../src/review/after-attempt.ts";
import { isStillDue } from "../../../src/review/channel.ts";
import type { Deliverer } from "../../../src/review/deliverer.ts";
import { deliveriesFor } from "../../../src/review/meant-deliveries.ts";
import { aCall, aLife, onDisk, settled, T0, type Life } from "../support/item-life.ts";

afterEach(() => reset());

const AWAY_MS = 20_000;
const REFUSALS = 2;
/** Alarms until everything is over, with room. */
const MOST_ALARMS = 100;
const STOCKS = [15, 30];

const SETTINGS = settingsOf({
  API_KEY: "k",
  LINK_SECRET: "a-link-secret-for-tests",
  REVIEW_EMAIL_TO: "ana@example.com",
  REVIEW_EMAIL_FROM: "Stockwarden <stock@example.com>",
  MAIL_URL: "https://:key@mail.example",
  SLACK_BOT_TOKEN: "t",
  SLACK_SIGNING_SECRET: "s",
  SLACK_CHANNEL: "C",
  WEBHOOK_URL: "https://hooks.example",
  WEBHOOK_SECRET: "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
});

interface Path {
  readonly name: string;
  readonly isAnsweredFirst: boolean;
  readonly awayMs: number;
}

interface Crash {
  readonly at: number;
  readonly moment: "before" | "after";
}

const PATHS: readonly Path[] = [
  { name: "answered before newer counts come", isAnsweredFirst: true, awayMs: 0 },
  { name: "answered after newer counts came, without a database", isAnsweredFirst: false, awayMs: AWAY_MS },
];

it.each(PATHS)("of a question that is $name are sent, at whichever commit the object dies", async (path) => {
  const { commits, ...undisturbed } = await outcomeOf(path, null);
  expect(undisturbed.sent.filter((key) => key.endsWith("/decision/webhook"))).not.toEqual([]);
  expect(undisturbed.pending).toEqual([]);
  for (let at = 1; at <= commits; at++) {
    for (const moment of ["before", "after"] as const) {
      const disturbed = await outcomeOf(path, { at, moment });
      expect(disturbed, `crash ${moment} commit ${at} of ${commits}`).toMatchObject(undisturbed);
    }
  }
});

interface Outcome {
  readonly commits: number;
  /** Keys of the outcomes that receivers have taken. */
  readonly sent: readonly string[];
  readonly statuses: Readonly<Record<string, string>>;
  readonly pending: readonly string[];
}

/** Plays the path on a fresh disk, then lets the alarms ring, and describes what has come out. */
async function outcomeOf({ isAnsweredFirst, awayMs }: Path, crash: Crash | null): Promise<Outcome> {
  let described: Outcome | null = null;
  await onDisk(async (storage) => {
    await storage.deleteAll();
    const world = aWorld(storage, awayMs, crash);
    const first = await world.call(async ({ triggers }) =>
      triggers.handle({ ...aCall({ stock: 3 }), idempotency: { key: "t0", bodyHash: "0" } }),
    );
    if (first.kind !== "workflow") throw new Error(first.reason);
    const answer = () =>
      world.call(({ item }) =>
        decideReview(item, {
          schema: 1,
          workflowId: first.workflow.id,
          verdict: {
            kind: "approve",
            quantity: null,
            comment: null,
            revision: 1,
            actor: { principal: "key:ana", label: "Ana", channel: "api" },
          },
        }),
      );
    if (isAnsweredFirst) await answer();
    for (const stock of STOCKS)
      await world.call(({ triggers }) =>
        triggers.handle({ ...aCall({ stock }), idempotency: { key: `t${stock}`, bodyHash: "0" } }),
      );
    if (!isAnsweredFirst) await answer();
    described = await world.ring();
  })();
  return described!;
}

/** The item's object as the platform runs it: a disk, one alarm, and the next life after a crash. */
function aWorld(storage: DurableObjectStorage, awayMs: number, crash: Crash | null) {
  let now = T0;
  let alarmAt: number | null = null;
  let commits = 0;
  let life: (Life & { isDead: boolean }) | null = null;
  const attempts = new Map<string, number>();
  const sent = new Set<string>();
  const statuses = new Map<string, string>();

  /** Writes since the last await are one commit on the platform, so a crash "after" comes at the next await. */
  function diskOf(owner: { isDead: boolean }): DurableObjectStorage {
    const commit = <T>(write: () => T): T => {
      if (owner.isDead) throw new Error("the object is dead");
      commits++;
      if (crash?.at !== commits) return write();
      if (crash.moment === "before") {
        owner.isDead = true;
        throw new Error("the object dies");
      }
      queueMicrotask(() => (owner.isDead = true));
      return write();
    };
    let isWithin = false;
    const disk: Partial<DurableObjectStorage> = {
      sql: {
        exec: (query: string, ...bindings: SqlStorageValue[]) => {
          const run = () => storage.sql.exec(query, ...bindings);
          return isWithin || /^(SELECT|CREATE)/.test(query) ? run() : commit(run);
        },
      } as SqlStorage,
      transactionSync: (work) =>
        commit(() => {
          isWithin = true;
          try {
            return storage.transactionSync(work);
          } finally {
            isWithin = false;
          }
        }),
      getAlarm: async () => alarmAt,
      setAlarm: async (at) => {
        if (!owner.isDead) alarmAt = Number(at);
      },
      deleteAlarm: async () => {
        if (!owner.isDead) alarmAt = null;
      },
    };
    return disk as DurableObjectStorage;
  }

  function deliverer(owner: { isDead: boolean }): Deliverer {
    return {
      plan: (notice, workflow, at, world) => deliveriesFor(notice, workflow, SETTINGS, at, world),
      async attempt(workflow, delivery) {
        await settled();
        if (owner.isDead) return new Promise(() => {});
        if (!isStillDue({ workflow, delivery, now })) return { ...delivery, status: "dropped" };
        const tried = (attempts.get(delivery.key) ?? 0) + 1;
        attempts.set(delivery.key, tried);
        if (tried <= REFUSALS) return afterAttempt(delivery, { ok: false, retry: true, error: "503" }, now, 0);
        sent.add(delivery.key);
        return afterAttempt(delivery, { ok: true }, now, 0);
      },
    };
  }

  async function opened(): Promise<Life & { isDead: boolean }> {
    if (life !== null && !life.isDead) return life;
    const owner = { isDead: false };
    const made = aLife(diskOf(owner), T0, {
      adviser: null,
      settings: SETTINGS,
      inputs: {
        loadForDecision: async () => ({ stored: { inputsVersion: 0, terms: {} }, history: null }),
        forecast: async () => null,
      } as never,
      deliverer: deliverer(owner),
      project: async (recorded) => {
        await settled();
        if (owner.isDead) return new Promise(() => {});
        if (now < T0 + awayMs) throw new Error("the database is away");
        for (const { workflow } of recorded) statuses.set(workflow.id, workflow.status);
      },
      onFailure: () => undefined,
      now: () => now,
    });
    life = Object.assign(owner, made);
    await life.item.alarm.wake(true);
    return life;
  }

  return {
    /** A caller repeats what was not answered. */
    async call<T>(work: (life: Life) => Promise<T>): Promise<T> {
      for (;;) {
        const mine = await opened();
        try {
          const answer = await work(mine);
          await settled();
          if (!mine.isDead) return answer;
        } catch (cause) {
          if (!mine.isDead) throw cause;
        }
      }
    },
    /** Nobody calls; the platform's alarms ring until there is none. */
    async ring(): Promise<Outcome> {
      for (let rung = 0; alarmAt !== null; rung++) {
        if (rung > MOST_ALARMS) throw new Error("the alarms never end");
        now = Math.max(now, alarmAt);
        const mine = await opened();
        const due = alarmAt;
        alarmAt = null;
        const run = { isOver: false };
        const handled = onAlarm(mine.item, mine.triggers).finally(() => (run.isOver = true));
        while (!run.isOver && !mine.isDead) await settled();
        if (run.isOver) await handled;
        // An alarm whose handler died rings again.
        else alarmAt ??= due;
      }
      const { item } = await opened();
      const kept = [1, 2, 3].flatMap((seq) => item.journal.workflows.read(seq) ?? []);
      const pending = kept.flatMap(({ deliveries }) => deliveries.filter(({ status }) => status === "pending"));
      return {
        commits,
        sent: [...sent].filter((key) => /outcome|decision/.test(key)).toSorted(),
        statuses: Object.fromEntries(statuses),
        pending: pending.map(({ key }) => key),
      };
    },
  };
}

function settingsOf(env: object) {
  const parsed = parseSettings(env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}
