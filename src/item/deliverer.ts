/** With no channel configured there is nobody to tell. */
import type { Deliverer } from "./deps.ts";

export const silentDeliverer: Deliverer = {
  plan: () => [],
  attempt: async (_workflow, delivery) => ({ ...delivery, status: "dropped" }),
};
