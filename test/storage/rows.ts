/** Rows to be stored: texts that break what is glued together, ids as objects have them. */
import type { Storage } from "../../src/storage/storage-interface.ts";
import { projectionOf } from "../../src/storage/workflow-log.ts";
import type { Workflow } from "../../src/workflow/types/workflow.ts";

export const HOSTILE_TEXTS = [
  "'; DROP TABLE workflows; --",
  '"',
  "\\",
  "\\u0000",
  "\u0000",
  "\ud800",
  "𝄞",
  "$1 ${x} %s",
  "é\u0301",
  "\u202e",
  "'{\"a\":1}'",
];

/** Sixty-four characters, as an object's id has. */
export function objectId(seed: string): string {
  return seed.repeat(64).slice(0, 64);
}

export async function project(storage: Storage, workflows: readonly Workflow[]): Promise<void> {
  await storage.workflows.project(
    workflows.map((workflow) => projectionOf(objectId("a"), { workflow, record: JSON.stringify(workflow) })),
  );
}
