/** What travels with a request, and how its item is found. */
import type { Context } from "hono";
import type { Env } from "../../config/env.ts";
import type { ItemObject } from "../../item/item-object.ts";
import { requireSettings, type Settings } from "../../config/settings.ts";
import { objectName, type ItemIdentity } from "../../storage/identity.ts";
import type { Log } from "../../telemetry/log.ts";
import { parseWorkflowId } from "../../workflow/workflow-id.ts";
import { bindLog } from "../middleware/observe.ts";
import { Problem } from "../../api/problems.ts";

export interface AppTypes {
  Bindings: Env;
  Variables: {
    requestId: string;
    log: Log;
    /** The Content-Security-Policy of a page; unset for everything else. */
    policy?: string;
    /** The rate limit that the request counted against. */
    limitPolicy?: string;
  };
}

export type AppContext = Context<AppTypes>;

export function settings(c: AppContext): Settings {
  return requireSettings(c.env);
}

/** Where links point: the configured origin, else the one that was asked. */
export function originOf(c: AppContext): string {
  return settings(c).publicUrl ?? new URL(c.req.url).origin;
}

export function itemObject(c: AppContext, item: ItemIdentity): DurableObjectStub<ItemObject> {
  return c.env.ITEM.getByName(objectName(item));
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
  return new Problem("not_found", "There is no such workflow.");
}
