/**
 * What is stored about the item, kept in memory while it is fresh: object memory -> KV (forecast only) -> the database.
 * An upload tells the object its new version, so memory is wrong for no longer than that call takes; the hour's limit
 * covers the case that the call was lost.
 */
import type { ForecastCache } from "../storage/forecast-cache.ts";
import type { ItemIdentity } from "../storage/identity.ts";
import type { ItemInputStore } from "../storage/item-inputs.ts";
import type { ItemInputs, ItemTerms, UploadedForecast } from "../workflow/facts.ts";

/** As long as KV keeps a forecast. */
const FRESH_MS = 3_600_000;
/** After a failed load the stores are left alone for this long, and decisions go on with what there is. */
const RETRY_AFTER_FAILURE_MS = 5_000;

export interface KnownTerms {
  readonly version: number;
  readonly terms: ItemTerms | null;
}

export interface InputsDeps {
  readonly store: ItemInputStore;
  readonly cache: ForecastCache;
  readonly now: () => number;
  /** What the object remembers on disk from the last load or upload. */
  readonly remembered: () => KnownTerms;
  /** A failed load, for the log; never thrown, since a decision is still made. */
  readonly onFailure: (cause: unknown) => void;
}

export class Inputs {
  readonly #deps: InputsDeps;
  #loaded: ItemInputs | null = null;
  #validUntil = 0;
  #loading: Promise<ItemInputs> | null = null;

  constructor(deps: InputsDeps) {
    this.#deps = deps;
  }

  /** The inputs when they are in memory and fresh: the warm path, without an await. */
  fresh(): ItemInputs | null {
    return this.#loaded !== null && this.#deps.now() < this.#validUntil ? this.#loaded : null;
  }

  /** What memory or disk holds, without asking anybody: for reads that must not wait. */
  atHand(): ItemInputs {
    return this.#loaded ?? unavailable(this.#deps.remembered());
  }

  /** Never rejects: without the stores it answers what memory and disk still hold, marked `unavailable`. */
  async load(item: ItemIdentity): Promise<ItemInputs> {
    const fresh = this.fresh();
    if (fresh !== null) return fresh;
    this.#loading ??= this.#loadOnce(item).finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** An upload happened: whatever is in memory is old. */
  forget(): void {
    this.#validUntil = 0;
    this.#loading = null;
  }

  async #loadOnce(item: ItemIdentity): Promise<ItemInputs> {
    const { store, cache, now } = this.#deps;
    const { version } = this.#deps.remembered();
    const cachedForecast = version > 0 ? cache.get(item, version) : Promise.resolve(undefined);
    try {
      const [{ stored, history }, cached] = await Promise.all([store.loadForDecision(item), cachedForecast]);
      const current = stored?.inputsVersion ?? 0;
      const forecast = await this.#forecast(item, current, current === version ? cached : undefined);
      this.#loaded = { terms: stored?.terms ?? {}, history, forecast, unavailable: false, version: String(current) };
      this.#validUntil = now() + FRESH_MS;
      return this.#loaded;
    } catch (cause) {
      this.#deps.onFailure(cause);
      const forecast = (await cachedForecast) ?? null;
      const before = this.#loaded ?? unavailable(this.#deps.remembered());
      this.#loaded = forecast === null ? before : { ...before, forecast, unavailable: before.history === null && forecast === null };
      this.#validUntil = now() + RETRY_AFTER_FAILURE_MS;
      return this.#loaded;
    }
  }

  async #forecast(item: ItemIdentity, version: number, cached: UploadedForecast | null | undefined): Promise<UploadedForecast | null> {
    if (version === 0) return null;
    const known = cached ?? (await this.#deps.cache.get(item, version));
    if (known !== undefined) return known;
    const forecast = await this.#deps.store.forecast(item);
    await this.#deps.cache.put(item, version, forecast);
    return forecast;
  }
}

function unavailable({ terms, version }: KnownTerms): ItemInputs {
  return { terms: terms ?? {}, history: null, forecast: null, unavailable: true, version: String(version) };
}
