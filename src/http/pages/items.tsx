/** `GET /items/{store}/{product}`: the page of one item. */
import * as z from "zod";
import { ItemPage, type ConfidenceRecordRow } from "../../ui/item-page.tsx";
import { MessagePage } from "../../ui/message-page.tsx";
import { headline } from "../../review/question.ts";
import { formatsOf, type Formats } from "../../shared/formats.ts";
import { lastingText } from "../../review/lasting-text.ts";
import { percentText } from "../../review/wording.ts";
import { orderStatusOf } from "../../workflow/orders/order-row.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { Session } from "../auth/inbox-session.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { itemObject } from "../kit/item-stubs.ts";
import type { ItemView, OpenOrder } from "../../item/view.ts";
import type { ItemIdentity } from "../../storage/identity.ts";
import { settingsWarnings } from "../kit/warnings/settings-warnings.ts";
import { storageOf } from "../../storage/storage.ts";
import { pageRoute } from "./page-route.ts";
import { page } from "./page.ts";
import { DAY_MS } from "../../shared/durations.ts";
import { withoutDust } from "../../shared/without-dust.ts";
import { earlierOf, usualOf } from "./review-view.ts";
import { expectedDay } from "../kit/purchasing/own-restocks.ts";
import { shown, withSession } from "./with-session.tsx";
import { itemHref, questionHref } from "../../ui/page-paths.ts";
import { termsToWire } from "../../api/settings-terms.ts";
import { mayChange } from "./look/change-settings.tsx";

export const getItemPage = pageRoute({
  method: "GET",
  path: "/items/:store_id/:product_id",
  summary: "The page of an item",
  params: z.object({ store_id: z.string(), product_id: z.string() }),
  handle: (c, { params }) =>
    withSession(c, (session) => showItem(c, session, { storeId: params.store_id, productId: params.product_id })),
});

const NO_SAFETY_STOCK = "safety_stock_level: not set, so a count without one, such as a shop's, is refused";

async function showItem(c: AppContext, session: Session, item: ItemIdentity): Promise<Response> {
  const [seen, stored] = await Promise.all([
    itemObject(c, item).view(null, { quantity: null }),
    storageOf(c.env).inputs.item(item),
  ]);
  const terms = stored?.terms ?? null;
  const view = seen ?? (stored === null ? null : neverCounted(item, terms?.name));
  if (view === null) {
    return page(
      c,
      <MessagePage
        title="Unknown item"
        lines={["Nothing is stored about this product at this store."]}
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
      shownAs={view.shownAs}
      lasting={lastingNow(view)}
      stock={view.stock}
      countedAt={workflow?.snapshot.occurredAt ?? null}
      usual={usualOf(view.latest.filter((other) => other.id !== workflow?.id))}
      chart={view.chart}
      season={view.season}
      openOrders={view.openOrders.map((order) => ({
        ...order,
        expected: formatsOf(view.shownAs).date(expectedDay(order, view.shownAs), Date.now()),
        how: howOrdered(order, formatsOf(view.shownAs)),
      }))}
      decisions={earlierOf(view.latest, "session")}
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
      now={Date.now()}
      openQuestion={
        openQuestion?.recommendation == null
          ? null
          : {
              href: questionHref(openQuestion.id),
              title: `${headline({ ...openQuestion, ...openQuestion.recommendation })}?`,
            }
      }
      settings={
        mayChange(session)
          ? {
              action: `${itemHref(item)}/settings`,
              stored: termsToWire(terms ?? {}),
              csrf: session.csrf,
            }
          : null
      }
      warnings={
        terms === null
          ? []
          : [
              ...(terms.safetyStock === undefined && workflow === null ? [NO_SAFETY_STOCK] : []),
              ...(await settingsWarnings(c, session.principal, [terms], [{ ...view.item, terms }])),
            ]
      }
      session={shown(session)}
    />,
  );
}

/** An item of which only settings, sales or a forecast are known. */
function neverCounted(item: ItemIdentity, name: string | undefined): ItemView {
  return {
    item,
    shownAs: name === undefined ? {} : { name },
    workflow: null,
    stock: null,
    chart: null,
    violation: null,
    openQuestion: null,
    mayTakeBack: false,
    openOrders: [],
    track: null,
    season: null,
    latest: [],
  };
}

/** Whether and by whom it was placed. */
function howOrdered({ purchase, placed, reference, placedAt }: OpenOrder, { day }: Formats): string {
  const number = reference == null ? "" : `, number ${reference}`;
  if (placed !== undefined) return `placed ${day(placed.at, Date.now())} by ${placed.by.label}${number}`;
  if (purchase !== undefined && purchase.stage !== "sent") return "not sent yet";
  const isPlaced = purchase !== undefined || reference != null;
  return `${isPlaced ? "placed" : "on no purchase order, decided"} ${day(placedAt, Date.now())}${number}`;
}

/** When it sells out with what is on order now. */
function lastingNow({ chart, openOrders, shownAs }: ItemView): string | null {
  if (chart === null) return null;
  const { lasting } = chart.reject;
  const { isEmpty, soldOutOn } = lasting;
  const formats = formatsOf(shownAs);
  // What is planned and not sent comes only if it is sent; the chart is without it, too.
  const coming = openOrders.filter(({ purchase }) => purchase === undefined || orderStatusOf(purchase) !== "planned");
  const arrivesOn = Math.min(...coming.map((order) => expectedDay(order, shownAs)));
  if (coming.length === 0 || (soldOutOn === null && !isEmpty)) return lastingText(lasting, formats);
  if (!isEmpty && soldOutOn! >= arrivesOn)
    return `With what is on order it lasts to ${formats.date(soldOutOn!, chart.today * DAY_MS)}.`;
  const comes = coming.filter((order) => expectedDay(order, shownAs) === arrivesOn);
  const units = withoutDust(comes.reduce((sum, { quantity }) => sum + quantity, 0));
  const out = isEmpty ? "now" : formats.date(soldOutOn!);
  return `Sold out ${out}; ${formats.quantity(units)} expected ${formats.date(arrivesOn)}.`;
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
