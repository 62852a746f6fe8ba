/** `/forecasts/{product_id}`: a demand forecast of the store's own, stored whole and announced to the item. */
import * as z from "zod";
import { Problem } from "../../../api/problems.ts";
import { ForecastAnswer, ForecastUploadAnswer } from "../../../api/item-responses.ts";
import { iso } from "../../../api/to-wire.ts";
import { kvForecastCache } from "../../../storage/kv/forecast-cache.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { ForecastDay } from "../../../world/forecast.ts";
import { world } from "../../kit/context.ts";
import { itemObjectId } from "../../kit/item-stubs.ts";
import { announce, identityToWire, itemOf, OF_ITEM } from "../../kit/named-item.ts";
import { mediaType, readCsv, readJson } from "../../kit/request/body.ts";
import { ForecastBody, forecastFromCsv } from "../../kit/request/forecast-rows.ts";
import { dailyForecast } from "../../kit/request/forecast-period.ts";
import { SALES_PERIODS } from "../../../world/sales/periods.ts";
import { guarded, json } from "../../kit/route.ts";
import { isoDay } from "../../../shared/calendar-dates.ts";

export const putForecast = guarded({
  params: OF_ITEM.params,
  query: OF_ITEM.query.extend({
    period: z.enum(SALES_PERIODS).optional().describe("The period that a row covers; default day"),
  }),
  method: "PUT",
  path: "/forecasts/:product_id",
  scope: "write",
  docs: {
    summary: "Store a demand forecast (CSV: date,mean and optional p10,p50,p90 or std)",
    group: "items",
    body: { "text/csv": null, "application/json": ForecastBody },
    answers: {
      200: { says: "Replaced", content: json(ForecastUploadAnswer) },
      201: { says: "Stored", content: json(ForecastUploadAnswer) },
    },
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const points: readonly ForecastDay[] =
      mediaType(c) === "application/json" ? await readJson(c, ForecastBody) : forecastFromCsv(await readCsv(c));
    const { period } = asked.query;
    const isSpread = period === "week" || period === "month";
    const store = isSpread ? (await world(c).ofStore(item.storeId)).store : null;
    const days = dailyForecast(points, period, store);
    const now = Date.now();
    const upload = await storageOf(c.env).inputs.putForecast(item, itemObjectId(c, item), days, now);
    await kvForecastCache(c.env.CACHE).put(item, upload.inputsVersion, { days, uploadedAt: now });
    await announce(c, item, upload);
    return c.json(
      {
        ...identityToWire(item),
        points: days.length,
        first_date: isoDay(days[0]!.day),
        last_date: isoDay(days.at(-1)!.day),
        uploaded_at: iso(now),
      },
      upload.created ? 201 : 200,
    );
  },
});

export const getForecast = guarded({
  ...OF_ITEM,
  method: "GET",
  path: "/forecasts/:product_id",
  scope: "read",
  docs: {
    summary: "The stored forecast, with its age",
    group: "items",
    answers: { 200: { says: "The forecast", content: json(ForecastAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const forecast = await storageOf(c.env).inputs.forecast(item);
    if (forecast === null) throw new Problem("not_found", "No forecast is stored for this product.");
    return c.json({
      ...identityToWire(item),
      source: "upload",
      uploaded_at: iso(forecast.uploadedAt),
      age_seconds: Math.max(0, Math.round((Date.now() - forecast.uploadedAt) / 1_000)),
      points: forecast.days.map(({ day, ...point }) => ({ date: isoDay(day), ...point })),
    });
  },
});
