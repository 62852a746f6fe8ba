/**
 * The circuit breaker for a model server that keeps failing. Pure: state, event and time in, state out.
 *
 * - Five failed calls in a row (a call = all its attempts), wherever they were made, open it for 60 s.
 * - When the 60 s are over, one caller gets through as a probe. Only the probe's outcome closes or reopens it.
 * - A probe that never reports (its object died) loses its turn after a lease, so that the circuit cannot stay shut.
 */

export const CIRCUIT_SCHEMA = 1;

const FAILURES_TO_OPEN = 5;
/** Enough for a restart or a rate limit to pass; short enough that a shop does not notice. */
export const OPEN_MS = 60_000;
/** Past the longest call: the default deadline and some. */
const PROBE_LEASE_MS = 90_000;

/** Stored; new fields are optional. */
export interface CircuitState {
  readonly schema: typeof CIRCUIT_SCHEMA;
  readonly failures: number;
  /** Epoch ms; null = closed. */
  readonly openUntil: number | null;
  /** The probe that is under way, named by the time its lease ends. */
  readonly probe: number | null;
}

export const CLOSED: CircuitState = { schema: CIRCUIT_SCHEMA, failures: 0, openUntil: null, probe: null };

export type Admission =
  | { readonly kind: "closed" }
  | { readonly kind: "probe"; readonly probe: number }
  /** Ask again no sooner than `until`. */
  | { readonly kind: "open"; readonly until: number };

/** `abandoned`: the call was admitted and not made, so it says nothing about the server. */
export type CallOutcome = "succeeded" | "failed" | "abandoned";

export interface CallReport {
  readonly schema: typeof CIRCUIT_SCHEMA;
  readonly outcome: CallOutcome;
  /** The probe that was admitted with the call, or null. */
  readonly probe: number | null;
}

export function admit(state: CircuitState, now: number): { state: CircuitState; admission: Admission } {
  if (state.openUntil === null) return { state, admission: { kind: "closed" } };
  if (now < state.openUntil) return { state, admission: { kind: "open", until: state.openUntil } };
  if (state.probe !== null && now < state.probe) return { state, admission: { kind: "open", until: state.probe } };
  const probe = now + PROBE_LEASE_MS;
  return { state: { ...state, probe }, admission: { kind: "probe", probe } };
}

export function afterCall(
  state: CircuitState,
  { outcome, probe }: Omit<CallReport, "schema">,
  now: number,
): CircuitState {
  if (probe !== null) {
    if (state.probe !== probe) return state;
    if (outcome === "abandoned") return { ...state, probe: null };
    return outcome === "succeeded" ? CLOSED : { ...state, openUntil: now + OPEN_MS, probe: null };
  }
  // A call that began before the circuit opened adds no new information.
  if (state.openUntil !== null || outcome === "abandoned") return state;
  if (outcome === "succeeded") return state.failures === 0 ? state : CLOSED;
  const failures = state.failures + 1;
  return failures < FAILURES_TO_OPEN ? { ...state, failures } : { ...state, failures, openUntil: now + OPEN_MS };
}
