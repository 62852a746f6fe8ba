/** The real dependencies of a supplier's purchase orders: bindings, clock, telemetry. */
import { purchaseOrderToWire } from "../api/purchasing/purchase-to-wire.ts";
import { requireSettings } from "../config/settings.ts";
import { createMailer } from "../review/mail/create-mailer.ts";
import { endpointGate } from "../review/webhook/endpoint-gate.ts";
import { keptEndpoints } from "../review/webhook/endpoints.ts";
import { objectName } from "../storage/identity.ts";
import { storageOf } from "../storage/storage.ts";
import { inTime } from "../shared/waiting/in-time.ts";
import { storeObject } from "../store/store-worlds.ts";
import { logPurchase, logPurchaseAttempt } from "./purchase-log-lines.ts";
import { noteFailure, telemetryOf } from "../telemetry/telemetry.ts";
import { tracing } from "../telemetry/tracing.ts";
import type { PurchasingBindings } from "./bindings.ts";
import type { PurchaseWorld, PurchasingDeps } from "./deps.ts";
import { purchaseDeliverer } from "./effects/purchase-deliverer.ts";
import { PurchaseOrders } from "./supplier-orders.ts";

/** A change of the supplier or the store is seen after this time at most. */
const WORLD_KEPT_MS = 10_000;

export function purchaseOrders(ctx: DurableObjectState, env: PurchasingBindings): PurchaseOrders {
  return new PurchaseOrders(ctx.storage, purchasingDeps(ctx, env));
}

function purchasingDeps(ctx: DurableObjectState, env: PurchasingBindings): PurchasingDeps {
  const settings = requireSettings(env);
  const storage = storageOf(env);
  const telemetry = telemetryOf(env);
  const deliverer = purchaseDeliverer(settings, {
    mailer: createMailer(settings.email?.mailUrl ?? null, env.EMAIL),
    gate: endpointGate(storage.endpoints),
    endpointOf: keptEndpoints((webhookId) => storage.world.get("webhook", webhookId)),
    toWire: (order) => purchaseOrderToWire(order),
  });
  return {
    objectId: ctx.id.toString(),
    settings,
    ...keptWorld(async (storeId, supplierId) => {
      const world = await inTime(storeObject(env, storeId).world(storeId));
      const supplier = world.suppliers.find((known) => known.supplierId === supplierId) ?? null;
      return {
        store: world.store,
        supplier,
        webhooks: world.webhooks,
        ...(world.people === undefined ? {} : { people: world.people }),
      };
    }),
    storeChanged: (storeId) => inTime(storeObject(env, storeId).changed()),
    callItem: async (call) => {
      const { storeId, productId } = call;
      return env.ITEM.getByName(objectName({ storeId, productId })).purchase(call);
    },
    deliverer: {
      plan: (...notice) => deliverer.plan(...notice),
      async attempt(order, ...rest) {
        const startedAt = Date.now();
        const attempt = () => deliverer.attempt(order, ...rest);
        const traced = await tracing(ctx, env);
        const after = await (traced === null ? attempt() : traced.traces.tracedPurchase(traced, order.id, attempt));
        logPurchaseAttempt(telemetry.log, order, after, Date.now() - startedAt);
        return after;
      },
    },
    project: (orders) => storage.purchases.project(orders),
    now: () => Date.now(),
    onFailure: (where, cause) =>
      noteFailure(
        telemetry,
        where,
        cause,
        { origin: where === "alarm" ? "alarm" : "rpc" },
        {
          context: ctx,
          counters: storage.counters,
        },
      ),
    onCommitted: (before, after) => logPurchase(telemetry.log, before, after),
    waitUntil: (work) => ctx.waitUntil(work),
  };
}

/** Caches the last answer. On a failure it returns the known one, and rejects only if there is none. */
function keptWorld(ask: PurchasingDeps["worldOf"]): Pick<PurchasingDeps, "worldOf" | "forgetWorld"> {
  let known: PurchaseWorld | null = null;
  let until = 0;
  return {
    async worldOf(storeId, supplierId) {
      if (known !== null && Date.now() < until) return known;
      try {
        known = await ask(storeId, supplierId);
        until = Date.now() + WORLD_KEPT_MS;
      } catch (error) {
        if (known === null) throw error;
      }
      return known;
    },
    forgetWorld: () => (until = 0),
  };
}
