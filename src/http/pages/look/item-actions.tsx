/**
 * What a person does to an item from a page: works its order out again after nobody answered, and takes an answer back.
 * Neither orders anything: the first one asks, or decides as a run of the store would; the second one asks.
 */
import * as z from "zod";
import type { ItemIdentity } from "../../../storage/identity.ts";
import { MessagePage } from "../../../ui/message-page.tsx";
import { storeWorldsOf } from "../../../store/store-worlds.ts";
import type { Session } from "../../auth/inbox-session.ts";
import type { AppContext } from "../../kit/context.ts";
import { OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { itemObject, noSuchWorkflow } from "../../kit/item-stubs.ts";
import { takeAnswerBack, type Taken } from "../../kit/verdict/verdict-door.ts";
import { refusedReply } from "../../kit/verdict/verdict-reply.ts";
import { pageRoute } from "../page-route.ts";
import { notFromOurPage, page, readForm } from "../page.ts";
import { isOurs, LOOK_ONLY, mayReviewHere, reviewerOf, shown, withSession } from "../with-session.tsx";
import { itemHref, questionHref } from "../../../ui/page-paths.ts";

export const postAskAgain = pageRoute({
  method: "POST",
  path: "/items/:store_id/:product_id/ask-again",
  summary: "Work out an item's order again from its last count",
  params: z.object({ store_id: z.string(), product_id: z.string() }),
  handle: (c, { params }) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      if (!isOurs(c, session, form) || !mayReviewHere(c, session) || form.get("step") !== ASK_AGAIN)
        return notFromOurPage(c);
      return askAgain(c, session, { storeId: params.store_id, productId: params.product_id });
    }),
});

async function askAgain(c: AppContext, session: Session, item: ItemIdentity): Promise<Response> {
  const object = itemObject(c, item);
  const versions = await storeWorldsOf(c.env).versions(item.storeId, Date.now());
  const answer = await object.decideAgain({
    schema: 1,
    item,
    // Pressing twice asks once: an open question is found again.
    runId: `page-${crypto.randomUUID()}`,
    versions: versions ?? { world: 0, uploads: 0 },
  });
  const view = await object.view(null, { quantity: null });
  if (view?.openQuestion != null) return c.redirect(questionHref(view.openQuestion.id), 303);
  if (answer.kind === "decided" || answer.kind === "unchanged") return c.redirect(itemHref(item), 303);
  return page(
    c,
    <MessagePage
      title="Count it first"
      lines={["The last count of this item is too old to order by. Send a new count, and it is decided at once."]}
      session={shown(session)}
    />,
    409,
  );
}

export const postTakeBack = pageRoute({
  ...OF_WORKFLOW,
  method: "POST",
  path: "/decisions/:workflow_id/take-back",
  summary: "Take an answer back",
  handle: (c, { params }) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      if (!isOurs(c, session, form) || !mayReviewHere(c, session) || form.get("step") !== TAKE_BACK)
        return notFromOurPage(c);
      const { taken, asked } = await takeAnswerBack(c, params.workflow_id, reviewerOf(session));
      if (taken.kind === "taken" && asked !== null) return c.redirect(questionHref(asked), 303);
      const { title, text, status } = takenBackWords(taken);
      return page(c, <MessagePage title={title} lines={[text]} session={shown(session)} />, status);
    }),
});

export const TAKE_BACK = "take_back";
export const ASK_AGAIN = "ask";

/** What a page says where no question is open afterwards. */
export function takenBackWords(taken: Taken): {
  readonly title: string;
  readonly text: string;
  readonly status: 200 | 403 | 409;
} {
  switch (taken.kind) {
    case "taken":
      return {
        title: "Taken back",
        text: "The answer no longer counts. The item is decided anew with its next count.",
        status: 200,
      };
    case "refused": {
      const { title, text } = refusedReply(taken, Date.now());
      return { title, text, status: taken.refusal.reason === "too_late" ? 409 : 403 };
    }
    case "may_not":
      return { title: "This is not yours to take back", text: LOOK_ONLY, status: 403 };
    case "unknown":
      throw noSuchWorkflow();
  }
}
