/** A workflow's record as it is stored, in its item and in the database: with its schema version, packed. */
import * as z from "zod";
import { WORKFLOW_SCHEMA, type Workflow } from "../../workflow/types.ts";
import { withHashes, withoutImpliedHashes } from "../audit-chain.ts";
import { packRecord, unpackRecord } from "./record-text.ts";

/** A workflow's record and the text it is stored as: the maker of the text passes it on, so it is made once. */
export interface Recorded {
  readonly workflow: Workflow;
  readonly record: string;
}

/** A stored record of a known schema; fields that a newer release added are kept (I12). */
const StoredWorkflow = z.looseObject({ schema: z.literal(WORKFLOW_SCHEMA), id: z.string(), status: z.string() });

export function recordOf(workflow: Workflow): Recorded {
  return { workflow, record: packRecord(withoutImpliedHashes(workflow), workflow.id) };
}

export function parseWorkflow(record: string, id: string): Workflow {
  return withStoredHashes(StoredWorkflow.parse(unpackRecord(record, id)) as unknown as Workflow);
}

/** A trail whose last entry has a hash had one at each. */
function withStoredHashes(workflow: Workflow): Workflow {
  return workflow.audit?.at(-1)?.hash === undefined ? workflow : withHashes(workflow);
}
