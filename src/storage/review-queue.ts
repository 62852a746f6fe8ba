/** Lists of reviews, read from the projection: open questions by deadline, answered ones by when, each filtered. */
import * as z from "zod";
import { madeOnce } from "../shared/made-once.ts";
import { ACTIONS } from "../shared/statuses.ts";
import { listedFacts, type ListedFacts, type ListedReview } from "../workflow/asking/listed-review.ts";
import { REVIEW_REASONS, type ReviewStatus } from "../workflow/review.ts";
import type { Workflow } from "../workflow/types/workflow.ts";

export interface QueueFilter {
  /** "" = every store. */
  readonly store: string;
  /** A part of the product's id or name, or its GTIN; "" = every product. */
  readonly search: string;
  /** Stores that may be seen at all; null = all. */
  readonly stores: readonly string[] | null;
}

export const EVERYTHING: QueueFilter = { store: "", search: "", stores: null };

export interface QueueCursor {
  readonly expiresAt: number;
  readonly workflowId: string;
}

/** A row as both databases give it; `listed` is JSON. */
export interface ListedRow extends Omit<ListedReview, keyof ListedFacts> {
  readonly listed: string;
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
  /** Those that have items. */
  stores(): Promise<readonly NamedStore[]>;
}

export interface NamedStore {
  readonly storeId: string;
  /** Null = nobody named it. */
  readonly name: string | null;
}

/** For the column `listed`. */
export function listedText(workflow: Workflow): string | null {
  const facts = listedFacts(workflow);
  return facts === null ? null : JSON.stringify({ schema: 1, ...facts });
}

const storedFacts = madeOnce(() =>
  z.object({
    schema: z.literal(1),
    revision: z.number(),
    reason: z.enum(REVIEW_REASONS),
    recommendation: z.object({ action: z.enum(ACTIONS), quantity: z.number(), confidence: z.number() }).nullable(),
    unitCost: z.number().nullable(),
    shownAs: z
      .object({
        name: z.string(),
        gtin: z.string(),
        store: z.string(),
        supplier: z.string(),
        timeZone: z.string(),
        locale: z.string(),
        currency: z.string(),
      })
      .partial()
      .optional(),
    onHand: z.number().optional(),
    daysOfCover: z.number().nullish(),
    soldOutOn: z.number().nullish(),
    approvals: z.object({ given: z.number(), needed: z.number() }).optional(),
  }),
);

export function toListedReview({ listed, ...row }: ListedRow): ListedReview {
  const { schema: _schema, ...facts } = storedFacts().parse(JSON.parse(listed));
  return { ...row, ...facts };
}

/** Stores offered in the filter: more would make no list that anybody reads. */
export const MOST_STORES = 200;
