/** What a key may be made for. */
export const SCOPES = ["trigger", "read", "review", "write", "metrics", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** `bulk` is for a sender of many stores' triggers: a larger limit, nothing else. */
export const RATE_CLASSES = ["standard", "bulk"] as const;
export type RateClass = (typeof RATE_CLASSES)[number];
