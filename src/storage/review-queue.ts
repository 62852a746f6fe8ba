/** Lists of reviews, read from the projection: open questions by deadline, answered ones by when, each filtered. */
import type { ReviewReason, ReviewStatus } from "../workflow/review.ts";
import type { Recommendation, Workflow } from "../workflow/types.ts";
import type { QueueCursor } from "./workflow-log.ts";

export interface QueueFilter {
  /** "" = every store. */
  readonly store: string;
  /** A part of the product id, whatever the case of its ASCII letters; "" = every product. */
  readonly search: string;
  /** Stores that may be seen at all; null = all. */
  readonly stores: readonly string[] | null;
}

export const EVERYTHING: QueueFilter = { store: "", search: "", stores: null };

/** What a list shows of a reviewed workflow: little, so that a page of a long queue is read without its records. */
export interface ListedReview extends ListedFacts {
  readonly workflowId: string;
  readonly storeId: string;
  readonly productId: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** What of it is stored as JSON in the column `listed`, with the version that it is from. */
interface ListedFacts {
  readonly revision: number;
  readonly reason: ReviewReason;
  readonly recommendation: Recommendation | null;
  readonly unitCost: number | null;
}

/** A row as both databases give it. Facts are missing, or of an older version, where an earlier release projected the workflow. */
export interface ListedRow extends Omit<ListedReview, keyof ListedFacts> {
  readonly version: number;
  readonly listed: string | null;
}

export interface ReviewQueue {
  /** Earliest deadline first. A pending review past its deadline counts as expired, whatever its row says (I8). */
  reviews(
    status: ReviewStatus,
    filter: QueueFilter,
    after: QueueCursor | null,
    limit: number,
    now: number,
  ): Promise<readonly ListedReview[]>;
  /** Newest answer first; `before` continues a page. */
  answered(filter: QueueFilter, before: QueueCursor | null, limit: number): Promise<readonly Workflow[]>;
  stores(): Promise<readonly string[]>;
}

/** Null for a workflow that nobody was asked about. */
export function listedReview(workflow: Workflow): ListedReview | null {
  const facts = listedFacts(workflow);
  if (facts === null || workflow.review === null) return null;
  const { id, storeId, productId, review, createdAt } = workflow;
  return { workflowId: id, storeId, productId, expiresAt: review.expiresAt, createdAt, ...facts };
}

function listedFacts({ revision, review, recommendation, snapshot }: Workflow): ListedFacts | null {
  return review === null ? null : { revision, reason: review.reason, recommendation, unitCost: snapshot.unitCost };
}

/** For the column `listed`. */
export function listedText(workflow: Workflow): string | null {
  const facts = listedFacts(workflow);
  return facts === null ? null : JSON.stringify({ version: workflow.version, ...facts });
}

/** Reviews from their rows; those that lack the facts of their version, from their records, which are read together. */
export async function listedReviews(
  rows: readonly ListedRow[],
  recordsOf: (workflowIds: readonly string[]) => Promise<readonly Workflow[]>,
): Promise<ListedReview[]> {
  const stored = rows.map(storedFacts);
  const lacking = rows.filter((_, at) => stored[at] === null).map(({ workflowId }) => workflowId);
  const records = lacking.length === 0 ? [] : await recordsOf(lacking);
  const read = new Map(records.map((workflow) => [workflow.id, listedFacts(workflow)]));
  return rows.flatMap(({ version: _version, listed: _listed, ...row }, at) => {
    const facts = stored[at] ?? read.get(row.workflowId) ?? null;
    return facts === null ? [] : [{ ...row, ...facts }];
  });
}

function storedFacts({ listed, version }: ListedRow): ListedFacts | null {
  if (listed === null) return null;
  const { version: of, ...facts } = JSON.parse(listed) as ListedFacts & { readonly version: number };
  return of === version ? facts : null;
}

/** Stores offered in the filter: more would make no list that anybody reads. */
export const MOST_STORES = 200;

/** The pattern of a search for LIKE with `\` as its escape; "" stays "". */
export function likeOf(search: string): string {
  return search === "" ? "" : `%${search.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`;
}
