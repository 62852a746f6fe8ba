/** Every workflow's record in the order of its id, in pages: all that a check of the whole audit reads. */
import type { Workflow } from "../workflow/types/workflow.ts";

export interface AuditTrails {
  /** From above the id `after`; "" = from the first. Of `stores`; null = of all. */
  page(after: string, limit: number, stores: readonly string[] | null): Promise<readonly Workflow[]>;
}
