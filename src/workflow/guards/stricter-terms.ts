/** Cost and maximum that guards judge by: a sender may tighten them, and never loosen them. */
import type { ItemTerms } from "../item-terms.ts";
import type { Snapshot } from "../types/snapshot.ts";

type Judged = Pick<ItemTerms, "unitCost" | "maxStock">;

/** The higher cost and the lower maximum of two; a value that neither states is left out. */
export function stricter(a: Judged, b: Judged): Judged {
  const unitCost = pick(Math.max, a.unitCost, b.unitCost);
  const maxStock = pick(Math.min, a.maxStock, b.maxStock);
  return { ...(unitCost === undefined ? {} : { unitCost }), ...(maxStock === undefined ? {} : { maxStock }) };
}

/** True when a person would judge both by the same numbers. */
export function judgedAlike(a: Snapshot, b: Snapshot): boolean {
  return judgedBy(a) === judgedBy(b);
}

function judgedBy({ unitCost, constraints: { minOrderQuantity, packSize, maxStock } }: Snapshot): string {
  return [unitCost, minOrderQuantity, packSize, maxStock].join();
}

function pick(of: (a: number, b: number) => number, a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : of(a, b);
}
