/** Demand history and forecasts: uploaded whole or by days, stored in the database, announced to the item. */
import { kvForecastCache } from "../../storage/kv/forecast-cache.ts";
import { dateOf } from "../../shared/dates.ts";
import { storageOf } from "../../storage/storage.ts";
import type { ForecastDay } from "../../workflow/facts.ts";
import { mediaType, readCsv, readJson } from "../kit/body.ts";
import { itemObjectId, type AppContext } from "../kit/context.ts";
import { Problem } from "../../api/problems.ts";
import { announce, identityToWire, itemOf } from "./products.ts";
import { ForecastBody, parseForecastCsv, parseHistoryCsv } from "../kit/uploads.ts";
import { iso } from "../../api/to-wire.ts";

export async function putHistory(c: AppContext): Promise<Response> {
  const item = itemOf(c);
  const { days, warnings } = parseHistoryCsv(await readCsv(c));
  const upload = await storageOf(c.env).inputs.addDemand(item, itemObjectId(c, item), days);
  await announce(c, item, upload);
  return c.json(
    {
      ...identityToWire(item),
      days: days.length,
      first_date: dateOf(days[0]!.day),
      last_date: dateOf(days.at(-1)!.day),
      warnings,
    },
    upload.created ? 201 : 200,
  );
}

export async function getHistory(c: AppContext): Promise<Response> {
  const item = itemOf(c);
  const history = await storageOf(c.env).inputs.history(item);
  if (history === null) throw new Problem("not_found", "No demand history is stored for this product.");
  return c.json({
    ...identityToWire(item),
    days: history.units.map((units, index) => ({
      date: dateOf(history.firstDay + index),
      units,
      in_stock: history.inStock[index] === false ? 0 : 1,
    })),
  });
}

export async function putForecast(c: AppContext): Promise<Response> {
  const item = itemOf(c);
  const days: readonly ForecastDay[] =
    mediaType(c) === "application/json" ? await readJson(c, ForecastBody) : parseForecastCsv(await readCsv(c));
  const now = Date.now();
  const upload = await storageOf(c.env).inputs.putForecast(item, itemObjectId(c, item), days, now);
  await kvForecastCache(c.env.CACHE).put(item, upload.inputsVersion, { days, uploadedAt: now });
  await announce(c, item, upload);
  return c.json(
    {
      ...identityToWire(item),
      points: days.length,
      first_date: dateOf(days[0]!.day),
      last_date: dateOf(days.at(-1)!.day),
      uploaded_at: iso(now),
    },
    upload.created ? 201 : 200,
  );
}

export async function getForecast(c: AppContext): Promise<Response> {
  const item = itemOf(c);
  const forecast = await storageOf(c.env).inputs.forecast(item);
  if (forecast === null) throw new Problem("not_found", "No forecast is stored for this product.");
  return c.json({
    ...identityToWire(item),
    source: "upload",
    uploaded_at: iso(forecast.uploadedAt),
    age_seconds: Math.max(0, Math.round((Date.now() - forecast.uploadedAt) / 1_000)),
    points: forecast.days.map(({ day, ...point }) => ({ date: dateOf(day), ...point })),
  });
}
