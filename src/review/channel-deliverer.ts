/**
 * The item's deliverer: plans by settings, tries through the channels, and turns a result into the row's next state.
 */
import type { Settings } from "../config/settings.ts";
import { afterAttempt } from "./after-attempt.ts";
import { isStillDue, withinDeadline, type Channel, type ChannelName } from "./channel.ts";
import { recentDemand, SPARKLINE_DAYS } from "./chart-data.ts";
import type { ChannelBindings } from "./create-channels.ts";
import type { Deliverer } from "./deliverer.ts";
import { deliveriesFor } from "./meant-deliveries.ts";

export function channelDeliverer(settings: Settings, bindings: ChannelBindings): Deliverer {
  let channels: Partial<Record<ChannelName, Channel>> | null = null;
  return {
    plan: (notice, workflow, now, world) => deliveriesFor(notice, workflow, settings, now, world),
    async attempt(workflow, delivery, earlier, history, now) {
      // Mail, charts and Slack's messages are loaded by the first delivery: most decisions have none.
      channels ??= (await import("./create-channels.ts")).createChannels(settings, bindings);
      const channel = channels[delivery.channel];
      if (channel === undefined || !isStillDue({ workflow, delivery, now })) return { ...delivery, status: "dropped" };
      const attempt = channel.deliver({
        workflow,
        delivery,
        now,
        origin: settings.publicUrl ?? workflow.origin,
        earlier,
        demand: recentDemand(history, SPARKLINE_DAYS),
      });
      const result = await withinDeadline(attempt);
      return afterAttempt(delivery, result, Date.now(), Math.random());
    },
  };
}
