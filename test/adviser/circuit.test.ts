import { describe, expect, it } from "vitest";
import { CACHE_MS, type CircuitDoor, circuitMemory, createCircuit } from "../../src/adviser/limits/circuit.ts";
import {
  admit,
  type CallOutcome,
  CLOSED,
  type CircuitState,
  OPEN_MS,
  afterCall,
} from "../../src/adviser/limits/circuit-state.ts";
import { T0 } from "../support/virtual-time.ts";

function afterCalls(outcomes: readonly CallOutcome[], now = T0): CircuitState {
  return outcomes.reduce((state, outcome) => afterCall(state, { outcome, probe: null }, now), CLOSED);
}

const FIVE_FAILURES: readonly CallOutcome[] = ["failed", "failed", "failed", "failed", "failed"];

describe("the circuit", () => {
  it("opens at the fifth failed call in a row, for 60 s", () => {
    expect(admit(afterCalls(FIVE_FAILURES.slice(1)), T0).admission).toEqual({ kind: "closed" });
    const open = afterCalls(FIVE_FAILURES);
    expect(admit(open, T0).admission).toEqual({ kind: "open", until: T0 + OPEN_MS });
    expect(admit(open, T0 + OPEN_MS - 1).admission.kind).toBe("open");
  });

  it("counts only failures in a row, and calls that were made", () => {
    expect(afterCalls(["failed", "failed", "failed", "failed", "succeeded", "failed"]).openUntil).toBeNull();
    expect(afterCalls(["failed", "failed", "failed", "failed", "abandoned", "failed"]).openUntil).not.toBeNull();
  });

  it("lets one probe through when the time is over, and closes when it succeeds", () => {
    const later = T0 + OPEN_MS;
    const { state, admission } = admit(afterCalls(FIVE_FAILURES), later);
    if (admission.kind !== "probe") throw new Error(admission.kind);
    expect(admit(state, later + 1).admission.kind).toBe("open");
    expect(afterCall(state, { outcome: "succeeded", probe: admission.probe }, later + 2)).toEqual(CLOSED);
  });

  it("opens for another 60 s when the probe fails", () => {
    const later = T0 + OPEN_MS;
    const { state, admission } = admit(afterCalls(FIVE_FAILURES), later);
    const failed = afterCall(
      state,
      { outcome: "failed", probe: admission.kind === "probe" ? admission.probe : null },
      later + 5,
    );
    expect(admit(failed, later + 6).admission).toEqual({ kind: "open", until: later + 5 + OPEN_MS });
  });

  it("gives the turn to the next when a probe is abandoned or never reports", () => {
    const later = T0 + OPEN_MS;
    const { state, admission } = admit(afterCalls(FIVE_FAILURES), later);
    const probe = admission.kind === "probe" ? admission.probe : null;
    expect(admit(afterCall(state, { outcome: "abandoned", probe }, later), later + 1).admission.kind).toBe("probe");
    expect(admit(state, later + 90_000).admission.kind).toBe("probe");
  });

  it("is not moved by calls that began before it opened, nor by a probe that lost its turn", () => {
    const open = afterCalls(FIVE_FAILURES);
    expect(afterCall(open, { outcome: "succeeded", probe: null }, T0 + 1)).toBe(open);
    expect(afterCall(open, { outcome: "failed", probe: null }, T0 + 1)).toBe(open);
    expect(afterCall(open, { outcome: "succeeded", probe: 12_345 }, T0 + 1)).toBe(open);
  });
});

/** Several isolates around one circuit, and a count of how often it is asked. */
function aWorld() {
  let state = CLOSED;
  let now = T0;
  const asked: string[] = [];
  const door: CircuitDoor = {
    admit: async () => {
      asked.push("admit");
      const result = admit(state, now);
      state = result.state;
      return result.admission;
    },
    report: async (call) => {
      asked.push("report");
      state = afterCall(state, call, now);
      return state;
    },
    status: async () => state,
  };
  return {
    asked,
    isolate: () => createCircuit(door, () => now, circuitMemory()),
    advance: (ms: number) => (now += ms),
  };
}

async function broken(): Promise<never> {
  throw new Error("unreachable");
}

async function failOnce(circuit: ReturnType<typeof createCircuit>): Promise<string> {
  const admission = await circuit.admit();
  await circuit.report("failed", admission);
  return admission.kind;
}

describe("an isolate's view of the circuit", () => {
  it("opens across isolates, half-opens for one caller, and closes for all", async () => {
    const world = aWorld();
    const isolates = [world.isolate(), world.isolate(), world.isolate()];
    for (let call = 0; call < 5; call += 1) await failOnce(isolates[call % 3]!);
    world.advance(CACHE_MS);
    expect(await Promise.all(isolates.map(async (isolate) => (await isolate.admit()).kind))).toEqual([
      "open",
      "open",
      "open",
    ]);
    world.advance(OPEN_MS);
    const admissions = await Promise.all(isolates.map((isolate) => isolate.admit()));
    expect(admissions.map(({ kind }) => kind).toSorted()).toEqual(["open", "open", "probe"]);
    const prober = admissions.findIndex(({ kind }) => kind === "probe");
    await isolates[prober]!.report("succeeded", admissions[prober]!);
    world.advance(CACHE_MS);
    expect(await Promise.all(isolates.map(async (isolate) => (await isolate.admit()).kind))).toEqual([
      "closed",
      "closed",
      "closed",
    ]);
  });

  it("asks the object once in a few seconds", async () => {
    const world = aWorld();
    const circuit = world.isolate();
    for (let call = 0; call < 10; call += 1) await circuit.admit();
    expect(world.asked).toEqual(["admit"]);
    world.advance(CACHE_MS);
    await circuit.admit();
    expect(world.asked).toEqual(["admit", "admit"]);
  });

  it("lets calls pass when the object cannot be reached", async () => {
    const circuit = createCircuit({ admit: broken, report: broken, status: broken }, () => T0, circuitMemory());
    expect(await circuit.admit()).toEqual({ kind: "closed" });
    await expect(circuit.report("failed", { kind: "closed" })).resolves.toBeUndefined();
  });
});
