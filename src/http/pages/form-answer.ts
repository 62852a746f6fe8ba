/** An answer typed or clicked on a page, from form fields to a verdict. */
import type { Verdict } from "../../workflow/review.ts";

export type Answer =
  | { readonly kind: "verdict"; readonly verdict: Omit<Verdict, "revision" | "actor"> }
  | { readonly kind: "preview" }
  | { readonly kind: "extend" }
  | { readonly kind: "bad_quantity"; readonly message: string }
  /** Submitted without a button: by a script, or by Enter. */
  | { readonly kind: "no_click" };

const COMMENT_MAX_LENGTH = 500;

export function answerIn(form: URLSearchParams): Answer {
  const comment = (form.get("comment") ?? "").trim().slice(0, COMMENT_MAX_LENGTH) || null;
  switch (form.get("decision")) {
    case "approve":
      return { kind: "verdict", verdict: { kind: "approve", quantity: null, comment } };
    case "reject":
      return { kind: "verdict", verdict: { kind: "reject", quantity: null, comment } };
    case "modify": {
      const quantity = quantityOf(form.get("quantity"));
      if (quantity === null) return { kind: "bad_quantity", message: "Type a quantity in digits, such as 90." };
      return { kind: "verdict", verdict: { kind: "modify", quantity, comment } };
    }
    case "preview":
      return { kind: "preview" };
    case "extend":
      return { kind: "extend" };
    default:
      return { kind: "no_click" };
  }
}

/** What was typed, with a comma or spaces as people write them; null when it is no number. */
export function quantityOf(text: string | null): number | null {
  const plain = (text ?? "")
    .trim()
    .replaceAll(/[\s_]/g, "")
    .replace(/,(?=\d{3}\b)/g, "")
    .replace(",", ".");
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  const quantity = Number(plain);
  return Number.isFinite(quantity) ? quantity : null;
}
