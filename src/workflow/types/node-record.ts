/** The six nodes, and what a workflow keeps of each. */

export const NODES = ["validate", "forecast", "assess", "reason", "review", "act"] as const;
export type NodeName = (typeof NODES)[number];

export interface NodeRecord {
  readonly node: NodeName;
  readonly status: "pending" | "running" | "done" | "skipped";
  readonly durationMs: number;
  /** One line for the story: what the node found. */
  readonly note?: string;
}
