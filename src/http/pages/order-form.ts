/** What a click on an order's page means. */
import type { PurchaseOrder } from "../../purchasing/order/types.ts";
import { liveLines } from "../../purchasing/order/totals.ts";
import type { Formats } from "../../shared/formats.ts";
import { isAsShown, readQuantity } from "../../review/typed-quantity.ts";

export interface TypedLine {
  readonly productId: string;
  readonly quantity: number;
}

export type OrderClick =
  | { readonly kind: "lines"; readonly lines: readonly TypedLine[] }
  /** Typed quantities are saved first. */
  | { readonly kind: "approve" | "send"; readonly lines: readonly TypedLine[] }
  | { readonly kind: "cancel" }
  | { readonly kind: "receive"; readonly reference: string; readonly lines: readonly TypedLine[] }
  | { readonly kind: "look"; readonly productId: string; readonly quantity: number | null }
  | { readonly kind: "wrong"; readonly errors: ReadonlyMap<string, string> }
  /** Numbers not typed as the store writes them, by field: how each was read is shown before it counts. */
  | { readonly kind: "read_back"; readonly read: ReadonlyMap<string, string> }
  /** No button was clicked. */
  | { readonly kind: "nothing" };

/** Fields of an article that is added. */
const ADD_PRODUCT = "add_product";
const ADD_QUANTITY = "add_quantity";
const NOT_A_NUMBER = "Type a number of units, such as 24.";
/** Longer than any delivery note's number; a form without one is booked under the time of the click. */
const MAX_REFERENCE = 200;

/** Quantities are read as the store writes numbers. */
export function clickIn(form: URLSearchParams, order: PurchaseOrder, now: number, formats: Formats): OrderClick {
  const action = form.get("do") ?? "";
  if (action.startsWith("look:")) {
    const productId = action.slice("look:".length);
    return { kind: "look", productId, quantity: readQuantity(form.get(`q:${productId}`), formats) };
  }
  if (action === "cancel") return { kind: "cancel" };
  const prefix = action === "receive" ? "r:" : "q:";
  const { lines, errors, read } = typedLines(form, prefix, formats);
  if (errors.size > 0) return { kind: "wrong", errors };
  if (read.size > 0) return { kind: "read_back", read };
  // Quantities typed in other fields are saved together with the top-up.
  const add = /^add:([\d.]+):(.+)$/.exec(action);
  if (add !== null) {
    const others = changedOf(lines, order).filter(({ productId }) => productId !== add[2]);
    return { kind: "lines", lines: [...others, { productId: add[2]!, quantity: Number(add[1]) }] };
  }
  switch (action) {
    case "save":
      return { kind: "lines", lines: changedOf(lines, order) };
    case "approve":
    case "send":
      return { kind: action, lines: changedOf(lines, order) };
    case "receive":
      return {
        kind: "receive",
        reference:
          (form.get("reference") ?? "").trim().slice(0, MAX_REFERENCE) || `page ${new Date(now).toISOString()}`,
        lines: lines.filter(({ quantity }) => quantity > 0),
      };
    default:
      return { kind: "nothing" };
  }
}

export function typedIn(form: URLSearchParams): ReadonlyMap<string, string> {
  return new Map(
    [...form].flatMap(([name, value]): [string, string][] => {
      if (name === ADD_PRODUCT || name === ADD_QUANTITY) return [[name, value]];
      return /^[qr]:/.test(name) ? [[name.slice(2), value]] : [];
    }),
  );
}

function typedLines(form: URLSearchParams, prefix: string, formats: Formats) {
  const errors = new Map<string, string>();
  const read = new Map<string, string>();
  const noteHowRead = (name: string, text: string, quantity: number): void => {
    if (!isAsShown(text, quantity, formats)) read.set(name.replace(/^[qr]:/, ""), formats.quantity(quantity));
  };
  const lines: TypedLine[] = [];
  for (const [name, text] of form) {
    if (!name.startsWith(prefix)) continue;
    const productId = name.slice(prefix.length);
    const quantity = readQuantity(text, formats);
    if (quantity === null) errors.set(productId, NOT_A_NUMBER);
    else {
      lines.push({ productId, quantity });
      noteHowRead(name, text, quantity);
    }
  }
  const added = (form.get(ADD_PRODUCT) ?? "").trim();
  if (prefix === "q:" && added !== "") {
    const quantity = readQuantity(form.get(ADD_QUANTITY), formats);
    if (quantity === null) errors.set(added, NOT_A_NUMBER);
    else {
      lines.push({ productId: added, quantity });
      noteHowRead(ADD_QUANTITY, form.get(ADD_QUANTITY) ?? "", quantity);
    }
  }
  return { lines, errors, read };
}

/** A line that nobody changed is left out. */
function changedOf(lines: readonly TypedLine[], order: PurchaseOrder): readonly TypedLine[] {
  const known = new Map(liveLines(order).map(({ productId, quantity }) => [productId, quantity]));
  return lines.filter(({ productId, quantity }) => known.get(productId) !== quantity);
}
