/**
 * The object of one store: owns the versioned snapshot of what concerns its items (store, suppliers, events, season),
 * their learning, runs and the quota of questions. Routes write the database and then call `changed`; isolates ask for
 * the version, items for their slice.
 *
 * The store's id comes with each call; `ctx.id.name` is not relied on.
 */
import { DurableObject } from "cloudflare:workers";
import { objectName } from "../storage/identity.ts";
import { requireSettings } from "../config/settings.ts";
import { toStoredTerms } from "../storage/item-inputs.ts";
import { storageOf } from "../storage/storage.ts";
import { reportCalls } from "../telemetry/report-calls.ts";
import { countFailure, telemetryOf } from "../telemetry/telemetry.ts";
import { errorFields } from "../telemetry/log.ts";
import { sliceOf } from "../world/slice.ts";
import type { StoreWorld, WorldSlice } from "../world/types.ts";
import type { StoreObjectBindings } from "./runs/run-bindings.ts";
import { QuestionQuota, type Asked, type Telling } from "./question-quota.ts";
import { Learner } from "./learner.ts";
import { RunRows } from "./runs/run-rows.ts";
import { countsOf } from "./runs/run-counts.ts";
import type { LetterResult } from "./runs/letter-attempts.ts";
import { StoreRuns } from "./runs/store-runs.ts";
import type { KnownToStore, NewRun, RunRecord } from "./runs/run.ts";
import type { StoreVersions } from "./store-versions.ts";
import { FreshSnapshot } from "./fresh-snapshot.ts";
import { SnapshotRows } from "./snapshot-rows.ts";
import { FALLBACK_MS } from "../shared/alarm-clock.ts";
import { HOUR_MS, MINUTE_MS } from "../shared/durations.ts";

/** Attempts to wait for a question to appear in the database; a question still missing then was answered. */
const ATTEMPTS_TO_WAIT = 3;
/** Pause after a call's pages of learning, so runs and answers come in between. */
const LEARN_AGAIN_MS = 100;
/** After a failure, as of a database that is away: it is not asked ten times a second. */
const LEARN_AFTER_FAILURE_MS = MINUTE_MS;

/** The requested run, or the one under way that has to end first. */
export type BegunRun = { readonly kind: "begun" | "under_way"; readonly run: RunRecord };

/** Most items of a store that are counted for the quota: a share of more is large enough in any case. */
const MOST_COUNTED = 10_000;
const COUNTED_FOR_MS = HOUR_MS;

export class StoreObject extends DurableObject<StoreObjectBindings> {
  static {
    reportCalls(this);
  }

  readonly #snapshot: FreshSnapshot;
  readonly #learner: Learner;
  readonly #runs: StoreRuns;
  readonly #quota: QuestionQuota;
  #counted: { readonly items: number; readonly at: number } | null = null;
  #learnPauseMs = LEARN_AGAIN_MS;

  constructor(ctx: DurableObjectState, env: StoreObjectBindings) {
    super(ctx, env);
    this.#snapshot = new FreshSnapshot(new SnapshotRows(ctx.storage), {
      register: async (storeId) => void (await storageOf(env).world.put("seen", storeId, { storeId })),
      load: (storeId) => storageOf(env).world.ofStore(storeId),
      onLoaded: async ({ store }, storeId) => {
        if (this.#runs.plan(storeId, store)) await this.#arm();
      },
      onFailure: (cause, storeId) =>
        telemetryOf(env).log.warn("world_not_loaded", { store_id: storeId, ...errorFields(cause) }),
    });
    this.#learner = new Learner(ctx.storage, env);
    this.#quota = new QuestionQuota(ctx.storage);
    this.#runs = new StoreRuns(new RunRows(ctx.storage), {
      objectId: ctx.id.toString(),
      products: (...page) => storageOf(env).world.productIds(...page),
      versions: async (storeId) => this.versions(storeId),
      known: async (...page) => this.#knownOf(...page),
      decideAgain: async (call) => env.ITEM.getByName(objectName(call.item)).decideAgain(call),
      now: () => Date.now(),
      onFailure: (cause) => {
        telemetryOf(env).log.warn("run_delayed", errorFields(cause));
        countFailure(telemetryOf(env), "run", { context: ctx, counters: storageOf(env).counters });
      },
      owesLetter: (run) => this.#snapshot.known.store?.reviewAt != null && (run.morning !== null || run.waiting > 0),
      sendLetter: async (run, { attempts, done }) => this.#sendLetter(run, attempts, done),
      onDone: (run) => telemetryOf(env).log.info("run_done", countsOf(run)),
    });
  }

  async versions(storeId: string): Promise<StoreVersions> {
    const { version } = await this.#snapshot.read(storeId);
    return { world: version, uploads: this.#snapshot.uploads };
  }

  async slice(storeId: string, productId: string, supplierId: string | null): Promise<WorldSlice> {
    return sliceOf(await this.#snapshot.read(storeId), productId, supplierId);
  }

  async #knownOf(storeId: string, productIds: readonly string[]): Promise<Map<string, KnownToStore>> {
    const stored = await storageOf(this.env).inputs.loadMany(storeId, productIds);
    const world = await this.#snapshot.read(storeId);
    return new Map(
      stored.map((inputs) => {
        const supplierId = toStoredTerms(inputs.row?.terms ?? null)?.supplierId ?? null;
        return [inputs.productId, { inputs, supplierId, slice: sliceOf(world, inputs.productId, supplierId) }];
      }),
    );
  }

  async world(storeId: string): Promise<StoreWorld> {
    return this.#snapshot.read(storeId);
  }

  /** Whether a question of the store gets a message of its own; see `QuestionQuota`. */
  async mayTell(asked: Asked): Promise<Telling> {
    return this.#quota.mayTell(asked, Date.now(), async () => this.#itemsOf(asked.storeId));
  }

  /** Counted at most once an hour: a run may ask hundreds of questions with one code. */
  async #itemsOf(storeId: string): Promise<number> {
    const now = Date.now();
    if (this.#counted === null || now - this.#counted.at > COUNTED_FOR_MS) {
      const products = await storageOf(this.env).world.productIds(storeId, null, MOST_COUNTED, null);
      this.#counted = { items: products.length, at: now };
    }
    return this.#counted.items;
  }

  /** The database differs from the snapshot; the next answer uses the new data. */
  async changed(): Promise<void> {
    this.#learner.note();
    this.#snapshot.forget();
  }

  /** Inputs of many items were uploaded at once; each item reads its own again at its next trigger. */
  async uploaded(): Promise<void> {
    this.#snapshot.countUpload();
    this.#learner.note();
  }

  /** Sales of one item changed; the item itself was informed separately. */
  async salesChanged(): Promise<void> {
    this.#learner.note();
  }

  /**
   * Learns the season and measures events where there is something new; called by a sweep. True when anything was
   * learned.
   */
  async learn(storeId: string): Promise<boolean> {
    const world = await this.#snapshot.read(storeId);
    // The platform may have lost an alarm.
    if (this.#runs.nextDue() !== null && (await this.ctx.storage.getAlarm()) === null) await this.#arm();
    const isLearned = await this.#learner.learn(storeId, world, Date.now());
    if (isLearned) this.#snapshot.forget();
    return isLearned;
  }

  /** Decides every item of the store again, by the alarm; one run at a time. */
  async run(asked: NewRun): Promise<BegunRun> {
    const { underWay } = this.#runs;
    if (underWay !== null) return { kind: "under_way", run: underWay };
    const run = this.#runs.begin(asked);
    await this.#arm();
    return { kind: "begun", run };
  }

  /** Null = there is no such run (any more). */
  async readRun(runId: string): Promise<RunRecord | null> {
    return this.#runs.find(runId);
  }

  /** Null before the first. */
  async newestRun(): Promise<RunRecord | null> {
    return this.#runs.newest;
  }

  /**
   * Continues runs, and learning that one call could not finish. Never throws, since an alarm that throws is retried a
   * few times and then gone.
   */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + FALLBACK_MS);
    const { storeId } = this.#learner;
    if (storeId !== null && this.#learner.isUnderWay) {
      try {
        await this.learn(storeId);
        this.#learnPauseMs = LEARN_AGAIN_MS;
      } catch (error) {
        this.#learnPauseMs = LEARN_AFTER_FAILURE_MS;
        telemetryOf(this.env).log.warn("season_not_learned", { store_id: storeId, ...errorFields(error) });
      }
    }
    await this.#runs.tick();
    await this.#arm();
  }

  /** Null while the database does not show the run's questions yet. */
  async #sendLetter(run: RunRecord, attempts: number, done: readonly string[]): Promise<LetterResult | null> {
    const settings = requireSettings(this.env);
    if (settings.email === null) return { done, failed: [] };
    const [{ sendLetters, whatWaits }, { createMailer }] = await Promise.all([
      import("./runs/morning-letter.ts"),
      import("../review/mail/create-mailer.ts"),
    ]);
    const deps = {
      settings,
      storage: storageOf(this.env),
      mailer: createMailer(settings.email.mailUrl, this.env.EMAIL),
      now: () => Date.now(),
    };
    const waiting = await whatWaits(deps, run.storeId);
    const isAway = (workflowId: string): boolean => !waiting.ids.has(workflowId);
    if (attempts < ATTEMPTS_TO_WAIT && run.asked.some(isAway)) return null;
    return sendLetters(deps, run, await this.#snapshot.read(run.storeId), waiting, done);
  }

  /** Sets the alarm for what is due next, or none. */
  async #arm(): Promise<void> {
    const now = Date.now();
    const due = [this.#runs.nextDue(), this.#learner.isUnderWay ? now + this.#learnPauseMs : null].filter(
      (at) => at !== null,
    );
    if (due.length === 0) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(Math.max(now + 1, Math.min(...due)));
  }
}
