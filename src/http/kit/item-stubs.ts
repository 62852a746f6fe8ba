/** Finds the Durable Object of an item, by the item's name or by a workflow's id. */
import { Problem } from "../../api/problems.ts";
import type { ItemObject } from "../../item/item-object.ts";
import { objectName, type ItemIdentity } from "../../storage/identity.ts";
import { parseWorkflowId } from "../../workflow/workflow-id.ts";
import type { AppContext } from "./context.ts";
import { placedNear } from "../../shared/location-hint.ts";
import { bindLog } from "./request-log.ts";

export function itemObject(c: AppContext, item: ItemIdentity): DurableObjectStub<ItemObject> {
  return c.env.ITEM.getByName(objectName(item), placedNear(c.req.raw.cf as IncomingRequestCfProperties | undefined));
}

export function itemObjectId(c: AppContext, item: ItemIdentity): string {
  return c.env.ITEM.idFromName(objectName(item)).toString();
}

/** The object that a workflow id names. A malformed id, or one of another namespace, is simply not found. */
export function objectOfWorkflow(c: AppContext, workflowId: string): DurableObjectStub<ItemObject> {
  const parts = parseWorkflowId(workflowId);
  if (parts === null) throw noSuchWorkflow();
  bindLog(c, { workflow_id: workflowId });
  try {
    return c.env.ITEM.get(c.env.ITEM.idFromString(parts.objectId));
  } catch {
    throw noSuchWorkflow();
  }
}

export function noSuchWorkflow(): Problem {
  return new Problem("not_found", "There is no workflow with this id.");
}
