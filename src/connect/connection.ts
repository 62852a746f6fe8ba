/**
 * One store's connection to one shop system: `delivery-inbox.ts` keeps deliveries, `player.ts` applies them. A
 * delivery is acknowledged once it is on disk, and applied after that; after a crash the alarm applies it.
 * The identity comes with the first delivery and is kept.
 */
import { requireSettings } from "../config/settings.ts";
import { AlarmClock } from "../shared/alarm-clock.ts";
import { errorFields, type Log } from "../telemetry/log.ts";
import { countFailure, telemetryOf } from "../telemetry/telemetry.ts";
import { connectionId, type Platform } from "../world/outside/shop-connection.ts";
import { storageOf } from "../storage/storage.ts";
import type { ConnectBindings } from "./bindings.ts";
import { Goods, GOODS_TABLES } from "./goods.ts";
import { Inbox, INBOX_TABLES, type DeliveryStatus, type KeptDelivery, type NewDelivery } from "./delivery-inbox.ts";
import { Ledger, LEDGER_TABLES } from "./ledger.ts";
import { Player } from "./player.ts";
import { SalesWriter } from "./sales-writer.ts";
import { DAY_MS } from "../shared/durations.ts";

const ABOUT_TABLE =
  "CREATE TABLE IF NOT EXISTS about (id INTEGER PRIMARY KEY CHECK (id = 1), platform TEXT NOT NULL, store_id " +
  "TEXT NOT NULL, origin TEXT NOT NULL) STRICT";
const RETRY_MS = 10_000;
/** A change of the connection takes effect within a minute, however much there is to do. */
const DESCRIPTION_TRUSTED_MS = 20_000;
/** Time for what is started at once to be done without an alarm. */
const BACKSTOP_MS = 5_000;

export interface DeliveryCall {
  readonly schema: 1;
  readonly platform: Platform;
  readonly storeId: string;
  /** Where links point. */
  readonly origin: string;
  readonly delivery: NewDelivery;
}

interface About extends Record<string, SqlStorageValue> {
  readonly platform: Platform;
  readonly store_id: string;
  readonly origin: string;
}

export class Connection {
  readonly #ctx: DurableObjectState;
  readonly #env: ConnectBindings;
  readonly #alarm: AlarmClock;
  readonly #inbox: Inbox;
  readonly #ledger: Ledger;
  readonly #goods: Goods;
  #about: About | null = null;
  #working: Promise<void> | null = null;

  constructor(ctx: DurableObjectState, env: ConnectBindings) {
    this.#ctx = ctx;
    this.#env = env;
    const { sql } = ctx.storage;
    this.#alarm = new AlarmClock(ctx.storage);
    this.#inbox = new Inbox(sql);
    this.#ledger = new Ledger(sql);
    this.#goods = new Goods(sql);
    const isMade = sql.exec("SELECT 1 FROM sqlite_schema WHERE name = 'about'").toArray().length > 0;
    if (isMade) this.#about = sql.exec<About>("SELECT platform, store_id, origin FROM about").toArray()[0] ?? null;
  }

  async wake(): Promise<void> {
    if (this.#about === null) return;
    await this.#alarm.load(Date.now());
    this.#alarm.arm(this.#nextDue(), Date.now());
  }

  /** Resolves once the delivery is stored; a known id changes nothing. */
  async receive({ platform, storeId, origin, delivery }: DeliveryCall): Promise<"accepted" | "duplicate"> {
    const now = Date.now();
    const isNew = this.#ctx.storage.transactionSync(() => {
      this.#know({ platform, store_id: storeId, origin });
      return this.#inbox.add(delivery, now);
    });
    if (!isNew) return "duplicate";
    this.#alarm.arm(now + BACKSTOP_MS, now);
    this.#start();
    return "accepted";
  }

  async deliveries(status: DeliveryStatus | null, limit: number, before: number | null): Promise<KeptDelivery[]> {
    return this.#about === null ? [] : this.#inbox.list(status, limit, before);
  }

  /** False = there is no such delivery. */
  async replay(id: string): Promise<boolean> {
    const now = Date.now();
    if (this.#about === null || !this.#inbox.replay(id, now)) return false;
    this.#alarm.arm(now + BACKSTOP_MS, now);
    this.#start();
    return true;
  }

  /** Processes the due deliveries, and resolves when done. */
  async poke(): Promise<void> {
    this.#start();
    await this.#working;
  }

  async onAlarm(): Promise<void> {
    await this.#alarm.ringing(this.#nextDue() !== null, Date.now());
    await this.poke();
    await this.#alarm.rearm(this.#nextDue(), Date.now());
  }

  #start(): void {
    if (this.#about === null || this.#working !== null) return;
    this.#working = this.#work(this.#about).finally(() => (this.#working = null));
    this.#ctx.waitUntil(this.#working);
  }

  /** Never rejects: after a failure the alarm tries again. */
  async #work(about: About): Promise<void> {
    const log = telemetryOf(this.#env).log.with({ store_id: about.store_id });
    try {
      this.#ledger.forgetBefore(Math.floor(Date.now() / DAY_MS) - requireSettings(this.#env).retentionDays);
      // More deliveries may arrive while sales are written.
      do await this.#playSome(about, log);
      while (this.#inbox.next(Date.now()) !== null);
      this.#inbox.prune(Date.now());
    } catch (error) {
      log.warn("connection_waits", errorFields(error));
      this.#alarm.arm(Date.now() + RETRY_MS, Date.now());
    }
  }

  /** What is due, for as long as the connection's description may be trusted; then the sales that it made. */
  async #playSome({ platform, store_id: storeId, origin }: About, log: Log): Promise<void> {
    const { world } = storageOf(this.#env);
    const until = Date.now() + DESCRIPTION_TRUSTED_MS;
    const [connection, store] = await Promise.all([
      world.get("connection", connectionId(platform, storeId)),
      world.get("store", storeId),
    ]);
    const { storage } = this.#ctx;
    const shared = { env: this.#env, storage, ledger: this.#ledger, storeId, store };
    const player = new Player({
      ...shared,
      connection,
      origin: requireSettings(this.#env).publicUrl ?? origin,
      inbox: this.#inbox,
      goods: this.#goods,
      log,
      lost: () =>
        countFailure(telemetryOf(this.#env), "connection", {
          context: this.#ctx,
          counters: storageOf(this.#env).counters,
        }),
    });
    for (
      let next = this.#inbox.next(Date.now());
      next !== null && Date.now() < until;
      next = this.#inbox.next(Date.now())
    )
      await player.play(next);
    await new SalesWriter(shared).write(Date.now());
  }

  #nextDue(): number | null {
    if (this.#about === null) return null;
    const due = this.#inbox.nextDue();
    const now = Date.now();
    const later = this.#ledger.unwritten(1).length > 0 || (due !== null && due <= now) ? now + RETRY_MS : null;
    return later ?? due;
  }

  #know(about: About): void {
    const known = this.#about;
    if (known !== null && known.origin === about.origin) return;
    const { sql } = this.#ctx.storage;
    for (const table of [ABOUT_TABLE, ...INBOX_TABLES, ...LEDGER_TABLES, ...GOODS_TABLES]) sql.exec(table);
    sql.exec("INSERT OR REPLACE INTO about VALUES (1, ?, ?, ?)", about.platform, about.store_id, about.origin);
    this.#about = about;
  }
}
