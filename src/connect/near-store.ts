/**
 * Where the item of a connected shop is made, if the shop's event reaches it first: near its store, as far as the
 * store's time zone says. Near the connection would be near the shop's servers, or near who set it up.
 */
import { placedNear } from "../shared/location-hint.ts";
import { offsetAt } from "../world/zones.ts";
import type { StoreFacts } from "../world/types.ts";
import { HOUR_MS } from "../shared/durations.ts";

const CONTINENTS: Readonly<Record<string, ContinentCode>> = {
  Africa: "AF",
  America: "NA",
  Asia: "AS",
  Atlantic: "EU",
  Australia: "OC",
  Europe: "EU",
  Indian: "AS",
  Pacific: "OC",
};
/** Zones of "America" that lie in the south. */
const SOUTH_AMERICA = new Set(
  (
    "Araguaina Argentina Asuncion Bahia Belem Boa_Vista Bogota Buenos_Aires Campo_Grande Caracas Cayenne Cuiaba " +
    "Fortaleza Guayaquil Guyana La_Paz Lima Maceio Manaus Montevideo Paramaribo Porto_Velho Punta_Arenas Recife " +
    "Rio_Branco Santarem Santiago Sao_Paulo"
  ).split(" "),
);
/** In January no country north of the equator has summer time, which moves a clock away from its place. */
const WINTER = Date.UTC(2026, 0, 15);
const DEGREES_AN_HOUR = 15;

/** Empty where the store is unknown, or its zone names no place. */
export function nearStore(store: Pick<StoreFacts, "timeZone"> | null): ReturnType<typeof placedNear> {
  const timeZone = store?.timeZone ?? "UTC";
  const [area = "", city = ""] = timeZone.split("/");
  const continent = area === "America" && SOUTH_AMERICA.has(city) ? "SA" : CONTINENTS[area];
  if (continent === undefined) return {};
  // Zones are drawn west of the clock that they keep: half an hour, on average.
  const hours = offsetAt(WINTER, timeZone) / HOUR_MS - 0.5;
  return placedNear({ continent, longitude: String(hours * DEGREES_AN_HOUR) });
}
