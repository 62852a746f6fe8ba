/** The adviser wired to the platform: the clock, and the two objects that all isolates share. */
import { proxyDurable } from "itty-durable/proxy-durable.js";
import type { Settings } from "../config/settings.ts";
import { type Adviser, type AdviserDeps, createAdviser } from "./adviser.ts";
import type { LlmBudget } from "./limits/budget-object.ts";
import { type Budget, createBudget, UNLIMITED } from "./limits/budget.ts";
import { type CircuitDoor, circuitMemory, createCircuit } from "./limits/circuit.ts";
import { PLATFORM_TIME } from "./call/platform-time.ts";
import { parseVariant } from "./call/variant.ts";

export interface AdviserBindings {
  readonly CIRCUIT: DurableObjectNamespace;
  readonly BUDGET: DurableObjectNamespace<LlmBudget>;
}

/** One object of each for the service: there is one model server and one purse. */
const SHARED_NAME = "llm";

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

/** The settings with another model or prompt, and no shadow beside it. */
export function withVariant(settings: Settings, variant: string): Settings {
  if (settings.llm === null) return settings;
  const usual = parseVariant(settings.llm.model);
  const { model, promptVersion } = parseVariant(variant, usual);
  return { ...settings, llm: { ...settings.llm, model: `${model}#${promptVersion}`, shadowModel: null } };
}

/** The stub answers any property, `then` included: it must not be awaited or returned from an async function. */
export function circuitDoor(namespace: DurableObjectNamespace): CircuitDoor {
  return proxyDurable(namespace, { name: "CIRCUIT", parse: true }).get(SHARED_NAME) as CircuitDoor;
}

export function budgetObject(namespace: DurableObjectNamespace<LlmBudget>): DurableObjectStub<LlmBudget> {
  return namespace.get(namespace.idFromName(SHARED_NAME));
}

function budgetOf(namespace: DurableObjectNamespace<LlmBudget>, dailyUsd: number | null): Budget {
  if (dailyUsd === null) return UNLIMITED;
  // A fresh stub each time: one that has seen its object break stays broken.
  return createBudget(
    {
      reserve: (request) => budgetObject(namespace).reserve(request),
      settle: (reservation, spent) => budgetObject(namespace).settle(reservation, spent),
    },
    dailyUsd,
  );
}
