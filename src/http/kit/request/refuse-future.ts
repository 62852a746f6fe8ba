/** Refuses a time that has not come yet. */
import { Problem } from "../../../api/problems.ts";

export const GOODS_RECEIVED = "Goods cannot have been received";

/** For what has already happened. `latest`: epoch ms. */
export function refuseFuture(field: string, at: number | null | undefined, what: string, latest = Date.now()): void {
  if (at == null || at <= latest) return;
  throw new Problem("validation_failed", `${what} in the future.`, {
    errors: [{ pointer: `/${field}`, message: "must not be in the future" }],
  });
}
