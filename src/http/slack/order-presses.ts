/**
 * A press on the message about a purchase order: it is approved or cancelled on the revision that the message showed.
 */
import type { SlackInteraction } from "../../review/slack/slack-interaction.ts";
import { slackText } from "../../review/slack/slack-text.ts";
import type { Reviewer } from "../auth/reviewer.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { actOnOrder, whyNotDecide, whyNotHandle } from "../kit/purchasing/purchase-door.ts";
import { findPurchaseOrder, refusedPurchase, worldOfOrder } from "../kit/purchasing/purchase-stubs.ts";

type Press = Extract<SlackInteraction, { readonly kind: "button" }>;

/** What the person who pressed reads. */
export async function pressedOrder(c: AppContext, press: Press, reviewer: Reviewer): Promise<string> {
  const { workflowId: poId, revision, button } = press;
  const order = await findPurchaseOrder(c, poId);
  const { countsForQuorum } = reviewer.limits;
  const whyNot =
    button === "reject" ? whyNotHandle(reviewer, order) : whyNotDecide(reviewer, order, await worldOfOrder(c, order));
  if (whyNot !== null) return slackText(whyNot);
  if (!countsForQuorum && order.approvalsNeeded > 1)
    return slackText("This order needs approvals of people who are known by name; act on its page.");
  const by = reviewer.actor;
  const input =
    button === "reject"
      ? ({ type: "cancel", revision, reason: null, by } as const)
      : ({ type: "approve", revision, by } as const);
  const outcome = await actOnOrder(c, poId, input);
  if (outcome === null) return slackText("This order is no longer kept.");
  const page = `${settings(c).publicUrl ?? ""}/orders/${poId}`;
  if (outcome.refusal !== null) {
    const { message } = refusedPurchase(outcome.refusal, outcome.order);
    return `${slackText(message)} <${page}|See the order>`;
  }
  if (button === "reject") return slackText("The order is cancelled.");
  return outcome.order.status === "approved"
    ? slackText("Thank you, the order is approved.")
    : slackText(
        `Thank you, recorded: ${outcome.order.approvals.length} of ${outcome.order.approvalsNeeded} approvals.`,
      );
}
