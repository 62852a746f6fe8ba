/** The newest stock count of an item, as later triggers need it: kept in memory, so no trigger reads its record. */
import type { Outage } from "../../world/outages.ts";
import type { TrackRecord } from "../../workflow/confidence/track-record.ts";
import type { StandingNo } from "../../workflow/no.ts";
import { noOf } from "../../workflow/standing-no.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";

export interface StockCount extends Pick<Workflow, "id" | "seq" | "snapshot" | "supersededBy"> {
  readonly track: TrackRecord | null;
  readonly outages: readonly Outage[];
  /** True when its question was answered or expired. */
  readonly isAnswered: boolean;
  /** What that answer refused. */
  readonly no: StandingNo | null;
  /** An earlier No that was still in force for it. */
  readonly carriedNo: StandingNo | null;
}

export function countOf(workflow: Workflow): StockCount {
  const { id, seq, snapshot, supersededBy, track, outages = [], review, carriedNo } = workflow;
  return {
    id,
    seq,
    snapshot,
    supersededBy,
    track: track ?? null,
    outages,
    isAnswered: review?.decidedAt != null,
    no: noOf(workflow),
    carriedNo: carriedNo ?? null,
  };
}
