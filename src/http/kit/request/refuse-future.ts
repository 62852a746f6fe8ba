/** Refuses times that cannot be: of what has happened, in the future; of an arrival, before its order. */
import { Problem } from "../../../api/problems.ts";

export const GOODS_RECEIVED = "Goods cannot have been received";

/** For what has already happened. `latest`: epoch ms. */
export function refuseFuture(field: string, at: number | null | undefined, what: string, latest = Date.now()): void {
  if (at == null || at <= latest) return;
  throw new Problem("validation_failed", `${what} in the future.`, {
    errors: [{ pointer: `/${field}`, message: "must not be in the future" }],
  });
}

export function expectedTooEarly(pointer: string): Problem {
  return new Problem("validation_failed", "An order cannot be expected before it was placed.", {
    errors: [{ pointer, message: "must not be before the order was placed" }],
  });
}
