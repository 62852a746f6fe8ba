/**
 * What a person does to an item from a page: works its order out again after nobody answered, and takes back an order
 * that is not sent. Neither orders anything: the first one asks, or decides as a run of the store would.
 */
import * as z from "zod";
import { storageOf } from "../../../storage/storage.ts";
import type { ItemIdentity } from "../../../storage/identity.ts";
import { MessagePage } from "../../../ui/message-page.tsx";
import { storeWorldsOf } from "../../../store/store-worlds.ts";
import type { Workflow } from "../../../workflow/types.ts";
import type { Session } from "../../auth/inbox-session.ts";
import type { AppContext } from "../../kit/context.ts";
import { findWorkflow, OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { itemObject } from "../../kit/item-stubs.ts";
import { pageRoute } from "../page-route.ts";
import { notFromOurPage, page, readForm } from "../page.ts";
import { isOurs, mayReviewHere, shown, withSession } from "../with-session.tsx";

export const postAskAgain = pageRoute({
  method: "POST",
  path: "/items/:store_id/:product_id/ask-again",
  summary: "Work out an item's order again from its last count",
  params: z.object({ store_id: z.string(), product_id: z.string() }),
  handle: (c, { params }) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      if (!isOurs(c, session, form) || !mayReviewHere(c, session) || form.get("step") !== "ask")
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
    // Pressed twice, it asks once: as long as a question is open, the same one is found.
    runId: `page-${crypto.randomUUID()}`,
    versions: versions ?? { world: 0, uploads: 0 },
  });
  const view = await object.view(null, null);
  if (view?.openQuestion != null) return c.redirect(`/inbox/reviews/${view.openQuestion.id}`, 303);
  if (answer.kind === "decided" || answer.kind === "unchanged") return c.redirect(itemPath(item), 303);
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
  summary: "Take back an order that is not sent",
  handle: (c, { params }) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      if (!isOurs(c, session, form) || !mayReviewHere(c, session) || form.get("step") !== "take_back")
        return notFromOurPage(c);
      const workflow = await findWorkflow(c, params.workflow_id);
      const taken = (await isUnsent(c, workflow)) && (await itemObject(c, workflow).cancelOrder(workflow.id));
      return page(
        c,
        <MessagePage
          title={taken ? "Taken back" : "Too late to take back"}
          lines={[
            taken
              ? "The order is cancelled, and the item's next count is decided without it."
              : "The order is sent, or was cancelled already. Call the supplier, then cancel it on its page.",
          ]}
          session={shown(session)}
        />,
        taken ? 200 : 409,
      );
    }),
});

/** True while the order of this decision waits in a purchase order that is not sent. */
export async function isUnsent(c: AppContext, workflow: Workflow): Promise<boolean> {
  const view = await itemObject(c, workflow).view(null, null);
  return (
    view?.openOrders.some(
      ({ workflowId, purchase }) => workflowId === workflow.id && purchase !== undefined && purchase.stage !== "sent",
    ) ?? false
  );
}

/** The next question that waits; null = none. */
export async function nextQuestion(c: AppContext, stores: readonly string[] | null, after: string) {
  const found = await storageOf(c.env).queue.reviews("pending", { store: "", search: "", stores }, null, 2, Date.now());
  return found.find(({ workflowId }) => workflowId !== after) ?? null;
}

export function itemPath({ storeId, productId }: ItemIdentity): string {
  return `/items/${encodeURIComponent(storeId)}/${encodeURIComponent(productId)}`;
}
