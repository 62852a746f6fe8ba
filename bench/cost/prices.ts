/**
 * The public price list: Cloudflare Workers Paid, beyond what the plan includes (that is left out: at a million
 * decisions a month most terms would be free). Read on 2026-11-22 from developers.cloudflare.com:
 * /workers/platform/pricing, /durable-objects/platform/pricing, /d1/platform/pricing, /kv/platform/pricing. The model's
 * prices are in src/adviser/call/models.ts.
 */
export const PRICES_DATE = "2026-11-22";

/** US dollars a unit. */
export const PRICES = {
  request: 0.3 / 1e6,
  cpuMillisecond: 0.02 / 1e6,
  objectRequest: 0.15 / 1e6,
  /** An object is billed 128 MB while it is active. */
  objectSecond: (12.5 / 1e6) * 0.128,
  objectRowRead: 0.001 / 1e6,
  objectRowWritten: 1 / 1e6,
  d1RowRead: 0.001 / 1e6,
  d1RowWritten: 1 / 1e6,
  kvRead: 0.5 / 1e6,
  kvWrite: 5 / 1e6,
  /** A byte kept for a month. */
  d1ByteMonth: 0.75 / 1e9,
  objectByteMonth: 0.2 / 1e9,
} as const;
