/** `GET /items/{store}/{product}`: the page of one item. */
import { ItemPage, type ConfidenceRecordRow } from "../../ui/item-page.tsx";
import { MessagePage } from "../../ui/message-page.tsx";
import { headline, stockFacts } from "../../review/question.ts";
import { percentText } from "../../review/wording.ts";
import type { Workflow } from "../../workflow/types.ts";
import { itemObject, settings, type AppContext } from "../kit/context.ts";
import { shown, withSession } from "./inbox.tsx";
import { page } from "./page.ts";
import { earlierOf, usualOf } from "./review-view.ts";

export function getItemPage(c: AppContext): Promise<Response> {
  return withSession(c, async (session) => {
    const item = { storeId: c.req.param("store_id") ?? "", productId: c.req.param("product_id") ?? "" };
    const view = await itemObject(c, item).view(null, null);
    if (view === null) {
      return page(
        c,
        <MessagePage
          title="Nothing is known of this item"
          lines={["No stock was ever counted for this product at this store."]}
          session={shown(session)}
        />,
        404,
      );
    }
    const { workflow, openQuestion } = view;
    return page(
      c,
      <ItemPage
        {...view.item}
        stock={workflow === null ? null : stockFacts(workflow)}
        countedAt={workflow?.snapshot.occurredAt ?? null}
        usual={usualOf(view.latest.filter((other) => other.id !== workflow?.id))}
        chart={view.chart}
        openOrders={view.openOrders}
        decisions={earlierOf(view.latest)}
        confidenceRecord={confidenceRecord(view.latest, settings(c).review.confidenceThreshold)}
        outcomes={
          view.track === null || view.track.scored === 0
            ? null
            : {
                scored: view.track.scored,
                claimed: view.track.confidenceSum / view.track.scored,
                right: view.track.right / view.track.scored,
              }
        }
        openQuestion={
          openQuestion?.recommendation == null
            ? null
            : {
                href: `/inbox/reviews/${openQuestion.id}`,
                title: `${headline({ ...openQuestion, ...openQuestion.recommendation })}?`,
              }
        }
        session={shown(session)}
      />,
    );
  });
}

/** Decisions above and below the threshold, and how people took what they were asked about. */
function confidenceRecord(latest: readonly Workflow[], threshold: number): ConfidenceRecordRow[] {
  const decided = latest.filter(
    (workflow) =>
      workflow.recommendation !== null &&
      workflow.status !== "superseded" &&
      workflow.status !== "awaiting_human_review",
  );
  const isSure = (workflow: Workflow): boolean => workflow.recommendation!.confidence >= threshold;
  return [
    recordRow(`${percentText(threshold)} confident or more`, decided.filter(isSure)),
    recordRow(
      `under ${percentText(threshold)}`,
      decided.filter((workflow) => !isSure(workflow)),
    ),
  ].filter((entry) => entry.decisions > 0);
}

function recordRow(label: string, workflows: readonly Workflow[]): ConfidenceRecordRow {
  return {
    label,
    decisions: workflows.length,
    asked: workflows.filter((workflow) => workflow.review !== null && workflow.status !== "expired").length,
    approvedAsAsked: workflows.filter((workflow) => workflow.review?.status === "approved").length,
  };
}
