/** `GET /inbox`: open questions, or the history of those that were answered. */
import * as z from "zod";
import { HistoryPage } from "../../ui/inbox/history-page.tsx";
import { InboxPage } from "../../ui/inbox/inbox-page.tsx";
import type { NamedStore, QueueFilter, QueueCursor } from "../../storage/review-queue.ts";
import { storageOf } from "../../storage/storage.ts";
import type { Session } from "../auth/inbox-session.ts";
import { principalName } from "../auth/principal.ts";
import { seesStore, storesOf } from "../auth/store-bounds.ts";
import type { AppContext } from "../kit/context.ts";
import { decodeCursor, encodeCursor } from "../kit/request/cursor.ts";
import { GROUPS, groupRows, historyRow, openRow, SORTS, type Group, type Sort } from "./inbox-rows.ts";
import { pageRoute } from "./page-route.ts";
import { page } from "./page.ts";
import { LOOK_ONLY, mayReviewHere, shown, withSession } from "./with-session.tsx";

const PAGE_ROWS = 100;

const Words = z.string().optional().catch(undefined);
const InboxQuery = z.object({
  show: z.literal("history").optional().catch(undefined),
  store: Words,
  q: Words,
  cursor: Words,
  sort: z.enum(SORTS).catch("deadline"),
  group: z.enum(GROUPS).catch("none"),
});

/** One page of a list: where it begins, and which questions it shows. */
interface Stretch {
  readonly filter: QueueFilter;
  readonly after: QueueCursor | null;
  readonly stores: readonly NamedStore[];
  readonly sort: Sort;
  readonly group: Group;
}

export const getInbox = pageRoute({
  method: "GET",
  path: "/inbox",
  summary: "Open questions, or what was answered",
  query: InboxQuery,
  handle: (c, { query }) =>
    withSession(c, async (session) => {
      const stretch = {
        sort: query.sort,
        group: query.group,
        filter: { store: query.store ?? "", search: (query.q ?? "").trim(), stores: storesOf(session.principal) },
        after: query.cursor === undefined ? null : decodeCursor(listOf(query.show), query.cursor),
        stores: (await storageOf(c.env).queue.stores()).filter(({ storeId }) => seesStore(session.principal, storeId)),
      };
      return query.show === "history" ? showHistory(c, session, stretch) : showOpen(c, session, stretch);
    }),
});

async function showHistory(c: AppContext, session: Session, { filter, after, stores }: Stretch): Promise<Response> {
  const found = await storageOf(c.env).queue.answered(filter, after, PAGE_ROWS + 1);
  const last = found.length > PAGE_ROWS ? found[PAGE_ROWS - 1] : undefined;
  const next = last === undefined ? null : { expiresAt: last.review?.decidedAt ?? 0, workflowId: last.id };
  return page(
    c,
    <HistoryPage
      rows={found.slice(0, PAGE_ROWS).map(historyRow)}
      stores={stores}
      filter={filter}
      nextHref={nextHref(c, next)}
      now={Date.now()}
      session={shown(session)}
    />,
  );
}

async function showOpen(c: AppContext, session: Session, stretch: Stretch): Promise<Response> {
  const { filter, after, stores, sort, group } = stretch;
  const now = Date.now();
  const found = await storageOf(c.env).queue.reviews("pending", filter, after, PAGE_ROWS + 1, now);
  const last = found.length > PAGE_ROWS ? found[PAGE_ROWS - 1] : undefined;
  return page(
    c,
    <InboxPage
      groups={groupRows(found.slice(0, PAGE_ROWS).map(openRow), sort, group)}
      stores={stores}
      filter={{ ...filter, sort, group }}
      nextHref={nextHref(c, last ?? null)}
      now={now}
      session={shown(session)}
      reader={principalName(session.principal)}
      notice={mayReviewHere(c, session) ? null : LOOK_ONLY}
    />,
  );
}

/** In cursors: what is open is ordered by another moment than what was answered. */
function listOf(show: string | undefined): string {
  return show === "history" ? "answered" : "inbox";
}

function nextHref(c: AppContext, next: QueueCursor | null): string | null {
  if (next === null) return null;
  const query = new URLSearchParams(c.req.query());
  query.set("cursor", encodeCursor(listOf(query.get("show") ?? undefined), next));
  return `/inbox?${query.toString()}`;
}
