/** The reader of purchase orders: what they may do with one, why not more, and whom an order waits for. */
import type { LinkClaims } from "../../review/links.ts";
import type { PurchaseOrder } from "../../purchasing/order/types.ts";
import type { OrderPageProps } from "../../ui/order/order-view.ts";
import { inSuppliersMoney, type Traders } from "../../workflow/orders/money.ts";
import type { SetBy } from "../../workflow/orders/purchase-line.ts";
import type { Session } from "../auth/inbox-session.ts";
import { linkReviewer, mayAnswer, personReviewer, type Reviewer } from "../auth/reviewer.ts";
import { rosterOf } from "../auth/roster.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { whyNotDecide, whyNotHandle } from "../kit/purchasing/purchase-door.ts";
import { worldOfOrder } from "../kit/purchasing/purchase-stubs.ts";
import { LOOK_ONLY, mayReviewHere, reviewerOf, shown } from "./with-session.tsx";

export interface Reader {
  readonly by: SetBy;
  /** They may set quantities that cost no more, or stay within their limit, and cancel. */
  readonly mayLower: boolean;
  /** They may approve and send it, too. */
  readonly mayDecide: boolean;
  /** Why the order is not theirs to decide, also after typed quantities change its value; null = it is. */
  readonly whyNotDecide: (order: PurchaseOrder) => string | null;
  /** What an order whose quantities they raise may be worth, in the supplier's currency; null = anything. */
  readonly mostValue: number | null;
  readonly mayReceive: boolean;
  readonly whyNot: string | null;
  /** Whom an order that needs approval waits for; null = it does not wait. */
  readonly waitsFor: string | null;
  readonly csrf: string | null;
  readonly session: NonNullable<OrderPageProps["session"]> | null;
}

const NOT_LISTED = "Only listed reviewers may act on orders, and this link's holder is not one of them.";
/** People named as those whom an order waits for; more would hide the order. */
const MOST_NAMED = 3;

export async function readerOf(c: AppContext, session: Session, order: PurchaseOrder): Promise<Reader> {
  const { scopes } = session.principal;
  const reviewer = reviewerOf(session);
  const traders = await worldOfOrder(c, order);
  const whyNot = mayActHere(c, session) ? whyNotDecide(reviewer, order, traders) : LOOK_ONLY;
  const mayLower = mayActHere(c, session) && whyNotHandle(reviewer, order) === null;
  const whom = whyNot === null || whyNot === LOOK_ONLY ? [] : await whoMay(c, order, traders);
  return {
    ...limitsOf(reviewer, traders),
    by: reviewer.actor,
    mayLower,
    mayDecide: whyNot === null,
    mayReceive: scopes.has("write"),
    whyNot:
      whyNot === null ? null : `${whyNot}${mayLower ? LOWER : ""}${whom.length === 0 ? "" : ` Ask ${oneOf(whom)}.`}`,
    waitsFor: await waitsFor(c, session, order, traders),
    csrf: session.csrf,
    session: shown(session),
  };
}

/** A link acts until the order's cut-off, for one person, who must still be on the roster. */
export async function holderOf(
  c: AppContext,
  { purpose, recipient, expiresAt }: LinkClaims,
  order: PurchaseOrder,
): Promise<Reader> {
  const reviewer = await linkReviewer(c, recipient);
  const traders = await worldOfOrder(c, order);
  const listed = reviewer !== null && mayAnswer(settings(c), reviewer) ? reviewer : null;
  const whyNot = listed === null ? NOT_LISTED : whyNotDecide(listed, order, traders);
  const isOver = Date.now() >= expiresAt;
  const acts = purpose === "decide" && !isOver;
  const mayLower = acts && listed !== null && whyNotHandle(listed, order) === null;
  const over = isOver ? "This link has ended. Sign in to act." : null;
  return {
    ...(listed === null ? { whyNotDecide: () => NOT_LISTED, mostValue: 0 } : limitsOf(listed, traders)),
    by: reviewer?.actor ?? { principal: `link:${recipient.toLowerCase()}`, label: recipient, channel: "link" },
    mayLower,
    mayDecide: acts && whyNot === null,
    mayReceive: false,
    whyNot: over ?? (whyNot === null ? "This link is for looking only." : `${whyNot}${mayLower ? LOWER : ""}`),
    waitsFor: await waitsForOther(c, acts ? listed : null, order, traders),
    csrf: null,
    session: null,
  };
}

const LOWER = " You may lower its quantities, or cancel it.";

function limitsOf(reviewer: Reviewer, traders: Traders): Pick<Reader, "whyNotDecide" | "mostValue"> {
  return {
    whyNotDecide: (present) => whyNotDecide(reviewer, present, traders),
    mostValue: inSuppliersMoney(reviewer.limits.valueLimit, traders),
  };
}

function mayActHere(c: AppContext, session: Session): boolean {
  return mayReviewHere(c, session) && session.principal.scopes.has("review");
}

/** Whom an order that needs approval waits for, as its reader calls them; null = it does not wait. */
export async function waitsFor(
  c: AppContext,
  session: Session,
  order: PurchaseOrder,
  traders: Traders,
): Promise<string | null> {
  return waitsForOther(c, mayActHere(c, session) ? reviewerOf(session) : null, order, traders);
}

async function waitsForOther(
  c: AppContext,
  reader: Reviewer | null,
  order: PurchaseOrder,
  traders: Traders,
): Promise<string | null> {
  if (order.status !== "awaiting_approval") return null;
  if (reader !== null && mayApprove(c, reader, order, traders)) return "you";
  const whom = await whoMay(c, order, traders);
  return whom.length === 0 ? "a reviewer" : oneOf(whom);
}

/** Names of the people who may approve the order. */
async function whoMay(c: AppContext, order: PurchaseOrder, traders: Traders): Promise<readonly string[]> {
  const { people } = await rosterOf(c.env);
  return people
    .filter((person) => mayApprove(c, personReviewer(person, "inbox"), order, traders))
    .map(({ name }) => name);
}

function mayApprove(c: AppContext, reviewer: Reviewer, order: PurchaseOrder, traders: Traders): boolean {
  const config = settings(c);
  const { principal } = reviewer.actor;
  const hasApproved = order.status !== "approved" && order.approvals.some(({ by }) => by.principal === principal);
  const isBarred = config.review.fourEyes && order.editors.includes(principal);
  return mayAnswer(config, reviewer) && !hasApproved && !isBarred && whyNotDecide(reviewer, order, traders) === null;
}

function oneOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  if (more > 0) return `${names.slice(0, MOST_NAMED).join(", ")} or ${more} more`;
  return [names.slice(0, -1).join(", "), names.at(-1)].filter((part) => part !== "").join(" or ");
}
