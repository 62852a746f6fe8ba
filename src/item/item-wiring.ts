/** The real dependencies of an item: bindings, clock, telemetry. */
import { modelNamed } from "../adviser/call/models.ts";
import type { Adviser } from "../adviser/adviser.ts";
import { workflowToWire } from "../api/to-wire.ts";
import { requireSettings } from "../config/settings.ts";
import { collectorOf, PROJECTION_SCHEMA } from "../projection/collector.ts";
import { channelDeliverer } from "../review/channel-deliverer.ts";
import { endpointGate } from "../review/webhook/endpoint-gate.ts";
import { keptEndpoints } from "../review/webhook/endpoints.ts";
import { purchaseOrdersName, type ItemIdentity } from "../storage/identity.ts";
import { kvForecastCache } from "../storage/kv/forecast-cache.ts";
import { storageOf } from "../storage/storage.ts";
import { projectionOf } from "../storage/workflow-log.ts";
import { inTime } from "../shared/waiting/in-time.ts";
import type { Telling } from "../store/question-quota.ts";
import { storeObject } from "../store/store-worlds.ts";
import type { ItemBindings } from "./bindings.ts";
import type { ItemDeps } from "./deps.ts";
import { withinQuota } from "./effects/within-quota.ts";
import { noteModelRequest, observedItem, timed, tracedAdviser } from "./observed-item.ts";

/** @param item the object's identity; null for a new one before its first write. */
export function itemDeps(ctx: DurableObjectState, env: ItemBindings, item: () => ItemIdentity | null): ItemDeps {
  const objectId = ctx.id.toString();
  const settings = requireSettings(env);
  const storage = storageOf(env);
  const collector = collectorOf(env.COLLECTOR, objectId);
  const deliverer = channelDeliverer(settings, {
    ...(env.EMAIL === undefined ? {} : { EMAIL: env.EMAIL }),
    endpointGate: endpointGate(storage.endpoints),
    endpointOf: keptEndpoints((webhookId) => storage.world.get("webhook", webhookId)),
    toWire: workflowToWire,
  });
  return {
    objectId,
    settings,
    inputs: {
      loadForDecision: async (...asked) => inTime(storage.inputs.loadForDecision(...asked)),
      forecast: async (asked) => inTime(storage.inputs.forecast(asked)),
    },
    cache: kvForecastCache(env.CACHE),
    worldOf: async ({ storeId, productId }, supplierId) =>
      inTime(storeObject(env, storeId).slice(storeId, productId, supplierId)),
    project: (recorded) =>
      collector.push(
        PROJECTION_SCHEMA,
        recorded.map((each) => projectionOf(objectId, each)),
      ),
    adviser: adviserOf(ctx, env),
    deliverer: withinQuota(timed(ctx, env, deliverer), (asked) =>
      inTime<Telling>(storeObject(env, asked.storeId).mayTell(asked)),
    ),
    purchaseObjectOf: (storeId, supplierId) =>
      env.PURCHASE_ORDERS.idFromName(purchaseOrdersName(storeId, supplierId)).toString(),
    tellPurchaseOrder: (call) =>
      env.PURCHASE_ORDERS.getByName(purchaseOrdersName(call.storeId, call.supplierId)).takeLine(call),
    now: () => Date.now(),
    elapsed: () => performance.now(),
    ...observedItem(ctx, env, item),
    waitUntil: (work) => ctx.waitUntil(work),
  };
}

/** Null when no model is configured. Its code is loaded by the first question. */
function adviserOf(ctx: DurableObjectState, env: ItemBindings): Adviser | null {
  const settings = requireSettings(env);
  if (settings.llm === null) return null;
  return tracedAdviser(ctx, env, {
    model: modelNamed(settings.llm.model),
    async advise(request, signal) {
      const { adviserFor } = await import("../adviser/workers-adviser.ts");
      const adviser = adviserFor(settings, env, (report, asked) => noteModelRequest(env, report, asked))!;
      return adviser.advise(request, signal);
    },
  });
}
