/**
 * The columns of the item's workflow table besides the record: what a restart must know without reading every record.
 */
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { Table } from "./tables.ts";

/** Value of `next_due` when nothing is due but deliveries wait for an operator. */
export const PARKED = -1;

/** Value of `delivered_through` in a row that was written late; see watermark.ts. */
export const LATE = -1;

export const WORKFLOWS: Table = {
  name: "workflow",
  columns: `(slot INTEGER PRIMARY KEY, seq INTEGER NOT NULL, finished_at INTEGER, next_due INTEGER,
     counted_at INTEGER, delivered_through INTEGER NOT NULL, record TEXT NOT NULL) STRICT`,
};

export interface IndexRow {
  readonly [column: string]: number | null;
  readonly slot: number;
  readonly seq: number;
  readonly finished_at: number | null;
  readonly next_due: number | null;
  readonly counted_at: number | null;
  readonly delivered_through: number;
}

export function hasParked({ deliveries }: Workflow): boolean {
  return deliveries.some(({ status }) => status === "parked");
}

/** The value of `next_due`. */
export function storedDue(workflow: Workflow): number | null {
  return nextDelivery(workflow) ?? (hasParked(workflow) ? PARKED : null);
}

/** When a delivery of this workflow is next due; null = none is. */
export function nextDelivery({ deliveries }: Workflow): number | null {
  const pending = deliveries.filter((delivery) => delivery.status === "pending");
  return pending.length === 0 ? null : Math.min(...pending.map((delivery) => delivery.dueAt));
}
