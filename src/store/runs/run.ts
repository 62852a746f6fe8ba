/**
 * A run decides every item of a store again, each from its last count. A page's result is written together with the new
 * cursor. A crash repeats the page, and each item then gives the same answer as before.
 */
import type { StoreVersions } from "../store-versions.ts";
import type { ItemIdentity } from "../../storage/identity.ts";
import type { StoredInputs } from "../../storage/item-inputs.ts";
import type { WorldSlice } from "../../world/types.ts";
import { makeWorkflowId, parseWorkflowId } from "../../workflow/workflow-id.ts";

export const ITEMS_A_TICK = 200;
/** Questions whose rows the mail waits for. */
const MOST_ASKED = 200;
/** Skipped items kept: as many as the answer shows. */
const MOST_SKIPPED = 1_000;

/** Why an item was left out. */
export type SkipReason = "no_recent_count" | "safety_stock_unknown";

export interface RunRecord {
  readonly schema: 1;
  readonly runId: string;
  readonly storeId: string;
  /** Null = all items, with or without a supplier. */
  readonly supplierId: string | null;
  readonly status: "running" | "done";
  /** Null = requested by a person or a program; else the store's day of an automatic run. */
  readonly morning: number | null;
  /** The last product that was done; the next page begins after it. */
  readonly after: string | null;
  readonly items: number;
  readonly decided: number;
  readonly unchanged: number;
  readonly restock: number;
  readonly waiting: number;
  readonly skipped: readonly { readonly productId: string; readonly why: SkipReason }[];
  readonly failed: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  /** Questions that the run asked, up to the number that the mail waits for. */
  readonly asked: readonly string[];
  /** The mail after the run; null = none is due (any more). */
  readonly letter: Letter | null;
  /** Items of this run or an earlier one that are asked again; absent = none. */
  readonly again?: AskAgain;
}

/** Items that a run could not reach. */
export interface AskAgain {
  readonly dueAt: number;
  readonly attempts: number;
  readonly items: readonly Unreached[];
}

export interface Unreached {
  readonly productId: string;
  /** The run that did not reach it, which a later run may have followed. */
  readonly runId: string;
  readonly startedAt: number;
}

/** What is left to do about a morning's mail. */
export interface Letter {
  readonly dueAt: number;
  readonly attempts: number;
  /** Addresses that have it. */
  readonly done: readonly string[];
}

/** What the store asks of an item (I12). */
export interface RunCall {
  readonly schema: 1;
  readonly item: ItemIdentity;
  readonly runId: string;
  /**
   * From a caller that asks again after a crash, with the same run, until it is answered: by the time an item finds
   * what the run has decided there, and it answers when the database has it. Absent = the item keeps a key.
   */
  readonly startedAt?: number;
  /** Absent = the caller does not know. */
  readonly versions?: StoreVersions | undefined;
  /** What the store has read for the item's whole page; absent = the item reads for itself. */
  readonly known?: KnownToStore | undefined;
  /** The workflow whose answer somebody took back: decided again although nothing new is known. */
  readonly takesBack?: string;
}

/** Saves a reopened item from asking the database and the store. */
export interface KnownToStore {
  readonly inputs: StoredInputs;
  /** From its stored settings. */
  readonly supplierId: string | null;
  readonly slice: WorldSlice;
}

export type RunAnswer =
  /** `waits`: the workflow whose question waits for a person; null = none does. */
  | { readonly kind: "decided"; readonly action: "restock" | "hold"; readonly waits: string | null }
  | { readonly kind: "unchanged" }
  | { readonly kind: "skipped"; readonly why: SkipReason }
  | { readonly kind: "failed" };

export interface NewRun {
  readonly storeId: string;
  readonly supplierId: string | null;
  readonly morning: number | null;
}

/** A run's id contains its store's object, as a workflow's id contains its item's. */
export function begun(
  objectId: string,
  ordinal: number,
  { storeId, supplierId, morning }: NewRun,
  now: number,
): RunRecord {
  return {
    schema: 1,
    runId: makeWorkflowId(objectId, ordinal),
    storeId,
    supplierId,
    status: "running",
    morning,
    after: null,
    items: 0,
    decided: 0,
    unchanged: 0,
    restock: 0,
    waiting: 0,
    skipped: [],
    failed: 0,
    startedAt: now,
    finishedAt: null,
    asked: [],
    letter: null,
  };
}

/** Null for a text that is not a run's id. */
export function objectOfRun(runId: string): string | null {
  return parseWorkflowId(runId)?.objectId ?? null;
}

export interface Answered {
  readonly productId: string;
  readonly answer: RunAnswer;
}

/** The record after a page; a page that is not full is the last one. */
export function withPage(run: RunRecord, page: readonly Answered[], now: number): RunRecord {
  const isLast = page.length < ITEMS_A_TICK;
  return {
    ...withAnswers(run, page),
    after: page.at(-1)?.productId ?? run.after,
    items: run.items + page.length,
    ...(isLast ? { status: "done", finishedAt: now } : {}),
  };
}

/** The record with what items have answered. */
export function withAnswers(run: RunRecord, page: readonly Answered[]): RunRecord {
  const of = (kind: RunAnswer["kind"]): number => page.filter(({ answer }) => answer.kind === kind).length;
  const decided = page.flatMap(({ answer }) => (answer.kind === "decided" ? [answer] : []));
  const skipped = page.flatMap(({ productId, answer }) =>
    answer.kind === "skipped" ? [{ productId, why: answer.why }] : [],
  );
  return {
    ...run,
    decided: run.decided + decided.length,
    unchanged: run.unchanged + of("unchanged"),
    restock: run.restock + decided.filter(({ action, waits }) => action === "restock" && waits === null).length,
    waiting: run.waiting + decided.filter(({ waits }) => waits !== null).length,
    skipped: [...run.skipped, ...skipped].slice(0, MOST_SKIPPED),
    failed: run.failed + of("failed"),
    asked: [...run.asked, ...decided.flatMap(({ waits }) => waits ?? [])].slice(0, MOST_ASKED),
  };
}
