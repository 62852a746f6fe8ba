/** How far a reviewer's limit of value lets them order, for the button that would pass it. */
import { roundOrder } from "../../../replenishment/order/constraints.ts";
import { stockFacts } from "../../../review/question.ts";
import { formatsOf } from "../../../shared/formats.ts";
import type { AnswerLimit } from "../../../ui/review/answer-form.tsx";
import { aboveLimit } from "../../../workflow/asking/reviewer-limits.ts";
import { orderValue, unitCostInStore } from "../../../workflow/orders/money.ts";
import type { ReviewerLimits } from "../../../workflow/review.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";

/** More units than any order has. */
const ANY_NUMBER = 1e9;

/** `quantity`: what the button would order. Null = the reviewer has no limit. */
export function limitOf(workflow: Workflow, quantity: number, limits: ReviewerLimits): AnswerLimit | null {
  const { valueLimit } = limits;
  if (valueLimit === null) return null;
  const { snapshot } = workflow;
  const unitCost = unitCostInStore(snapshot);
  const { position } = stockFacts(workflow);
  const affordable = position + (unitCost === null ? 0 : valueLimit / unitCost);
  const maxStock = Math.min(snapshot.constraints.maxStock ?? Infinity, affordable);
  const value = orderValue(snapshot, quantity);
  const formats = formatsOf(workflow.shownAs ?? {});
  // Prices are shown in the supplier's money, and the limit is in the store's.
  const limit =
    (snapshot.rate ?? 1) === 1 ? formats.money(valueLimit) : `${formats.quantity(valueLimit)} in the store's currency`;
  return {
    most: roundOrder(ANY_NUMBER, { ...snapshot.constraints, maxStock }, position).quantity,
    whyNot:
      aboveLimit(value, limits) === null
        ? null
        : value === null
          ? "Of unknown value, and you have a limit"
          : `Above your limit of ${limit}`,
  };
}
