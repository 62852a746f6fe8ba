/** What is accepted of a person and has no effect as it is. */
import type { Person } from "../../../workflow/person.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { world, type AppContext } from "../context.ts";
import { unknownStores } from "./known-names.ts";

export async function personWarnings(c: AppContext, person: Person): Promise<string[]> {
  const { away, valueLimit, stores } = person;
  const delegate = away === null ? null : await world(c).get("person", away.delegate);
  return [
    ...(valueLimit === 0 ? ["value_limit: with 0 this person approves nothing that costs money"] : []),
    ...(await unknownStores(c, stores, " yet")),
    ...(away === null ? [] : awayWarnings(person, away, delegate)),
  ];
}

function awayWarnings({ stores }: Person, { to }: NonNullable<Person["away"]>, delegate: Person | null): string[] {
  // A day later than in UTC, it is over in every zone.
  if (to < Math.floor(Date.now() / DAY_MS) - 1) return ["away: is over, so nobody else is asked"];
  if (delegate === null) return [];
  const { personId } = delegate;
  const seesAll = delegate.stores === null || stores?.every((storeId) => delegate.stores?.includes(storeId)) === true;
  return [
    ...(seesAll ? [] : [`away: ${personId} does not see all stores of this person, and is not asked about the others`]),
    ...(delegate.may.includes("review") ? [] : [`away: ${personId} is without the permission to answer (review)`]),
  ];
}
