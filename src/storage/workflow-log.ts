/**
 * The projection of workflows: review queue and decision log in one table. Versions never go backwards, in whatever
 * order they arrive (I1). Reads here serve lists and old workflows; an open workflow is read from its item.
 */
import { listedText } from "./review-queue.ts";
import { projectionFacts, type ProjectionFacts } from "../metrics/projection-facts.ts";
import { shelfFacts, type ShelfFacts } from "../workflow/asking/shelf.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { ItemIdentity } from "./identity.ts";
import { departing, type Recorded } from "./record/workflow-record.ts";
import { MINUTE_MS } from "../shared/durations.ts";

/** One row as the statements' JSON has it. Made by the item: flat, so that it travels for little. */
export interface Projection {
  readonly id: string;
  readonly seq: number;
  readonly version: number;
  /** The item's object. */
  readonly object: string;
  readonly store: string;
  readonly product: string;
  readonly status: string;
  readonly review: string | null;
  readonly expires: number | null;
  readonly decided: number | null;
  readonly created: number;
  readonly record: string;
  readonly metrics: ProjectionFacts;
  /** JSON of what lists show of a review; null for other decisions. */
  readonly listed: string | null;
  /** Kept with the item, not with the workflow; absent from an item of the previous release. */
  readonly shelf?: ShelfFacts;
  /**
   * JSON of when the shelf was empty, by the item's own counts, with the newest; absent = never, or a previous release.
   */
  readonly outages?: string;
}

/** Of an item's stored outages. */
export const OUTAGES_SCHEMA = 1;

export interface OverdueWorkflow {
  readonly workflowId: string;
}

/** Beside deadlines: a retry, a reminder or a model's answer may be under way for so long. */
export const DUE_GRACE_MS = 5 * MINUTE_MS;
/** Sweeps come this far apart, and each takes the next part of what is overdue. */
const SWEEP_MS = 5 * MINUTE_MS;

/** A workflow's id begins with the id of its item's object. */
export const OBJECT_ID_LENGTH = 64;

/** Which part it is this time. */
export function sweepTurn(now: number): number {
  return Math.floor(now / SWEEP_MS);
}

export interface RegisteredItem extends ItemIdentity {
  readonly objectId: string;
}

/** The last one of a page: when it was decided, and its id. */
export type ToPlaceCursor = readonly [decidedAt: number, workflowId: string];
export const FROM_NEWEST: ToPlaceCursor = [Number.MAX_SAFE_INTEGER, ""];

export interface WorkflowLog {
  project(batch: readonly Projection[]): Promise<void>;
  get(workflowId: string): Promise<Workflow | null>;
  /**
   * Reviews past their deadline, and workflows with something that should have been done `DUE_GRACE_MS` ago; oldest
   * first. Of more than `limit`, five minutes later come the next ones: rows that cannot be repaired hide no others.
   */
  overdue(now: number, limit: number): Promise<readonly OverdueWorkflow[]>;
  /** Ids of workflows with deliveries that were given up, in their order, after one of them. */
  parked(after: string, limit: number): Promise<readonly string[]>;
  /** Restocks decided since then that are on no purchase order, newest first. `stores`: null = all. */
  toPlace(
    since: number,
    stores: readonly string[] | null,
    after: ToPlaceCursor | null,
    limit: number,
  ): Promise<readonly Workflow[]>;
  /** Registers again the items of the log that the registry has lost. */
  registerAgain(): Promise<void>;
  /** Items of the registry in the order of store and product, after one of them; null = from the first. */
  registered(after: ItemIdentity | null, limit: number): Promise<readonly RegisteredItem[]>;
}

export function projectionOf(objectId: string, recorded: Recorded): Projection {
  const { workflow } = recorded;
  return {
    id: workflow.id,
    seq: workflow.seq,
    version: workflow.version,
    object: objectId,
    store: workflow.storeId,
    product: workflow.productId,
    status: workflow.status,
    review: workflow.review?.status ?? null,
    expires: workflow.review?.expiresAt ?? null,
    decided: workflow.review?.decidedAt ?? null,
    created: workflow.createdAt,
    record: departing(recorded),
    metrics: projectionFacts(workflow),
    listed: listedText(workflow),
    shelf: shelfFacts(workflow),
    ...((workflow.outages ?? []).length === 0
      ? {}
      : { outages: JSON.stringify({ schema: OUTAGES_SCHEMA, outages: workflow.outages }) }),
  };
}

/** A projection of the present release, which says what lists show of the count. */
export type Shelved = Projection & Required<Pick<Projection, "shelf">>;

/** One for each item of the batch: the newest count. */
export function newestShelves(rows: readonly Projection[]): readonly Shelved[] {
  const newest = new Map<string, Shelved>();
  for (const row of rows.filter(isShelved)) {
    const known = newest.get(row.object);
    if (
      known === undefined ||
      known.shelf.countedAt < row.shelf.countedAt ||
      (known.shelf.countedAt === row.shelf.countedAt && known.seq < row.seq)
    )
      newest.set(row.object, row);
  }
  return [...newest.values()];
}

function isShelved(row: Projection): row is Shelved {
  return row.shelf !== undefined;
}
