/**
 * A person who answers questions or handles orders: one principal on every channel (I18). Plain data and pure questions
 * about it; the roster that finds people is in `http/auth`.
 */
import type { PERMISSIONS } from "../shared/statuses.ts";

export type Permission = (typeof PERMISSIONS)[number];

export interface Person {
  readonly personId: string;
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  readonly slackUser: string | null;
  /** The stores this person is bound to; null = all. */
  readonly stores: readonly string[] | null;
  readonly may: readonly Permission[];
  /** Order value, in the store's currency, above which this person's approval does not suffice; null = none. */
  readonly valueLimit: number | null;
  readonly away: Away | null;
}

/** Ends the links that a deleted person was given: the id, and digests of address and Slack user. */
export type FormerPerson = Pick<Person, "personId" | "email" | "slackUser">;

export interface Away {
  /** Days since 1970-01-01, both included. */
  readonly from: number;
  readonly to: number;
  readonly delegate: string;
}

/** The person's principal, which distinguishes people everywhere. */
export function principalOfPerson(personId: string): string {
  return `person:${personId}`;
}

export function isAway({ away }: Pick<Person, "away">, today: number): boolean {
  return away !== null && away.from <= today && today <= away.to;
}

/** Who is asked in this person's place today: themselves, and their delegate while they are away. */
export function askedFor<P extends Pick<Person, "away">>(
  person: P,
  today: number,
  find: (personId: string) => P | null,
): readonly P[] {
  const delegate = isAway(person, today) ? find(person.away!.delegate) : null;
  return delegate === null ? [person] : [person, delegate];
}
