/**
 * Where an item's object is made: near the first caller, which is its store's till or a program of the store's. It
 * stays there for good, and the hint of every later call is ignored (docs/operations.md).
 */
const BY_CONTINENT = { SA: "sam", AF: "afr", OC: "oc" } as const;
/** Degrees east. Between the regions' larger cities; a wrong side costs some tens of milliseconds. */
const MIDDLE_OF_NORTH_AMERICA = -100;
const MIDDLE_OF_EUROPE = 16;
const EAST_OF_THE_MIDDLE_EAST = 60;

type Place = Partial<Pick<IncomingRequestCfProperties, "continent" | "longitude">>;

/** Undefined if the caller's location is not known, as on a local machine. */
export function placedNear(place: Place | undefined): { locationHint?: DurableObjectLocationHint } {
  const hint = hintOf(place);
  return hint === null ? {} : { locationHint: hint };
}

function hintOf({ continent, longitude }: Place = {}): DurableObjectLocationHint | null {
  const east = Number(longitude ?? NaN);
  switch (continent) {
    case "NA":
      return east < MIDDLE_OF_NORTH_AMERICA ? "wnam" : "enam";
    case "EU":
      return east > MIDDLE_OF_EUROPE ? "eeur" : "weur";
    case "AS":
      return east < EAST_OF_THE_MIDDLE_EAST ? "me" : "apac";
    case "SA":
    case "AF":
    case "OC":
      return BY_CONTINENT[continent];
    default:
      return null;
  }
}
