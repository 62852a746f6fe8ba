/**
 * What would be decided for the item if something were different: the transition that a trigger would take, made on
 * copies, once with present and once with supposed facts. Writes nothing, asks no model and no person.
 */
import type { ItemIdentity } from "../../storage/identity.ts";
import type { Facts, Trigger } from "../../workflow/facts.ts";
import { asTrigger } from "../../workflow/last-count.ts";
import { assess } from "../../workflow/steps/assess.ts";
import { presentSnapshot } from "../../workflow/steps/validate.ts";
import { bareTrigger, supposedFacts, supposedTrigger, type Supposition } from "./supposition.ts";
import { transition } from "../../workflow/transition.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { storeDay } from "../../world/opening.ts";
import type { Item } from "../item.ts";

export interface WhatIfCall {
  readonly schema: 1;
  readonly item: ItemIdentity;
  readonly supposed: Supposition;
}

export interface WhatIf {
  /** When the newest count was taken; null = nothing was ever counted. */
  readonly countedAt: number | null;
  /** The present plan; null where nothing was counted. */
  readonly present: Workflow | null;
  readonly supposed: Workflow;
}

/** Null = nothing was counted, and the question supposes no count. */
export async function whatIf(item: Item, { item: identity, supposed }: WhatIfCall): Promise<WhatIf | null> {
  const inputs = await item.knowledge.load(identity);
  const { workflows } = item.journal;
  const now = item.deps.now();
  const last = workflows.newestCount === null ? null : workflows.read(workflows.newestCount.seq);
  if (last === null && supposed.currentStock === undefined) return null;
  const itemNow = item.itemNow();
  const countedAt = last?.snapshot.occurredAt ?? itemNow;
  const factsAt = (occurredAt: number): Facts => ({ ...item.facts(inputs, { occurredAt }), standingNo: null });
  const known = factsAt(countedAt);
  const counted = last === null ? null : asTrigger(presentSnapshot(last.snapshot, known, now));
  const trigger = supposedTrigger(counted ?? bareTrigger(supposed.currentStock ?? 0), supposed, itemNow);
  const otherwise = supposed.currentStock === undefined ? known : factsAt(itemNow);
  const facts = supposedFacts(otherwise, supposed, storeDay(itemNow, item.world.store));
  return {
    countedAt: last?.snapshot.occurredAt ?? null,
    present: counted === null ? null : decided(item, identity, counted, known, now),
    supposed: decided(item, identity, trigger, facts, now),
  };
}

function decided(item: Item, identity: ItemIdentity, trigger: Trigger, facts: Facts, now: number): Workflow {
  const { workflow } = transition(
    null,
    {
      type: "received",
      arrival: {
        ...identity,
        id: "what-if",
        seq: 0,
        trigger,
        requestId: null,
        origin: "",
        sender: { principal: "what-if", label: "what-if" },
      },
      terms: facts.inputs.terms,
      world: facts.world,
      openQuestion: null,
    },
    now,
  );
  const assessment = assess(workflow.snapshot, facts, now);
  return transition(
    workflow,
    {
      type: "reasoned",
      facts,
      assessment,
      outcome: { kind: "none" },
      openQuestion: null,
      track: item.journal.workflows.newestCount?.track ?? null,
      latencyMs: 0,
      elapsed: () => 0,
    },
    now,
  ).workflow;
}
