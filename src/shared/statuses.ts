/** Closed lists that the workflow, the wire and the client share. */
export const ACTIONS = ["restock", "hold"] as const;

export const WORKFLOW_STATUSES = [
  "running",
  "awaiting_human_review",
  "completed",
  "rejected",
  "expired",
  "superseded",
] as const;

export const REVIEW_STATUSES = ["pending", "approved", "rejected", "modified", "expired", "superseded"] as const;

/** What a person may do besides looking. */
export const PERMISSIONS = ["review", "order", "manage"] as const;
