/** `POST /products/{product_id}/what-if`: what would be decided if something were different. Changes nothing. */
import { WhatIfAnswer } from "../../../api/item-responses.ts";
import { Problem } from "../../../api/problems.ts";
import { WhatIfBody } from "../../../api/requests.ts";
import { differenceToWire } from "../../../api/difference-to-wire.ts";
import { decisionToWire, iso } from "../../../api/to-wire.ts";
import type { Decision } from "../../../workflow/types/decision.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import { itemObject } from "../../kit/item-stubs.ts";
import { identityToWire, itemOf, OF_ITEM } from "../../kit/named-item.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json } from "../../kit/route.ts";

export const postWhatIf = guarded({
  ...OF_ITEM,
  method: "POST",
  path: "/products/:product_id/what-if",
  scope: "read",
  docs: {
    summary: "What would be decided with another stock, cost, lead time, demand or arrival; changes nothing",
    group: "items",
    body: json(WhatIfBody),
    answers: { 200: { says: "Both plans, and how they differ", content: json(WhatIfAnswer) } },
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const body = await readJson(c, WhatIfBody);
    const answer = await itemObject(c, item).whatIf({
      schema: 1,
      item,
      supposed: {
        currentStock: body.current_stock ?? undefined,
        unitCost: body.unit_cost ?? undefined,
        leadTimeDays: body.lead_time_days ?? undefined,
        demandMultiplier: body.demand_multiplier ?? undefined,
        expected: body.expected_at ?? undefined,
      },
    });
    if (answer === null)
      throw new Problem("validation_failed", "This item has no count yet; send current_stock.", {
        errors: [{ pointer: "/current_stock", message: "is needed for an item without a count" }],
      });
    const present = answer.present === null ? null : decided(answer.present);
    const supposed = decided(answer.supposed);
    return c.json({
      ...identityToWire(item),
      counted_at: answer.countedAt === null ? null : iso(answer.countedAt),
      present: present === null ? null : toWire(present),
      supposed: toWire(supposed),
      difference: present === null ? null : differenceToWire(present.decision, supposed.decision),
    });
  },
});

type Decided = Workflow & { readonly decision: Decision };

function decided(workflow: Workflow): Decided {
  const { decision } = workflow;
  if (decision === null) throw new Error("a supposition was not decided");
  return { ...workflow, decision };
}

function toWire({ decision, review, snapshot }: Decided) {
  return { decision: decisionToWire(decision, snapshot), asks_for_review: review?.reasons ?? [] };
}
