/**
 * Settings of every system: no channel, no adviser, and a threshold of 0, so that the plan decides and nobody is asked.
 * Only warnings are logged, since neither the floor nor a peer writes a line.
 */
export const KEY = "bench-root-key";

export const BENCH_SETTINGS: Readonly<Record<string, string>> = {
  API_KEY: KEY,
  KEY_PEPPER: "bench-pepper",
  LINK_SECRET: "bench-link-secret",
  PUBLIC_URL: "http://localhost:8787",
  CONFIDENCE_THRESHOLD: "0",
  LOG_LEVEL: "warn",
};
