/** The adviser wired to the platform: the clock, and the two objects that all isolates share. */
import { proxyDurable } from "itty-durable/proxy-durable.js";
import type { Settings } from "../config/settings.ts";
import { type Adviser, type AdviserDeps, createAdviser } from "./adviser.ts";
import type { LlmBudget } from "./limits/budget-object.ts";
import { type Budget, createBudget, UNLIMITED } from "./limits/budget.ts";
import { type Circuit, type CircuitDoor, circuitMemory, createCircuit } from "./limits/circuit.ts";
import { PLATFORM_TIME } from "./call/platform-time.ts";
import { parseVariant } from "./call/variant.ts";

export interface AdviserBindings {
  readonly CIRCUIT: DurableObjectNamespace;
  readonly BUDGET: DurableObjectNamespace<LlmBudget>;
}

/** One object of each for the service: there is one model server and one purse. */
const SHARED_NAME = "llm";
/** Replays have a purse of their own, so that looking back never stops a decision. */
const REPLAY_NAME = "llm-replay";
/** A replay neither opens the circuit of decisions nor waits for it. */
const NO_CIRCUIT: Circuit = { admit: async () => ({ kind: "closed" }), report: async () => undefined };

const isolateMemory = circuitMemory();

/** Null when no model is configured: the baseline is then the recommendation. */
export function adviserFor(settings: Settings, env: AdviserBindings, report: AdviserDeps["report"]): Adviser | null {
  if (settings.llm === null) return null;
  return createAdviser(settings.llm, {
    ...PLATFORM_TIME,
    circuit: createCircuit(circuitDoor(env.CIRCUIT), PLATFORM_TIME.clock, isolateMemory),
    budget: budgetOf(env.BUDGET, settings.llm.dailyBudgetUsd),
    report,
    maximumOrderValue: settings.review.valueAbove,
  });
}

/**
 * The adviser of a replay, with another model or prompt and no shadow beside it. Null when no model is configured;
 * "not_allowed" for a model that is neither configured nor in LLM_REPLAY_MODELS.
 */
export function replayAdviser(
  settings: Settings,
  named: string,
  env: AdviserBindings,
  report: AdviserDeps["report"],
): Adviser | "not_allowed" | null {
  const { llm } = settings;
  if (llm === null) return null;
  const usual = parseVariant(llm.model);
  const { model, promptVersion } = parseVariant(named, usual);
  const configured = [usual.model, ...(llm.shadowModel === null ? [] : [parseVariant(llm.shadowModel, usual).model])];
  if (![...configured, ...llm.replayModels].includes(model)) return "not_allowed";
  return createAdviser(
    { ...llm, model: `${model}#${promptVersion}`, shadowModel: null },
    {
      ...PLATFORM_TIME,
      circuit: NO_CIRCUIT,
      budget: budgetOf(env.BUDGET, llm.replayBudgetUsd, REPLAY_NAME),
      report,
      maximumOrderValue: settings.review.valueAbove,
    },
  );
}

/** The stub answers any property, `then` included: it must not be awaited or returned from an async function. */
export function circuitDoor(namespace: DurableObjectNamespace): CircuitDoor {
  return proxyDurable(namespace, { name: "CIRCUIT", parse: true }).get(SHARED_NAME) as CircuitDoor;
}

export function budgetObject(
  namespace: DurableObjectNamespace<LlmBudget>,
  name: string = SHARED_NAME,
): DurableObjectStub<LlmBudget> {
  return namespace.get(namespace.idFromName(name));
}

function budgetOf(namespace: DurableObjectNamespace<LlmBudget>, dailyUsd: number | null, name = SHARED_NAME): Budget {
  if (dailyUsd === null) return UNLIMITED;
  // A fresh stub each time: one that has seen its object break stays broken.
  return createBudget(
    {
      reserve: (request) => budgetObject(namespace, name).reserve(request),
      settle: (reservation, spent) => budgetObject(namespace, name).settle(reservation, spent),
    },
    dailyUsd,
  );
}
