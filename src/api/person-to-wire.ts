/** A person from the wire's shape and back. */
import type * as z from "zod";
import type { Person } from "../workflow/person.ts";
import type { PersonAnswer, PersonBody } from "./person-shape.ts";
import { isoDay } from "../shared/calendar-dates.ts";

export function toPerson(personId: string, body: z.output<typeof PersonBody>): Person {
  return {
    personId,
    name: body.name,
    email: body.email,
    slackUser: body.slack_user ?? null,
    stores: body.stores ?? null,
    may: body.may,
    valueLimit: body.value_limit ?? null,
    away: body.away ?? null,
  };
}

export function personToWire(person: Person): z.output<typeof PersonAnswer> {
  const { away } = person;
  return {
    person_id: person.personId,
    name: person.name,
    email: person.email,
    slack_user: person.slackUser,
    stores: person.stores === null ? null : [...person.stores],
    may: [...person.may],
    value_limit: person.valueLimit,
    away: away === null ? null : { from: isoDay(away.from), to: isoDay(away.to), delegate: away.delegate },
  };
}
