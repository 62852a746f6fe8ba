/**
 * The shared circuit: one small `itty-durable` object that every isolate asks. Its methods are called by name through
 * `circuitOf` (circuit.ts). Between reading the state and setting it nothing is awaited.
 */
import { createDurable } from "itty-durable/itty-durable.js";
import { admit, type Admission, type CallReport, CLOSED, type CircuitState, afterCall } from "./circuit-state.ts";

export class LlmCircuit extends createDurable({ autoPersist: false }) {
  /** Loaded from and persisted to the object's storage by itty-durable. */
  circuit: CircuitState = CLOSED;

  async admit(): Promise<Admission> {
    const { state, admission } = admit(this.circuit, Date.now());
    await this.#keep(state);
    return admission;
  }

  /** Returns the present state of the circuit, for the caller's cache. */
  async report(call: CallReport): Promise<CircuitState> {
    await this.#keep(afterCall(this.circuit, call, Date.now()));
    return this.circuit;
  }

  status(): CircuitState {
    return this.circuit;
  }

  async #keep(state: CircuitState): Promise<void> {
    if (state === this.circuit) return;
    this.circuit = state;
    await this.persist();
  }
}
