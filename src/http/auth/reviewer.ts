/**
 * Makes a `Reviewer` of the person who answers, on any channel. A person of the roster is one principal everywhere
 * (I18), with their stores and limits; without people, each channel distinguishes its users by itself.
 */
import type { Settings } from "../../config/settings.ts";
import { principalOfPerson, type Person } from "../../workflow/person.ts";
import { mayReview } from "../../review/reviewers.ts";
import type { SlackUser } from "../../review/slack/slack-interaction.ts";
import type { Actor, ReviewChannel, ReviewerLimits } from "../../workflow/review.ts";
import { NO_LIMITS } from "../../workflow/asking/reviewer-limits.ts";
import type { AppContext } from "../kit/context.ts";
import type { Principal } from "./principal.ts";
import { rosterOf } from "./roster.ts";

/** Somebody who answers. */
export interface Reviewer {
  readonly actor: Actor;
  /** What others gave this person, and `REVIEWERS` may list; never what they call themselves. */
  readonly names: readonly string[];
  /** Their id in Slack, which `SLACK_ALLOWED_USERS` may list; null on every other channel. */
  readonly slackId: string | null;
  readonly limits: ReviewerLimits;
  /** Whether they may handle purchase orders; a channel without people does not say. */
  readonly mayOrder: boolean;
}

/** The key distinguishes people; what they call themselves is a label. */
export function keyReviewer(principal: Principal, channel: "api" | "inbox", label: string | null = null): Reviewer {
  return {
    actor: { principal: `key:${principal.keyId}`, label: label ?? principal.name, channel },
    names: [principal.keyId, principal.name],
    slackId: null,
    limits: { ...NO_LIMITS, stores: principal.stores === null ? null : [...principal.stores] },
    mayOrder: true,
  };
}

/** The holder of a link that was made for an address or for a person's id. Null = the person was deleted. */
export async function linkReviewer(c: AppContext, recipient: string): Promise<Reviewer | null> {
  const roster = await rosterOf(c.env);
  const person = roster.byEmail(recipient) ?? roster.byId(recipient);
  if (person !== null) return personReviewer(person, "link");
  if (roster.isFormer(recipient)) return null;
  return {
    actor: { principal: `link:${recipient.toLowerCase()}`, label: recipient, channel: "link" },
    names: [recipient],
    slackId: null,
    limits: NO_LIMITS,
    mayOrder: true,
  };
}

/** A Slack user who is not on the roster counts as the channel: many share it, so it is never a second person. */
export async function slackReviewer(c: AppContext, { id, principal, label }: SlackUser): Promise<Reviewer | null> {
  const roster = await rosterOf(c.env);
  const person = roster.bySlackUser(id);
  if (person !== null) return { ...personReviewer(person, "slack"), slackId: id };
  if (roster.isFormer(id)) return null;
  const names = [id, principal];
  if (roster.isEmpty)
    return { actor: { principal, label, channel: "slack" }, names, slackId: id, limits: NO_LIMITS, mayOrder: true };
  return {
    actor: { principal: "channel:slack", label, channel: "slack" },
    names,
    slackId: id,
    limits: { ...NO_LIMITS, countsForQuorum: false },
    mayOrder: true,
  };
}

export function personReviewer(person: Person, channel: ReviewChannel): Reviewer {
  return {
    actor: { principal: principalOfPerson(person.personId), label: person.name, channel, address: person.email },
    names: [person.personId, person.email, ...(person.slackUser === null ? [] : [person.slackUser])],
    slackId: null,
    limits: {
      stores: person.stores,
      mayReview: person.may.includes("review"),
      valueLimit: person.valueLimit,
      countsForQuorum: true,
    },
    mayOrder: person.may.includes("order"),
  };
}

/** Whether the lists of reviewers include this one; their limits are checked elsewhere. */
export function mayAnswer(config: Settings, { names, slackId }: Reviewer): boolean {
  const allowed = config.slack?.allowedUsers ?? null;
  if (slackId !== null && allowed !== null && !allowed.includes(slackId)) return false;
  return mayReview(config, names);
}
