/** How much of everything a benchmark does: in full, in short, and just enough to show that it works. */
import type { FlatnessScale } from "./measures/flatness.ts";
import type { Scale } from "./measures/round.ts";

/** workerd closes an object ten seconds after its last call, which is its alarm's, at most eight after a decision. */
const IDLE_MS = 24_000;
/** Alarms behind projections ring within 45 seconds, and open closed objects for another ten. */
const REST_MS = 60_000;

export interface RunScale extends Scale {
  readonly sustainedSeconds: number;
  /** Items that have made so many decisions before they are measured. */
  readonly filledItems: number;
  readonly decisionsBefore: number;
  readonly flatness: FlatnessScale;
  readonly batchedDecisions: number;
  /** Decisions of each item whose bytes are counted. */
  readonly storedDecisions: number;
  /** Items of the two runs: the second ten times the first. */
  readonly runItems: readonly [few: number, many: number];
  /** Between the counts and the run, as a night is: no object is open, and no alarm of a count is left. */
  readonly runRestMs: number;
}

/** Some 33 minutes on a quiet machine of two cores: eighteen of them are the rounds. */
export const FULL: RunScale = {
  rounds: 3,
  items: 1_000,
  // V8 compiles what is hot for some fifteen thousand decisions, on threads whose CPU counts.
  warmUp: { seconds: 20 },
  at1: { seconds: 4 },
  at16: { seconds: 8 },
  firstTouches: 500,
  tracedRequests: 200,
  sustainedSeconds: 60,
  filledItems: 32,
  decisionsBefore: 1_000,
  flatness: { items: [100, 10_000], pending: [100, 100_000], pages: 300, requests: 4_000, idleMs: IDLE_MS },
  batchedDecisions: 5_000,
  storedDecisions: 500,
  runItems: [1_000, 10_000],
  runRestMs: REST_MS,
};

export const SHORT: RunScale = {
  rounds: 1,
  items: 64,
  warmUp: { seconds: 3 },
  at1: { seconds: 1 },
  at16: { seconds: 4 },
  firstTouches: 64,
  tracedRequests: 50,
  sustainedSeconds: 3,
  filledItems: 1,
  decisionsBefore: 1_000,
  flatness: { items: [16, 128], pending: [100, 2_000], pages: 300, requests: 400, idleMs: IDLE_MS },
  batchedDecisions: 400,
  storedDecisions: 100,
  runItems: [100, 1_000],
  runRestMs: REST_MS,
};

/** Every system, check and figure with just enough requests to show that it works: for continuous integration. */
export const SMOKE: RunScale = {
  rounds: 1,
  items: 16,
  warmUp: { requests: 16 },
  at1: { requests: 16 },
  at16: { requests: 64 },
  firstTouches: 16,
  tracedRequests: 16,
  sustainedSeconds: 1,
  filledItems: 1,
  decisionsBefore: 100,
  flatness: { items: [8, 32], pending: [100, 1_000], pages: 20, requests: 100, idleMs: 0 },
  batchedDecisions: 200,
  storedDecisions: 40,
  runItems: [20, 50],
  runRestMs: 0,
};
