/** Does what was clicked on an order's page, and says in words what became of it. */
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { EditOutcome } from "../../purchasing/edit-lines.ts";
import type { PurchaseRefusal } from "../../purchasing/order/record.ts";
import type { PurchaseOrder } from "../../purchasing/order/types.ts";
import { violationText } from "../../review/wording.ts";
import type { Formats } from "../../shared/formats.ts";
import type { AppContext } from "../kit/context.ts";
import { actOnOrder, setLines } from "../kit/purchasing/purchase-door.ts";
import { noSuchPurchaseOrder, refusedPurchase } from "../kit/purchasing/purchase-stubs.ts";
import type { OrderClick, TypedLine } from "./order-form.ts";
import type { Reader } from "./order-reader.ts";
import type { Notice } from "../../ui/page-parts.tsx";

export interface Reply {
  readonly notice: Notice | null;
  readonly errors: ReadonlyMap<string, string>;
  readonly typed: ReadonlyMap<string, string>;
  readonly looked: { readonly productId: string; readonly quantity: number | null } | null;
  readonly status: ContentfulStatusCode;
}

export interface ClickReply extends Reply {
  readonly order: PurchaseOrder;
  /** Typed values stay in the fields. */
  readonly keepsTyped: boolean;
}

type Click = Exclude<OrderClick, { readonly kind: "nothing" }>;

export async function takeClick(
  c: AppContext,
  order: PurchaseOrder,
  click: Click,
  revision: number,
  {
    by,
    whyNotDecide,
    mostValue,
    formats,
  }: Pick<Reader, "by" | "whyNotDecide" | "mostValue"> & { readonly formats: Formats },
): Promise<ClickReply> {
  const kept = { ...PLAIN, order, keepsTyped: true };
  const decides = click.kind === "approve" || click.kind === "send";
  const asTyped = decides ? whyNotDecide(withTyped(order, click.lines)) : null;
  if (asTyped !== null) return { ...kept, status: 403, notice: notTheirs("Nothing was changed", asTyped) };
  switch (click.kind) {
    case "look":
      return { ...kept, looked: click };
    case "wrong":
      return { ...kept, errors: click.errors, status: 422, notice: wrong("Some quantities are no numbers.") };
    case "read_back": {
      const numbers = [...click.read.values()].join(", ");
      const again = "Look at it, then press the button again.";
      const text = `What you typed is ${numbers} as this store writes numbers. ${again}`;
      const notice = { tone: "amber", title: "Nothing was changed yet", text } as const;
      return { ...kept, typed: click.read, status: 422, notice };
    }
    case "lines": {
      if (click.lines.length === 0)
        return { ...kept, notice: done("Nothing was changed", "All quantities are as they were.") };
      return edited(order, await edit(c, order, click, revision, { by, mostValue }), formats);
    }
    case "approve":
    case "send": {
      let present = revision;
      if (click.lines.length > 0) {
        const outcome = await edit(c, order, click, revision, { by, mostValue });
        const reply = edited(order, outcome, formats);
        if (reply.status !== 200) return reply;
        // A price may have changed since the page was shown.
        const asSaved = whyNotDecide(outcome.order);
        if (asSaved !== null)
          return { ...reply, status: 403, notice: notTheirs("Quantities saved, nothing decided", asSaved) };
        present = outcome.order.revision;
      }
      return acted(c, order, { type: click.kind, revision: present, by });
    }
    case "cancel":
      return acted(c, order, { type: "cancel", revision, reason: null, by });
    case "receive": {
      if (click.lines.length === 0)
        return { ...kept, status: 422, notice: wrong("Type how many units of each article came.") };
      const { reference, lines } = click;
      return acted(c, order, { type: "receive", receipt: { reference, lines, receivedAt: Date.now() }, by });
    }
  }
}

const notTheirs = (title: string, whyNot: string) =>
  ({ tone: "amber", title, text: `With these quantities: ${whyNot}` }) as const;
/** The order as it is, with nothing to say about it. */
export const PLAIN: Reply = { notice: null, errors: new Map(), typed: new Map(), looked: null, status: 200 };

/** The order's value with the typed quantities. */
function withTyped(order: PurchaseOrder, typed: readonly TypedLine[]): PurchaseOrder {
  const quantities = new Map(typed.map(({ productId, quantity }) => [productId, quantity]));
  const lines = order.lines.map((line) => ({ ...line, quantity: quantities.get(line.productId) ?? line.quantity }));
  return { ...order, lines };
}

async function edit(
  c: AppContext,
  order: PurchaseOrder,
  { lines }: Extract<Click, { readonly kind: "lines" | "approve" | "send" }>,
  revision: number,
  { by, mostValue }: Pick<Reader, "by" | "mostValue">,
): Promise<EditOutcome> {
  const outcome = await setLines(c, order.id, { revision, lines, by, mostValue });
  if (outcome === null) throw noSuchPurchaseOrder();
  return outcome;
}

function edited(before: PurchaseOrder, { order, refusal, faults }: EditOutcome, formats: Formats): ClickReply {
  if (refusal !== null) return refused(order, refusal);
  if (faults.length > 0) {
    const errors = new Map(faults.map(({ productId, message }) => [productId, violationText(message, formats)]));
    return {
      ...PLAIN,
      order,
      errors,
      keepsTyped: true,
      status: 422,
      notice: wrong(faults.map(({ productId }) => `${nameIn(order, productId)}: ${errors.get(productId)}`).join(" ")),
    };
  }
  const text =
    before.status === "approved"
      ? "The order changed, so it is to be approved again."
      : "They are firm: the service leaves them as they are.";
  return { ...PLAIN, order, keepsTyped: false, notice: done("Quantities saved", text) };
}

function nameIn({ lines }: PurchaseOrder, productId: string): string {
  return lines.find((line) => line.productId === productId)?.fact.product.name ?? productId;
}

async function acted(
  c: AppContext,
  order: PurchaseOrder,
  input: Parameters<typeof actOnOrder>[2],
): Promise<ClickReply> {
  const outcome = await actOnOrder(c, order.id, input);
  if (outcome === null) throw noSuchPurchaseOrder();
  if (outcome.refusal !== null) return refused(outcome.order, outcome.refusal);
  return { ...PLAIN, order: outcome.order, keepsTyped: false, notice: wordsOf(input.type, outcome.order) };
}

function wordsOf(type: Parameters<typeof actOnOrder>[2]["type"], order: PurchaseOrder): Notice {
  switch (type) {
    case "approve":
      return order.status === "approved"
        ? done("Thank you, approved", "The quantities are firm now.")
        : done(
            "Thank you, recorded",
            `${order.approvals.length} of ${order.approvalsNeeded} approvals are given; one more person is needed.`,
          );
    case "send":
      if (order.status === "closing") return done("On its way", "Items are being asked; it is sent in a moment.");
      return order.sending?.emails == null
        ? done(
            `Marked as placed: ${order.number ?? ""}`,
            "The supplier has no address here, so nobody was mailed. Download or print the order.",
          )
        : done(`Sent as ${order.number ?? ""}`, "The order is in the mail to the supplier.");
    case "cancel":
      return done("Cancelled", "Nothing more of it is expected.");
    case "confirm":
    case "receive":
      return done("Booked", order.status === "received" ? "Everything has come." : "The rest is still expected.");
  }
}

function refused(order: PurchaseOrder, refusal: PurchaseRefusal): ClickReply {
  const notice = {
    tone: "amber",
    title: "Nothing was changed",
    text: refusedPurchase(refusal, order).message,
  } as const;
  return {
    ...PLAIN,
    order,
    keepsTyped: ["revision_changed", "above_limit"].includes(refusal.reason),
    notice,
    status: ["same_person", "above_limit"].includes(refusal.reason) ? 403 : 409,
  };
}

function done(title: string, text: string): Notice {
  return { tone: "green", title, text };
}

function wrong(text: string): Notice {
  return { tone: "red", title: "Nothing was changed", text };
}
