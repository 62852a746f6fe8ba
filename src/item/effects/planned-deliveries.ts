/** The deliveries that a transition adds to one of its workflows. Pure. */
import type { Notice, Transition } from "../../workflow/record.ts";
import type { Delivery } from "../../workflow/types/delivery.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";

type PlannedNotice = [notice: Notice, workflow: Workflow, now: number];

export function withDeliveries(
  workflow: Workflow,
  { notices, others }: Transition,
  plan: (...notice: PlannedNotice) => readonly Delivery[],
  now: number,
): Workflow {
  const planned: Delivery[] = [];
  for (const notice of notices) if (notice.workflowId === workflow.id) planned.push(...plan(notice, workflow, now));
  if (planned.length === 0) return workflow;
  const replaced = others.filter((other) => other.supersededBy === workflow.id).flatMap((other) => other.deliveries);
  return { ...workflow, deliveries: merged(workflow.deliveries, planned, replaced) };
}

/** A delivery is planned only once. A notice of changed facts is a single entry, which becomes due anew. */
function merged(
  known: readonly Delivery[],
  planned: readonly Delivery[],
  replaced: readonly Delivery[],
): readonly Delivery[] {
  const kept = known.filter(
    (entry) => entry.purpose !== "facts_updated" || !planned.some((fresh) => fresh.key === entry.key),
  );
  const keys = new Set(kept.map((entry) => entry.key));
  const added = planned
    .filter((fresh) => !keys.has(fresh.key))
    .map((fresh) => {
      const before = known.find((entry) => entry.key === fresh.key);
      return replacing(apartFrom(before, fresh), replaced);
    });
  return [...kept, ...added];
}

/** A question that replaces another one refers to the message to replace. */
function replacing(fresh: Delivery, replaced: readonly Delivery[]): Delivery {
  if (fresh.purpose !== "ask") return fresh;
  const before = replaced.findLast(
    (entry) =>
      entry.channel === fresh.channel &&
      entry.recipient === fresh.recipient &&
      (entry.ref ?? entry.replaces) !== undefined,
  );
  return before === undefined ? fresh : { ...fresh, replaces: before.ref ?? before.replaces! };
}

/**
 * Gives the entry a different due time than the one it replaces, so the result of an attempt under way is not mistaken
 * for its own.
 */
function apartFrom(replaced: Delivery | undefined, fresh: Delivery): Delivery {
  return replaced?.dueAt === fresh.dueAt ? { ...fresh, dueAt: fresh.dueAt + 1 } : fresh;
}
