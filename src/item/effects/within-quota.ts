/**
 * Questions beyond a store's quota send no message: they wait in the inbox and in the store's next mail. A question too
 * soon after the item's last one is sent later, if it is still open then.
 */
import { QUIET, type Deliverer, type EarlierMessages } from "../../review/deliverer.ts";
import type { Asked, Telling } from "../../store/question-quota.ts";
import type { Delivery } from "../../workflow/types/delivery.ts";

/** `mayTell` asks the store's object. When that cannot be reached, the message is sent. */
export function withinQuota(deliverer: Deliverer, mayTell: (asked: Asked) => Promise<Telling>): Deliverer {
  return {
    plan: (...notice) => deliverer.plan(...notice),
    async attempt(workflow, delivery, earlier, ...rest) {
      const { review, storeId, id } = workflow;
      const isQuestion = delivery.purpose === "ask" && delivery.channel !== "webhook" && delivery.isWished !== true;
      if (!isQuestion || review === null || onlyEdits(delivery, earlier()))
        return deliverer.attempt(workflow, delivery, earlier, ...rest);
      const question = `${id}/${delivery.revision}`;
      const telling = await mayTell({ schema: 1, storeId, question, reason: review.reason }).catch(() => true);
      if (telling === true) return deliverer.attempt(workflow, delivery, earlier, ...rest);
      return telling === false
        ? { ...delivery, status: "dropped", error: QUIET }
        : { ...delivery, dueAt: telling, error: QUIET };
    },
  };
}

/**
 * True when the delivery only edits a chat message that exists or may exist. That notifies nobody, and must happen: the
 * message's buttons must not outlive its question.
 */
function onlyEdits({ channel, key }: Delivery, { refs, unconfirmed }: EarlierMessages): boolean {
  return channel === "slack" && (refs.length > 0 || unconfirmed.some((other) => other.key !== key));
}
