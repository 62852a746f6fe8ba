/** From the wire's parsed bodies to the inside's plain types. */
import type { Trigger } from "../workflow/facts.ts";
import { toTerms } from "./item-terms.ts";
import type { TriggerRequest } from "./requests.ts";

export function toTrigger(body: TriggerRequest): Trigger {
  return {
    currentStock: body.current_stock,
    safetyStock: body.safety_stock_level,
    onOrder: body.on_order ?? null,
    backordered: body.backordered ?? 0,
    terms: toTerms(body),
    notes: body.notes ?? null,
    occurredAt: body.occurred_at ?? null,
  };
}
