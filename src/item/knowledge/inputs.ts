/**
 * What is stored about the item. It is read from memory, then from KV (the forecast only), then from the database. An
 * upload calls the object with the new version. Memory is also dropped after an hour, in case that call was lost.
 */
import type { ForecastCache } from "../../storage/kv/forecast-cache.ts";
import type { ItemIdentity } from "../../storage/identity.ts";
import { toHistory, toStoredItem, type ItemInputStore, type StoredInputs } from "../../storage/item-inputs.ts";
import type { ItemInputs } from "../../workflow/facts.ts";
import type { ItemTerms } from "../../workflow/item-terms.ts";
import type { DemandHistory } from "../../world/history.ts";
import type { UploadedForecast } from "../../world/forecast.ts";
import { HOUR_MS, MINUTE_MS } from "../../shared/durations.ts";
import { borrowedSales, borrows } from "./borrowed-sales.ts";

/** As long as KV keeps a forecast. */
const FRESH_MS = HOUR_MS;
/**
 * An upload informs only its own item, so an item that borrows another's sales reads them again this often.
 */
const BORROWED_FRESH_MS = MINUTE_MS;
/** After a failed load the stores are left alone for this long, and decisions go on with what there is. */
const RETRY_AFTER_FAILURE_MS = 5_000;

const UNAVAILABLE: ItemInputs = { terms: {}, history: null, forecast: null, unavailable: true, version: "0" };

export interface KnownTerms {
  readonly version: number;
  readonly terms: ItemTerms | null;
}

export interface InputsDeps {
  readonly store: Pick<ItemInputStore, "loadForDecision" | "forecast">;
  readonly cache: ForecastCache;
  readonly now: () => number;
  /** What the object remembers on disk from the last load or upload. */
  readonly remembered: () => KnownTerms;
  /** A failed load, for the log; never thrown, since a decision is still made. */
  readonly onFailure: (cause: unknown) => void;
}

interface Loaded {
  readonly inputs: ItemInputs;
  readonly validMs: number;
}

export class Inputs {
  readonly #deps: InputsDeps;
  #loaded: ItemInputs | null = null;
  #validUntil = 0;
  #loading: Promise<ItemInputs> | null = null;
  /** How often inputs in memory became stale since the object opened: a load that one overtook is repeated. */
  #forgotten = 0;
  /** The store's newest count of bulk uploads that a load was requested with. */
  #storeUploads = 0;

  constructor(deps: InputsDeps) {
    this.#deps = deps;
  }

  /**
   * The inputs when they are in memory and fresh: the warm path, without an await.
   *
   * @param uploads the store's count of bulk uploads; inputs loaded before the newest one are stale.
   */
  fresh(uploads?: number): ItemInputs | null {
    if (this.#loaded === null || this.#deps.now() >= this.#validUntil) return null;
    return (uploads ?? 0) <= this.#storeUploads ? this.#loaded : null;
  }

  /** What memory and disk hold, for reads that must not wait. Settings on disk may be newer. */
  atHand(): ItemInputs {
    const { version, terms } = this.#deps.remembered();
    const known = this.#loaded ?? UNAVAILABLE;
    return version > Number(known.version) ? { ...known, terms: terms ?? {}, version: String(version) } : known;
  }

  /**
   * Never rejects: when the stores fail it returns what memory and disk still hold, marked `unavailable`.
   *
   * @param brought what the caller already read about this item.
   */
  async load(item: ItemIdentity, uploads?: number, brought?: StoredInputs): Promise<ItemInputs> {
    const fresh = this.fresh(uploads);
    if (fresh !== null) return fresh;
    if (uploads !== undefined && uploads > this.#storeUploads) {
      this.#storeUploads = uploads;
      this.forget();
    }
    this.#loading ??= this.#loadOnce(item, brought).finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** An upload happened: the inputs in memory are stale, and those being loaded may be. */
  forget(): void {
    this.#forgotten++;
    this.#validUntil = 0;
    this.#loading = null;
  }

  async #loadOnce(item: ItemIdentity, brought: StoredInputs | undefined): Promise<ItemInputs> {
    const before = this.#forgotten;
    const { inputs, validMs } = await this.#ask(item, brought);
    if (before !== this.#forgotten) return this.load(item);
    this.#loaded = inputs;
    this.#validUntil = this.#deps.now() + validMs;
    return inputs;
  }

  async #ask(item: ItemIdentity, brought: StoredInputs | undefined): Promise<Loaded> {
    const { version } = this.#deps.remembered();
    // Inputs that the caller read before a newer upload are read again.
    const given = brought !== undefined && (brought.row?.inputs_version ?? 0) >= version ? brought : null;
    const hasNoForecast = given?.hasForecast === false;
    // Asked beside the database; of a version that turns out to be stale it is not used.
    const cached = hasNoForecast ? null : this.#cached(item, version);
    try {
      const [{ stored, history }, known] = await Promise.all([
        given === null ? this.#deps.store.loadForDecision(item) : parsed(given),
        cached,
      ]);
      const current = stored?.inputsVersion ?? 0;
      const ofCurrent = current === version || hasNoForecast ? known : await this.#cached(item, current);
      const forecast = await this.#forecast(item, current, ofCurrent);
      // This replica of the database is behind an upload: keep the newer settings, and ask again soon.
      if (current < this.#deps.remembered().version)
        return { inputs: this.#withNewerTerms(history), validMs: RETRY_AFTER_FAILURE_MS };
      const terms = stored?.terms ?? {};
      const borrowed = await borrowedSales(item, terms, (lender) => this.#deps.store.loadForDecision(lender, "lent"));
      const hasSettings = stored?.terms != null;
      return {
        inputs: { terms, hasSettings, history, forecast, borrowed, unavailable: false, version: String(current) },
        validMs: borrows(terms) ? BORROWED_FRESH_MS : FRESH_MS,
      };
    } catch (cause) {
      this.#deps.onFailure(cause);
      const forecast = (await cached) ?? null;
      const atHand = this.atHand();
      const inputs = forecast === null ? atHand : { ...atHand, forecast, unavailable: false };
      return { inputs, validMs: RETRY_AFTER_FAILURE_MS };
    }
  }

  #withNewerTerms(history: DemandHistory | null): ItemInputs {
    const { version, terms } = this.#deps.remembered();
    const known = { ...this.atHand(), terms: terms ?? {}, hasSettings: terms !== null };
    return { ...known, history, unavailable: false, version: String(version) };
  }

  /** Undefined = not cached. Under version 0 nothing was uploaded. */
  async #cached(item: ItemIdentity, version: number): Promise<UploadedForecast | null | undefined> {
    return version === 0 ? null : this.#deps.cache.get(item, version);
  }

  async #forecast(
    item: ItemIdentity,
    version: number,
    cached: UploadedForecast | null | undefined,
  ): Promise<UploadedForecast | null> {
    if (cached !== undefined) return cached;
    const forecast = await this.#deps.store.forecast(item);
    await this.#deps.cache.put(item, version, forecast);
    return forecast;
  }
}

function parsed({ row, years }: StoredInputs) {
  return { stored: toStoredItem(row), history: toHistory(row?.sales, years) };
}
