/** What is accepted of an event and has no effect as it is. */
import { storageOf } from "../../../storage/storage.ts";
import type { StatedEvent } from "../../../world/event-factors.ts";
import type { AppContext } from "../context.ts";
import { unknownStores, unknownSuppliers } from "./known-names.ts";
import { named } from "./named.ts";

export async function eventWarnings(c: AppContext, event: StatedEvent): Promise<string[]> {
  const warnings: string[] = [];
  if (event.multiplier === 1) warnings.push("multiplier: 1 changes nothing");
  if (event.like !== null && event.multiplier !== null) warnings.push("like: the multiplier goes before it");
  else if (event.like !== null && !(await hasFactor(c, event.like)))
    warnings.push(`like: nothing was measured of ${event.like} yet, so demand stays as it is until then`);
  const suppliers = await unknownSuppliers(c, event.suppliers ?? []);
  if (suppliers.length > 0) warnings.push(`suppliers: ${named(suppliers)}: not described, so no item is theirs`);
  return [...warnings, ...(await unknownStores(c, event.stores, ""))];
}

/** Whether an event has a factor of its own or from the one that it is like. */
async function hasFactor(c: AppContext, eventId: string): Promise<boolean> {
  const { world } = storageOf(c.env);
  const event = await world.get("event", eventId);
  return event === null || event.multiplier !== null || event.like !== null || (await world.measured(eventId)) !== null;
}
