/** The Worker's entry: requests, the sweep, and the Durable Object classes. */
import { serve } from "./app.ts";
import type { Env } from "./env.ts";
import { keyringOf } from "./http/auth/keyring.ts";
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
    try {
      const { sweep, sweepPurchases } = await import("./scheduled/sweep.ts");
      const { ageOut, ageOutPurchases } = await import("./scheduled/age-out.ts");
      const { learnSeasons } = await import("./scheduled/learn-seasons.ts");
      // What reading requests counted and used, which they may not write themselves (I11).
      await Promise.all([telemetry.tallies.flush(storageOf(env).counters), keyringOf(env).noteUses()]);
      const sweeps = [await sweep(env, Date.now()), await sweepPurchases(env, Date.now())];
      const ageing = [await ageOut(env, Date.now()), await ageOutPurchases(env, Date.now())];
      const poked = sweeps.reduce((sum, swept) => sum + swept.poked, 0);
      const failed = sweeps.reduce((sum, swept) => sum + swept.failed, 0);
      const aged = ageing.reduce((sum, out) => sum + out.aged, 0);
      const kept = ageing.reduce((sum, out) => sum + out.kept, 0);
      const { learned, unlearned } = await learnSeasons(env);
      telemetry.log[failed > 0 || kept > 0 || unlearned > 0 ? "warn" : "info"]("sweep_done", {
        poked,
        failed,
        aged,
        kept,
        learned,
        unlearned,
      });
    } catch (error) {
      noteFailure(
        telemetry,
        "scheduled",
        error,
        { origin: "scheduled" },
        { context, counters: storageOf(env).counters },
      );
    }
  },
} satisfies ExportedHandler<Env>;
