/** A No as it is kept with the workflows that it answers: what was refused, by whom, until when. Times are epoch ms. */

export interface StandingNo {
  readonly workflowId: string;
  readonly kind: "rejected" | "modified" | "expired" | "removed";
  readonly by: string;
  readonly at: number;
  readonly until: number;
  /** What was refused: the recommendation, less the part that was granted. */
  readonly refused: { readonly action: "restock"; readonly quantity: number };
}
