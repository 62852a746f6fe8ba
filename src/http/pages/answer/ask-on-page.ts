/** "Ask Ben" on a question's page: from the form to what the page says next. */
import { Problem } from "../../../api/problems.ts";
import { principalOfPerson } from "../../../workflow/person.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import type { AskForm } from "../../../ui/review/ask-colleague.tsx";
import { rosterOf } from "../../auth/roster.ts";
import type { Reviewer } from "../../auth/reviewer.ts";
import type { AppContext } from "../../kit/context.ts";
import { askPerson, colleaguesOf, NOTE_MAX_LENGTH } from "../../kit/verdict/ask-person.ts";
import { untouched, type Shown } from "./take-answer.ts";

/** Whom a form asks; null = it asks nobody. */
export function askedIn(form: URLSearchParams): string | null {
  const asked = form.get("ask");
  return asked === "" ? form.get("colleague") : asked;
}

export async function askOnPage(
  c: AppContext,
  workflowId: string,
  personId: string,
  by: Reviewer,
  form: URLSearchParams,
): Promise<Shown> {
  const note = (form.get("note") ?? "").trim().slice(0, NOTE_MAX_LENGTH) || null;
  try {
    await askPerson(c, workflowId, personId, by, { note });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [fault] = error.extras.errors ?? [];
    const text = fault === undefined ? error.message : `This person ${fault.message}.`;
    return { ...untouched(null), notice: { tone: "amber", title: "Nobody was asked", text }, status: 409 };
  }
  const name = (await rosterOf(c.env)).byId(personId)?.name ?? personId;
  const text = `${name} gets the question by mail, with a link of their own. You can still answer.`;
  return { ...untouched(null), notice: { tone: "green", title: `${name} is asked`, text } };
}

/** The reader of a forwarded link is mailed their own, if they may answer; the page does not say who may. */
export async function sendOwnLink(c: AppContext, workflowId: string, address: string, by: Reviewer): Promise<Shown> {
  const person = (await rosterOf(c.env)).byEmail(address.trim());
  if (person !== null)
    try {
      await askPerson(c, workflowId, person.personId, by, { isOwnWish: true });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  const text =
    "If this address belongs to somebody who may answer, the question is in their mail, with a link of their own.";
  return { ...untouched(null), notice: { tone: "green", title: "Look into your mail", text } };
}

/** Null for a link if nobody else can be asked, or if its reader is not on the roster. */
export async function askFormOf(
  c: AppContext,
  workflow: Workflow,
  reviewer: Reviewer,
  form: Pick<AskForm, "action" | "csrf">,
): Promise<AskForm | null> {
  const roster = await rosterOf(c.env);
  const own = roster.people.find(({ personId }) => principalOfPerson(personId) === reviewer.actor.principal);
  if (own === undefined && reviewer.actor.channel === "link") return null;
  const colleagues = await colleaguesOf(c, workflow, own?.personId ?? "");
  return colleagues.length === 0 && reviewer.actor.channel === "link" ? null : { ...form, colleagues };
}
