/**
 * Questions beyond a store's quota make no message: they wait in the inbox and in the store's next mail. What comes too
 * soon after the item's last question waits for its time, if it is still asked by then.
 */
import { QUIET, type Deliverer, type EarlierMessages } from "../../review/deliverer.ts";
import type { Asked, Telling } from "../../store/question-quota.ts";
import type { Delivery } from "../../workflow/types.ts";

/** `mayTell` asks the store's object; when that cannot be asked, people are. */
export function withinQuota(deliverer: Deliverer, mayTell: (asked: Asked) => Promise<Telling>): Deliverer {
  return {
    plan: (...notice) => deliverer.plan(...notice),
    async attempt(workflow, delivery, earlier, ...rest) {
      const { review, storeId, id } = workflow;
      const isQuestion = delivery.purpose === "ask" && delivery.channel !== "webhook";
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
 * A chat's message that exists, or may, is edited: nobody is told again, and its buttons must not outlive its question.
 */
function onlyEdits({ channel, key }: Delivery, { refs, unconfirmed }: EarlierMessages): boolean {
  return channel === "slack" && (refs.length > 0 || unconfirmed.some((other) => other.key !== key));
}
