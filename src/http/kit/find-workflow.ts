/** Routes below `/:workflow_id`: their parameter, and the workflow that it names. */
import * as z from "zod";
import { storageOf } from "../../storage/storage.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { AppContext } from "./context.ts";
import { noSuchWorkflow, objectOfWorkflow } from "./item-stubs.ts";

/** Spread into a route. Any text: an id that names nothing is a 404, not a 422. */
export const OF_WORKFLOW = { params: z.object({ workflow_id: z.string() }) } as const;

/** From the item, which keeps open workflows and those of the last day; older ones from the decision log. */
export async function findWorkflow(c: AppContext, workflowId: string): Promise<Workflow> {
  const present = await objectOfWorkflow(c, workflowId).read(workflowId);
  if (present !== null) return present;
  const logged = await storageOf(c.env).workflows.get(workflowId);
  if (logged === null) throw noSuchWorkflow();
  return logged;
}
