/**
 * Somebody asks a colleague to answer: the question is also sent to that person, from a row that is written first (I7).
 */
import { QUIET } from "../../review/deliverer.ts";
import { refusalOf } from "../../workflow/refusals.ts";
import { audited, entryBy, touch } from "../../workflow/record.ts";
import type { Actor } from "../../workflow/review.ts";
import type { Delivery } from "../../workflow/types/delivery.ts";
import type { Item } from "../item.ts";
import type { VerdictAnswer } from "../verdicts.ts";

/** A call to an item (I12). */
export interface AskPeople {
  readonly schema: 1;
  readonly workflowId: string;
  /** `personId` is null for an address that is nobody's on the roster. */
  readonly people: readonly { readonly personId: string | null; readonly address: string }[];
  /** Who wants them asked. */
  readonly actor: Actor;
  /** Their note to the person; absent or null = none. */
  readonly note?: string | null;
  /** The person asked for a link of their own; nobody else asks them. */
  readonly isOwnWish?: boolean;
  /** They get it once more, even if they have it. */
  readonly isAgain?: boolean;
}

/**
 * People who already have the mail get no second one, unless there is a note, or they ask for it once more. Null when
 * there is no such workflow.
 */
export function askPeople(
  item: Item,
  { workflowId, people, actor, note = null, isOwnWish = false, isAgain = false }: AskPeople,
): VerdictAnswer | null {
  item.expireOverdue();
  const workflow = item.find(workflowId);
  if (workflow === null) return null;
  if (workflow.status !== "awaiting_human_review") return { workflow, refusal: refusalOf(workflow) };
  const now = item.deps.now();
  const { id, revision, deliveries } = workflow;
  const kind = note !== null ? "note" : isAgain ? "again" : "ask";
  const added = people
    .map(({ personId, address }): Delivery => ({
      key: `${id}/${revision}/${kind}/email/${address}`,
      channel: "email",
      purpose: "ask",
      revision,
      recipient: address,
      ...(personId === null ? {} : { person: personId }),
      ...(isOwnWish ? {} : { asked: { by: actor.label, note } }),
      isWished: true,
      status: "pending",
      attempts: 0,
      dueAt: now,
    }))
    .filter(({ key }) => !deliveries.some((other) => other.key === key && !wasKeptQuiet(other)));
  if (added.length === 0) return { workflow, refusal: null };
  const names = added.map(({ person, recipient }) => person ?? recipient).join(", ");
  const detail = note === null ? names : `${names}: ${note}`;
  const asked = touch(
    workflow,
    {
      deliveries: [...deliveries.filter(({ key }) => !added.some((one) => one.key === key)), ...added],
      audit: audited(workflow, { at: now, event: "asked", ...entryBy(actor), detail }),
    },
    now,
  );
  item.write({ workflows: [asked] });
  return { workflow: asked, refusal: null };
}

/** A message that the store's quota held back reached nobody. */
function wasKeptQuiet({ status, error }: Delivery): boolean {
  return status !== "done" && error === QUIET;
}
