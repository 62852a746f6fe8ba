/** A workflow's record as it is stored, in its item and in the database: JSON with its schema version. */
import * as z from "zod";
import { WORKFLOW_SCHEMA, type Workflow } from "../workflow/types.ts";

/** A workflow's record and the text it is stored as: whoever made the text hands it on, so that it is made once. */
export interface Recorded {
  readonly workflow: Workflow;
  readonly record: string;
}

/** A stored record of a known schema; fields that a newer release added are kept (I12). */
const StoredWorkflow = z.looseObject({ schema: z.literal(WORKFLOW_SCHEMA), id: z.string(), status: z.string() });

export function parseWorkflow(json: string): Workflow {
  return StoredWorkflow.parse(JSON.parse(json)) as unknown as Workflow;
}
