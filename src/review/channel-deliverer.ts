/** The item's deliverer: plans by settings, tries through the channels, and turns a result into the row's next state. */
import type { Deliverer } from "../item/deps.ts";
import type { Settings } from "../settings.ts";
import type { Delivery } from "../workflow/types.ts";
import { nextAttempt } from "./backoff.ts";
import { isStillDue, type DeliveryResult } from "./channel.ts";
import { recentDemand } from "./chart-data.ts";
import { createChannels, type ChannelBindings } from "./create-channels.ts";
import { deliveriesFor } from "./deliveries.ts";

/** Days of demand that a message shows in one line. */
const RECENT_DAYS = 14;
const ERROR_MAX_LENGTH = 200;

export function channelDeliverer(settings: Settings, bindings: ChannelBindings, random: () => number = Math.random): Deliverer {
  const channels = createChannels(settings, bindings);
  return {
    plan: (notice, workflow, now) => deliveriesFor(notice, workflow, settings, now),
    async attempt(workflow, delivery, earlierRefs, history, now) {
      const channel = channels[delivery.channel];
      if (channel === undefined || !isStillDue({ workflow, delivery, now })) return { ...delivery, status: "dropped" };
      const result = await channel
        .deliver({
          workflow,
          delivery,
          now,
          origin: settings.publicUrl ?? workflow.origin,
          earlierRefs,
          demand: recentDemand(history, RECENT_DAYS),
        })
        .catch((cause: unknown): DeliveryResult => ({ ok: false, retry: true, error: `channel failed: ${String(cause)}` }));
      return afterAttempt(delivery, result, Date.now(), random());
    },
  };
}

/** The row after one attempt. */
export function afterAttempt(delivery: Delivery, result: DeliveryResult, now: number, random: number): Delivery {
  const attempts = delivery.attempts + 1;
  if (result.ok) {
    const { error: _mended, ...rest } = delivery;
    return { ...rest, status: "done", attempts, ...(result.ref === undefined ? {} : { ref: result.ref }) };
  }
  const error = result.error.slice(0, ERROR_MAX_LENGTH);
  const next = result.retry ? nextAttempt(attempts, now, random, result.retryAfterMs) : { park: true as const };
  return "park" in next
    ? { ...delivery, status: "parked", attempts, error }
    : { ...delivery, status: "pending", attempts, dueAt: next.dueAt, error };
}
