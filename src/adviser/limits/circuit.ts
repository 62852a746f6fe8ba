/**
 * The circuit as the adviser uses it, cached a few seconds in the isolate. The object that holds the truth is asked
 * only on the LLM path. When it cannot be reached the circuit counts as closed: it only saves calls.
 */
import {
  type Admission,
  type CallOutcome,
  type CallReport,
  CIRCUIT_SCHEMA,
  type CircuitState,
} from "./circuit-state.ts";

/** How old a cached state may be: other isolates notice an opened or closed circuit after this time at the latest. */
export const CACHE_MS = 3_000;

export interface Circuit {
  /** Never rejects. */
  admit(): Promise<Admission>;
  /** Never rejects. */
  report(outcome: CallOutcome, admission: Admission): Promise<void>;
}

/** The object's methods, as a stub offers them. */
export interface CircuitDoor {
  admit(): Promise<Admission>;
  report(call: CallReport): Promise<CircuitState>;
  status(): Promise<CircuitState>;
}

/** What an isolate caches of the circuit. A probe is not cached, because it is for one caller. */
export interface CircuitMemory {
  admission: Exclude<Admission, { kind: "probe" }> | null;
  /** Epoch ms until which it holds. */
  until: number;
}

export function circuitMemory(): CircuitMemory {
  return { admission: null, until: 0 };
}

export function createCircuit(door: CircuitDoor, clock: () => number, memory: CircuitMemory): Circuit {
  function remember(admission: Exclude<Admission, { kind: "probe" }>): void {
    memory.admission = admission;
    memory.until = clock() + CACHE_MS;
    if (admission.kind === "open") memory.until = Math.min(memory.until, admission.until);
  }

  return {
    async admit() {
      if (memory.admission !== null && clock() < memory.until) return memory.admission;
      try {
        const admission = await door.admit();
        if (admission.kind === "probe") memory.admission = null;
        else remember(admission);
        return admission;
      } catch {
        return { kind: "closed" };
      }
    },
    async report(outcome, admission) {
      if (admission.kind === "open") return;
      try {
        const probe = admission.kind === "probe" ? admission.probe : null;
        const { openUntil } = await door.report({ schema: CIRCUIT_SCHEMA, outcome, probe });
        remember(openUntil === null ? { kind: "closed" } : { kind: "open", until: openUntil });
      } catch {
        memory.admission = null;
      }
    },
  };
}
