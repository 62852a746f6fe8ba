/** A workflow's record as it is stored, in its item and in the database: with its schema version, packed. */
import { WORKFLOW_SCHEMA, type Workflow } from "../../workflow/types/workflow.ts";
import { isHashed, lastHashOf, withHashes, withoutImpliedHashes } from "../audit/audit-chain.ts";
import { packRecord, packWithoutHash, unpackRecord, withLastHash } from "./record-text.ts";

/** A workflow's record and the text it is stored as: the maker of the text passes it on, so it is made once. */
export interface Recorded {
  readonly workflow: Workflow;
  readonly record: string;
}

/** As an item stores it: a plain hold without hashes, which an answer need not wait for (`departing`). */
export function recordOf(workflow: Workflow): Recorded {
  const { id, audit } = workflow;
  const plain = audit.some(isHashed) ? null : packWithoutHash(workflow, id);
  if (plain !== null) return { workflow, record: plain };
  const hashed = withHashes(workflow);
  return { workflow: hashed, record: packRecord(withoutImpliedHashes(hashed), id) };
}

/** The text as it leaves its item: with the hash that covers the whole trail. */
export function departing({ workflow, record }: Recorded): string {
  const { audit } = workflow;
  const isWithoutHash = record.startsWith("[") && audit.length > 0 && !audit.some(isHashed);
  return isWithoutHash ? withLastHash(record, lastHashOf(workflow)) : record;
}

export function parseWorkflow(record: string, id: string): Workflow {
  return withStoredHashes(checked(unpackRecord(record, id)));
}

/**
 * A stored record of a known schema; fields that a newer release added are kept (I12). Each item that is opened reads
 * one, and a schema library would copy it.
 */
function checked(record: unknown): Workflow {
  const { schema, id, status } = (record ?? {}) as Partial<Record<keyof Workflow | "schema", unknown>>;
  if (schema !== WORKFLOW_SCHEMA) throw new Error(`a record of schema ${String(schema)} cannot be read`);
  if (typeof id !== "string" || typeof status !== "string") throw new Error("a record without id or status");
  return record as Workflow;
}

/** A trail whose last entry has a hash had one at each. */
function withStoredHashes(workflow: Workflow): Workflow {
  return workflow.audit?.at(-1)?.hash === undefined ? workflow : withHashes(workflow);
}
