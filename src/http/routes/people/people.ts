/** `/people`: who answers questions and handles orders. One person is one principal on every channel (I18). */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { PeopleAnswer, PersonAnswer, PersonBody } from "../../../api/person-shape.ts";
import { personToWire, toPerson } from "../../../api/person-to-wire.ts";
import { Problem, type FieldError } from "../../../api/problems.ts";
import { ListQuery } from "../../../api/world/lists.ts";
import type { Person } from "../../../workflow/person.ts";
import { storageOf } from "../../../storage/storage.ts";
import { tellStores } from "../../../store/tell-stores.ts";
import { forgetRoster, MOST_PEOPLE } from "../../auth/roster.ts";
import { world, type AppContext } from "../../kit/context.ts";
import { personWarnings } from "../../kit/warnings/person-warnings.ts";
import { withWarnings } from "../../kit/warnings/with-warnings.ts";
import { listPage } from "../../kit/list-page.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";
import { reachOfAll } from "../../../shared/reach.ts";
import { sha256Hex } from "../../../shared/sha256.ts";

const OF_PERSON = { params: z.object({ person_id: name }) } as const;

export const putPerson = guarded({
  ...OF_PERSON,
  method: "PUT",
  path: "/people/:person_id",
  scope: "admin",
  docs: {
    summary: "Describe a person: address, stores, what they may do, and their delegate",
    group: "people",
    body: json(PersonBody),
    answers: {
      200: { says: "Replaced", content: json(PersonAnswer) },
      201: { says: "Stored", content: json(PersonAnswer) },
    },
  },
  async handle(c, { params }) {
    const person = toPerson(params.person_id, await readJson(c, PersonBody));
    await refuseContradictions(c, person);
    const before = await world(c).get("person", person.personId);
    // Others may have been stored since that look.
    const stored = await world(c).putPerson(person);
    if (stored === "email_taken") throw contradictory([EMAIL_TAKEN]);
    if (stored === "slack_user_taken") throw contradictory([SLACK_USER_TAKEN]);
    await returnFormer(c, person);
    forgetRoster(c.env);
    await tellStores(c.env, reachOfAll(before === null ? [person] : [before, person]));
    const answer = withWarnings(personToWire(person), await personWarnings(c, person));
    return c.json(answer, stored === "created" ? 201 : 200);
  },
});

const EMAIL_TAKEN: FieldError = { pointer: "/email", message: "is another person's address" };
const SLACK_USER_TAKEN: FieldError = { pointer: "/slack_user", message: "is another person's Slack user" };

/** Two people of one address would be one principal with two sets of limits. */
async function refuseContradictions(c: AppContext, person: Person): Promise<void> {
  const people = await world(c).list("person", MOST_PEOPLE, null);
  const others = people.filter(({ personId }) => personId !== person.personId);
  const errors: FieldError[] = [];
  if (others.some(({ email }) => email === person.email)) errors.push(EMAIL_TAKEN);
  if (person.slackUser !== null && others.some(({ slackUser }) => slackUser === person.slackUser))
    errors.push(SLACK_USER_TAKEN);
  if (person.away !== null && !others.some(({ personId }) => personId === person.away!.delegate))
    errors.push({ pointer: "/away/delegate", message: "must be the person_id of another person" });
  if (others.length >= MOST_PEOPLE) errors.push({ pointer: "", message: `no more than ${MOST_PEOPLE} people` });
  if (errors.length > 0) throw contradictory(errors);
}

function contradictory(errors: readonly FieldError[]): Problem {
  return new Problem("validation_failed", "This person cannot be stored as described.", { errors });
}

export const getPerson = guarded({
  ...OF_PERSON,
  method: "GET",
  path: "/people/:person_id",
  scope: "admin",
  docs: {
    summary: "A person",
    group: "people",
    answers: { 200: { says: "The person", content: json(PersonAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    const person = await world(c).get("person", params.person_id);
    if (person === null) throw noSuchPerson();
    return c.json(personToWire(person));
  },
});

export const getPeople = guarded({
  method: "GET",
  path: "/people",
  scope: "admin",
  query: ListQuery,
  docs: {
    summary: "All people, by id",
    group: "people",
    answers: { 200: { says: "A page of people", content: json(PeopleAnswer) } },
  },
  async handle(c, { query }) {
    const page = await listPage(
      "people",
      query,
      (limit, after) => world(c).list("person", limit, after),
      ({ personId }) => personId,
    );
    return c.json({ people: page.entries.map(personToWire), next_cursor: page.nextCursor });
  },
});

export const deletePerson = guarded({
  ...OF_PERSON,
  method: "DELETE",
  path: "/people/:person_id",
  scope: "admin",
  docs: {
    summary: "Forget a person: links and sessions end within a minute, given approvals stay",
    group: "people",
    answers: { 204: NO_CONTENT },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    const person = await world(c).get("person", params.person_id);
    if (person === null) throw noSuchPerson();
    const { personId, email, slackUser } = person;
    // Written before the person is removed: their links must never count as a stranger's, even for a moment. As
    // digests, since it stays when everything else of them has gone.
    const former = { personId, email: sha256Hex(email), slackUser: slackUser === null ? null : sha256Hex(slackUser) };
    await world(c).put("former_person", personId, former);
    await world(c).delete("person", personId);
    await storageOf(c.env).sessions.endAllOf("person", personId);
    forgetRoster(c.env);
    await tellStores(c.env, person.stores);
    return c.body(null, 204);
  },
});

/** Somebody who comes back, or takes over an address, no longer counts as deleted. */
async function returnFormer(c: AppContext, { personId, email, slackUser }: Person): Promise<void> {
  const former = await world(c).list("former_person", MOST_PEOPLE, null);
  // Before, they were kept as they were.
  const names = [email, slackUser].flatMap((name) => (name === null ? [] : [name, sha256Hex(name)]));
  const returned = former.filter(
    (one) => one.personId === personId || names.some((name) => name === one.email || name === one.slackUser),
  );
  for (const one of returned) await world(c).delete("former_person", one.personId);
}

function noSuchPerson(): Problem {
  return new Problem("not_found", "There is no such person.");
}
