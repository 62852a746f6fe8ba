/** Questions beyond a store's quota make no message: they wait in the inbox and in the store's next mail. */
import { QUIET, type Deliverer } from "../../review/deliverer.ts";
import type { Asked } from "../../store/question-quota.ts";

/** `mayTell` asks the store's object; when that cannot be asked, people are. */
export function withinQuota(deliverer: Deliverer, mayTell: (asked: Asked) => Promise<boolean>): Deliverer {
  return {
    plan: (...notice) => deliverer.plan(...notice),
    async attempt(workflow, delivery, ...rest) {
      const { review, storeId, id } = workflow;
      if (delivery.purpose !== "ask" || delivery.channel === "webhook" || review === null)
        return deliverer.attempt(workflow, delivery, ...rest);
      const question = `${id}/${delivery.revision}`;
      const isTold = await mayTell({ schema: 1, storeId, question, reason: review.reason }).catch(() => true);
      return isTold ? deliverer.attempt(workflow, delivery, ...rest) : { ...delivery, status: "dropped", error: QUIET };
    },
  };
}
