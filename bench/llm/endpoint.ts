/**
 * The adviser of the service, pointed at the endpoint that the environment names, with circuit and budget in memory.
 */
import { type Adviser, createAdviser } from "../../src/adviser/adviser.ts";
import { type BudgetDoor, createBudget, UNLIMITED } from "../../src/adviser/limits/budget.ts";
import { admit, CLOSED, afterCall } from "../../src/adviser/limits/circuit-state.ts";
import { type CircuitDoor, circuitMemory, createCircuit } from "../../src/adviser/limits/circuit.ts";
import { PLATFORM_TIME } from "../../src/adviser/call/platform-time.ts";
import { RESERVATION_SCHEMA } from "../../src/adviser/limits/reservation.ts";
import { parseSettings } from "../../src/config/settings.ts";

export type Endpoint =
  | { readonly ok: true; readonly adviser: Adviser }
  | { readonly ok: false; readonly problem: string };

/** Reads OPENAI_* and LLM_* as the service does; LLM_DAILY_BUDGET_USD is the cap of this run. */
export function endpointOf(env: Readonly<Record<string, string | undefined>>): Endpoint {
  const named = Object.fromEntries(Object.entries(env).filter(([name]) => /^(OPENAI|LLM)_/.test(name)));
  const parsed = parseSettings({ API_KEY: "unused", PUBLIC_URL: "http://localhost", ...named });
  if (!parsed.ok)
    return { ok: false, problem: parsed.problems.map(({ setting, message }) => `${setting} ${message}`).join("; ") };
  const { llm } = parsed.settings;
  if (llm === null) return { ok: false, problem: "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a keyless server." };
  const budget = llm.dailyBudgetUsd === null ? UNLIMITED : createBudget(purse(), llm.dailyBudgetUsd);
  const circuit = createCircuit(circuitDoor(PLATFORM_TIME.clock), PLATFORM_TIME.clock, circuitMemory());
  return { ok: true, adviser: createAdviser(llm, { ...PLATFORM_TIME, circuit, budget, report: () => undefined }) };
}

function circuitDoor(clock: () => number): CircuitDoor {
  let state = CLOSED;
  return {
    admit: async () => {
      const result = admit(state, clock());
      state = result.state;
      return result.admission;
    },
    report: async (call) => (state = afterCall(state, call, clock())),
    status: async () => state,
  };
}

function purse(): BudgetDoor {
  let spent = 0;
  return {
    reserve: async ({ microUsd, capMicroUsd }) => {
      if (spent + microUsd > capMicroUsd) return null;
      spent += microUsd;
      return { schema: RESERVATION_SCHEMA, day: "this run", microUsd };
    },
    settle: async ({ microUsd }, cost) => void (spent += cost - microUsd),
  };
}
