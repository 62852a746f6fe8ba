/** Sends an open question to a person by their own channel, for the API, a page and an assistant's tool alike. */
import { Problem } from "../../../api/problems.ts";
import { askedFor, isAway, type Person } from "../../../workflow/person.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import type { Reviewer } from "../../auth/reviewer.ts";
import { rosterOf } from "../../auth/roster.ts";
import { settings, type AppContext } from "../context.ts";
import { findWorkflow } from "../find-workflow.ts";
import { objectOfWorkflow } from "../item-stubs.ts";
import { aboveLimit } from "../../../workflow/asking/reviewer-limits.ts";
import { orderValue } from "../../../workflow/orders/money.ts";
import { refuse } from "./verdict-problem.ts";
import { localDay } from "../../../world/zones.ts";
import { reachesStore } from "../../../shared/reach.ts";

export const NOTE_MAX_LENGTH = 500;

/**
 * Their delegate is asked as well while they are away by the store's days (I13), if the delegate sees the store. Throws
 * a problem if the person cannot be asked.
 */
export async function askPerson(
  c: AppContext,
  workflowId: string,
  personId: string,
  by: Pick<Reviewer, "actor" | "limits">,
  { note = null, isOwnWish = false }: { readonly note?: string | null; readonly isOwnWish?: boolean } = {},
): Promise<void> {
  const [workflow, roster] = await Promise.all([findWorkflow(c, workflowId), rosterOf(c.env)]);
  const person = roster.byId(personId);
  // Who asks for some stores alone does not learn of people of the others (I19).
  if (person === null || (by.limits.stores !== null && !seesStoreOf(person, workflow)))
    throw wrongPerson("is nobody on the roster");
  if (!seesStoreOf(person, workflow)) throw wrongPerson("does not see this store");
  if (!person.may.includes("review")) throw wrongPerson("may not answer questions");
  if (settings(c).email === null) throw wrongPerson("cannot be reached: mail is not set up");
  const today = localDay(Date.now(), workflow.shownAs?.timeZone ?? "UTC");
  const people = askedFor(person, today, (id) => roster.byId(id)).filter((one) => seesStoreOf(one, workflow));
  const answer = await objectOfWorkflow(c, workflowId).askPeople({
    schema: 1,
    workflowId,
    people: people.map((one) => ({ personId: one.personId, address: one.email })),
    actor: by.actor,
    note,
    isOwnWish,
  });
  if (answer === null) return refuse(workflow, { reason: "not_awaiting_review" });
  if (answer.refusal !== null) refuse(answer.workflow, answer.refusal);
}

export interface Colleague {
  readonly personId: string;
  readonly name: string;
}

/** Who else can be asked about a question: people who see its store and may answer, without the reader. */
export async function colleaguesOf(c: AppContext, workflow: Workflow, personId: string): Promise<readonly Colleague[]> {
  if (settings(c).email === null) return [];
  return (await rosterOf(c.env)).people
    .filter((person) => person.personId !== personId && person.may.includes("review") && seesStoreOf(person, workflow))
    .map((person) => ({ personId: person.personId, name: `${person.name}${caveatOf(person, workflow)}` }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Why asking this person may not help: they are away by the store's days (I13), or may not approve as much. */
function caveatOf(person: Person, { shownAs, snapshot, recommendation }: Workflow): string {
  if (isAway(person, localDay(Date.now(), shownAs?.timeZone ?? "UTC"))) return " (away)";
  const value = orderValue(snapshot, recommendation?.quantity ?? 0);
  return aboveLimit(value, person) === null ? "" : " (above their limit)";
}

function seesStoreOf({ stores }: Person, { storeId }: Workflow): boolean {
  return reachesStore(stores, storeId);
}

function wrongPerson(message: string): Problem {
  return new Problem("validation_failed", "This person cannot be asked.", {
    errors: [{ pointer: "/person_id", message }],
  });
}
