/**
 * Forecasts read near the store: KV under a key that names the item and the version of what was uploaded, so that an
 * old entry can never be taken for a new one. Correctness does not depend on it (I1): a miss or a failure only costs a
 * read of the database.
 */
import * as z from "zod";
import { madeOnce } from "../../shared/made-once.ts";
import { sha256Hex } from "../../shared/sha256.ts";
import type { UploadedForecast } from "../../world/forecast.ts";
import { inTime } from "../../shared/waiting/in-time.ts";
import { objectName, type ItemIdentity } from "../identity.ts";
import { FORECAST_SCHEMA, storedForecast } from "../item-inputs.ts";

const TTL_SECONDS = 3_600;
/** A cache that answers later than the database would is not worth waiting for. */
const LIMIT_MS = 1_000;

const cached = madeOnce(() => storedForecast().extend({ uploadedAt: z.number() }));

export interface ForecastCache {
  /** Undefined = not cached (or not readable); null = known to have no forecast. */
  get(item: ItemIdentity, version: number): Promise<UploadedForecast | null | undefined>;
  put(item: ItemIdentity, version: number, forecast: UploadedForecast | null): Promise<void>;
}

export function kvForecastCache(kv: KVNamespace): ForecastCache {
  return {
    async get(item, version) {
      try {
        const value = await inTime(kv.get(keyOf(item, version), "json"), LIMIT_MS);
        if (value === null) return undefined;
        if (value === "none") return null;
        const { uploadedAt, days } = cached().parse(value);
        return { uploadedAt, days };
      } catch {
        return undefined;
      }
    },
    async put(item, version, forecast) {
      try {
        const value = forecast === null ? "none" : { schema: FORECAST_SCHEMA, ...forecast };
        await inTime(kv.put(keyOf(item, version), JSON.stringify(value), { expirationTtl: TTL_SECONDS }), LIMIT_MS);
      } catch {
        // The next reader asks the database; a cache that cannot be filled must not fail anything.
      }
    },
  };
}

/** KV keys are limited to 512 bytes and item names are not: a hash takes their place. */
function keyOf(item: ItemIdentity, version: number): string {
  return `forecast/${sha256Hex(objectName(item))}/${version}`;
}
