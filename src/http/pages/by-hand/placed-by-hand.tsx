/** `POST /orders`: somebody placed restocks that are on no purchase order, or takes that back. */
import { ResultPage, type BulkResult } from "../../../ui/inbox/bulk-page.tsx";
import { MessagePage } from "../../../ui/message-page.tsx";
import { Undo, placedWords, type PlacedRow } from "../../../ui/order/to-place.tsx";
import { itemHref } from "../../../ui/page-paths.ts";
import { itemName } from "../../../review/question.ts";
import { promiseOf } from "../../../api/from-wire.ts";
import { name } from "../../../api/fields.ts";
import type { PlacedCall } from "../../../item/orders/mark-placed.ts";
import { dayOfIso } from "../../../shared/calendar-dates.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { concurrently } from "../../../shared/concurrently.ts";
import type { Session } from "../../auth/inbox-session.ts";
import { refuseOtherStore } from "../../auth/store-bounds.ts";
import type { AppContext } from "../../kit/context.ts";
import { findWorkflow } from "../../kit/find-workflow.ts";
import { objectOfWorkflow } from "../../kit/item-stubs.ts";
import { pageRoute } from "../page-route.ts";
import { notFromOurPage, page, readForm } from "../page.ts";
import { placedRow } from "./unsent-restocks.ts";
import { isOurs, localPath, reviewerOf, shown, withSession } from "../with-session.tsx";

/** As many as a page of orders shows. */
const MOST_PICKED = 200;
const AT_ONCE = 8;

type Said = Pick<PlacedCall, "reference" | "expectedAt" | "expectedOn">;
const NOTHING: Said = { reference: null, expectedAt: null };

export const postPlacedByHand = pageRoute({
  method: "POST",
  path: "/orders",
  summary: "Say that restocks on no purchase order were placed, or were not after all",
  handle: (c) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      const { actor: by, mayOrder } = reviewerOf(session);
      if (!isOurs(c, session, form) || !mayOrder) return notFromOurPage(c);
      const href = localPath(form.get("back"));
      const back = { href, title: href === "/" ? "Back to Today" : "Back to the orders" };
      const picks = [...new Set(form.getAll("pick"))].slice(0, MOST_PICKED);
      const isUndo = form.get("step") === "undo";
      const said = isUndo ? NOTHING : saidIn(form);
      const problem = picks.length === 0 ? "Tick what you placed, then press the button again." : said;
      if (typeof problem === "string" || typeof said === "string") {
        const lines = [String(problem)];
        const again = <MessagePage title="Nothing was marked" lines={lines} next={back} session={shown(session)} />;
        return page(c, again, 422);
      }
      const results = await concurrently(picks, AT_ONCE, (pick) => mark(c, session, pick, { ...said, by }, isUndo));
      const done = results.filter(({ ok }) => ok).length;
      const count = done === results.length ? "" : `${done} of ${results.length} `;
      const placed = results.flatMap((result) => result.placed ?? []);
      return page(
        c,
        <ResultPage
          title={`${count}${isUndo ? "to be placed again" : "marked as placed"}`.replace(/^./u, upper)}
          results={results}
          back={back}
          session={shown(session)}
        >
          {placed.length === 0 ? null : <Undo rows={placed} csrf={session.csrf} back={href} />}
        </ResultPage>,
      );
    }),
});

const upper = (letter: string): string => letter.toUpperCase();

/** What is said of all that are ticked; a text = what is wrong with it. */
function saidIn(form: URLSearchParams): Said | string {
  const [number, day] = [form.get("reference")?.trim() ?? "", form.get("expected")?.trim() ?? ""];
  const reference = number === "" ? null : name.safeParse(number);
  const on = day === "" ? null : dayOfIso(day);
  if (reference?.success === false) return "An order number has at most 128 printable characters.";
  if (on === null)
    return day === "" ? { ...NOTHING, reference: reference?.data ?? null } : "Type a day like 2026-01-31.";
  return { reference: reference?.data ?? null, ...promiseOf({ on, at: (on + 0.5) * DAY_MS }) };
}

interface Marked extends BulkResult {
  /** Marked by the reader, who may undo it. */
  readonly placed?: PlacedRow;
}

/** Marks one of several, or takes the mark of that moment back; whatever happens to it, the others are marked. */
async function mark(
  c: AppContext,
  session: Session,
  pick: string,
  said: Said & Pick<PlacedCall, "by">,
  isUndo: boolean,
): Promise<Marked> {
  const [workflowId = "", at] = pick.split(" ");
  try {
    await refuseOtherStore(c, session.principal, { params: { workflow_id: workflowId }, query: {} });
    const workflow = await findWorkflow(c, workflowId);
    const call = { schema: 1, workflowId, ...said, undo: isUndo ? Number(at) : null } as const;
    const row = await objectOfWorkflow(c, workflowId).markPlaced(call);
    const about = { name: itemName(workflow), href: itemHref(workflow) };
    if (row === null) return { ...about, ok: false, text: "is not open any more: it was received or cancelled" };
    if (typeof row === "string") return { ...about, ok: false, text: WRONG[row] };
    if (row.placed === undefined) return { ...about, ok: isUndo, text: "is listed again, to be placed" };
    const placed = placedRow(workflow, row, Date.now());
    const isOwn = row.placed.by.principal === said.by.principal;
    if (isUndo || !isOwn)
      return { ...about, ok: false, text: `was marked by ${placed.by}, ${placed.when}: ${placedWords(placed)}` };
    return { ...about, ok: true, text: placedWords(placed), placed };
  } catch {
    return { name: "One order", href: "/orders", ok: false, text: "could not be reached; look whether it was marked" };
  }
}

const WRONG = {
  taken: "was not marked: another open order of the item has this number",
  early: "was not marked: it cannot arrive before it was placed",
} as const;
