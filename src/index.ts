/** The Worker's entry: requests, the sweep, and the Durable Object classes. */
import { serve } from "./app.ts";
import type { Env } from "./env.ts";
import { keyringOf } from "./http/auth/keyring.ts";
import { COUNTERS } from "./metrics/metric-names.ts";
import { storageOf } from "./storage/storage.ts";
import { noteFailure, telemetryOf } from "./telemetry/telemetry.ts";

export { ItemObject } from "./item/item-object.ts";
export { LlmBudget } from "./adviser/limits/budget-object.ts";
export { LlmCircuit } from "./adviser/limits/circuit-object.ts";
export { CollectorObject } from "./projection/collector.ts";
export { ConnectionObject } from "./connect/connection-object.ts";
export { PurchaseOrdersObject } from "./purchasing/purchase-orders-object.ts";
export { StoreObject } from "./store/store-object.ts";

export default {
  fetch: serve,
  async scheduled(_controller, env, context) {
    const telemetry = telemetryOf(env);
    const { counters } = storageOf(env);
    try {
      const { upkeep } = await import("./scheduled/upkeep.ts");
      // What reading requests counted and used, which they may not write themselves (I11).
      await Promise.all([telemetry.tallies.flush(counters), keyringOf(env).noteUses()]);
      const done = await upkeep(env);
      telemetry.tallies.count(COUNTERS.sweeps);
      await telemetry.tallies.flush(counters);
      const isTroubled = done.failed > 0 || done.kept > 0 || done.unlearned > 0;
      telemetry.log[isTroubled ? "warn" : "info"]("sweep_done", done);
    } catch (error) {
      noteFailure(telemetry, "scheduled", error, { origin: "scheduled" }, { context, counters });
    }
  },
} satisfies ExportedHandler<Env>;
