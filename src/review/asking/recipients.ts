/**
 * Who is asked by mail about a store: its reviewers, else `REVIEW_EMAIL_TO`, and the delegates of people who are away.
 * Pure.
 */
import { askedFor } from "../../workflow/person.ts";
import { storeDay } from "../../world/opening.ts";
import type { AskedPerson, WorldSlice } from "../../world/types.ts";

export interface Recipient {
  readonly address: string;
  /** Their id on the roster; null = an address without a person. */
  readonly person: string | null;
  /** The absent person for whom they answer. */
  readonly insteadOf: string | null;
}

/** What is known of the store and its people. */
export interface Reviewed extends Pick<WorldSlice, "store" | "people"> {
  readonly webhooks?: WorldSlice["webhooks"] | undefined;
}

export function recipientsOf({ store, people = [] }: Reviewed, everybody: readonly string[], now: number): Recipient[] {
  const own = (store?.reviewers ?? []).flatMap((name) => recipientsNamed(name, people, storeDay(now, store)));
  // All named people may have been deleted; somebody must still be asked.
  const asked = own.length > 0 ? own : everybody.flatMap((name) => recipientsNamed(name, people, storeDay(now, store)));
  const first = new Map<string, Recipient>();
  // A person who is asked themselves is not asked again as a delegate.
  for (const one of asked.toSorted((a, b) => Number(a.insteadOf !== null) - Number(b.insteadOf !== null))) {
    const key = one.address.toLowerCase();
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

function recipientsNamed(name: string, people: readonly AskedPerson[], today: number): Recipient[] {
  const person = people.find(({ personId, email }) => personId === name || email === name.toLowerCase());
  if (person === undefined) return name.includes("@") ? [{ address: name, person: null, insteadOf: null }] : [];
  const find = (id: string): AskedPerson | null => people.find(({ personId }) => personId === id) ?? null;
  return askedFor(person, today, find).map((one) => ({
    address: one.email,
    person: one.personId,
    insteadOf: one === person ? null : person.name,
  }));
}
