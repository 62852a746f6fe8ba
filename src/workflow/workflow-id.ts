/**
 * A workflow's id: its item's object and its ordinal there, `{64 hex digits}-{ordinal from 1}`. The id leads to the
 * object without a lookup. Only this file knows the format.
 */
const WORKFLOW_ID = /^([0-9a-f]{64})-([1-9][0-9]{0,9})$/;

export interface WorkflowIdParts {
  readonly objectId: string;
  readonly seq: number;
}

export function makeWorkflowId(objectId: string, seq: number): string {
  // Joined, not added: see words/explain.ts.
  return [objectId, seq].join("-");
}

/** Null for a text that is not a workflow id. */
export function parseWorkflowId(text: string): WorkflowIdParts | null {
  const [, objectId, seq] = WORKFLOW_ID.exec(text) ?? [];
  return objectId === undefined || seq === undefined ? null : { objectId, seq: Number(seq) };
}
