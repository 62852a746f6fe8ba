/** The inbox's reads of the projection: open questions by deadline, answered ones by when, each filtered. */
import type { Workflow } from "../workflow/types.ts";
import type { QueueCursor } from "./workflow-log.ts";

export interface QueueFilter {
  /** "" = every store. */
  readonly store: string;
  /** A part of the product id, whatever the case of its ASCII letters; "" = every product. */
  readonly search: string;
}

export interface ReviewQueue {
  open(filter: QueueFilter, after: QueueCursor | null, limit: number, now: number): Promise<readonly Workflow[]>;
  /** Newest answer first; `before` continues a page. */
  answered(filter: QueueFilter, before: QueueCursor | null, limit: number): Promise<readonly Workflow[]>;
  stores(): Promise<readonly string[]>;
}

/** Stores offered in the filter: more would make no list that anybody reads. */
export const MOST_STORES = 200;

/** The pattern of a search for LIKE with `\` as its escape; "" stays "". */
export function likeOf(search: string): string {
  return search === "" ? "" : `%${search.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`;
}
