/** An answer typed or clicked on a page, from form fields to a verdict. */
import type { Formats } from "../../../shared/formats.ts";
import { COMMENT_MAX_LENGTH } from "../../../review/safe-text.ts";
import { isAsShown, readQuantity } from "../../../review/typed-quantity.ts";
import type { Verdict } from "../../../workflow/review.ts";

export type Answer =
  | { readonly kind: "verdict"; readonly verdict: Omit<Verdict, "revision" | "actor"> }
  | { readonly kind: "preview" }
  | { readonly kind: "extend" }
  | { readonly kind: "bad_quantity"; readonly message: string }
  /** Nothing was decided: the field and the button say different things, or the number must be shown first. */
  | { readonly kind: "look_again"; readonly title: string; readonly text: string }
  /** Submitted without a button: by a script, or by Enter. */
  | { readonly kind: "no_click" };

/** The question that the form answers: what it asks, and how its store writes numbers. */
export interface Present {
  /** Null = closed or changed by now; the verdict door then gives the reply. */
  readonly asked: number | null;
  readonly formats: Formats;
}

/** Null = none was typed. */
export function commentIn(form: URLSearchParams): string | null {
  return (form.get("comment") ?? "").trim().slice(0, COMMENT_MAX_LENGTH) || null;
}

export function answerIn(form: URLSearchParams, { asked, formats }: Present): Answer {
  const comment = commentIn(form);
  const typed = (form.get("quantity") ?? "").trim();
  const quantity = readQuantity(typed, formats);
  switch (form.get("decision")) {
    case "approve":
      return asked === null || typed === "" || quantity === asked
        ? { kind: "verdict", verdict: { kind: "approve", quantity: null, comment } }
        : differs(typed, quantity, asked, formats);
    case "reject":
      return { kind: "verdict", verdict: { kind: "reject", quantity: null, comment } };
    case "modify": {
      if (quantity === null)
        return { kind: "bad_quantity", message: `Type a quantity in digits, such as ${formats.quantity(90)}.` };
      if (!isAsShown(typed, quantity, formats) && form.get("read_as") !== String(quantity))
        return {
          kind: "look_again",
          title: `Did you mean ${formats.quantity(quantity)}?`,
          text:
            `You typed ${typed}, which is ${formats.quantity(quantity)} as this store writes numbers. Nothing ` +
            `was decided yet: press the button to order ${formats.quantity(quantity)}.`,
        };
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

function differs(typed: string, quantity: number | null, asked: number, formats: Formats): Answer {
  const button = asked > 0 ? `approve ${formats.quantity(asked)}` : "order nothing";
  const next =
    quantity === null || quantity === 0
      ? "Empty the field to approve, or type a quantity."
      : `Press the button to order ${formats.quantity(quantity)}, or empty the field to ${button}.`;
  return {
    kind: "look_again",
    title: "Nothing was decided",
    text: `The field says ${typed}, and the button that was pressed said to ${button}. ${next}`,
  };
}
