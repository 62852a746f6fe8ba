/**
 * The adviser of the `reason` node: asks a model about one item and returns what the code accepts of its answer.
 *
 * - `advise` never rejects and ends inside the overall deadline, whatever the server does.
 * - Advice is inside the hard bounds (bounds.ts), with the confidence that the code computed for it.
 * - A shadow's answer is recorded and compared. It is never acted on, and never delays the decision past its grace.
 * - The record holds the exact facts and the reply, so that the decision can be played again without paying.
 */
import type { Settings } from "../config/settings.ts";
import type { AdviceFailure, AdviceOutcome } from "../workflow/advice/advice.ts";
import type { Budget } from "./limits/budget.ts";
import { createChatClient } from "./call/chat-client.ts";
import { recorder, shadowOf } from "./call-record.ts";
import type { CallOutcome } from "./limits/circuit-state.ts";
import type { Circuit } from "./limits/circuit.ts";
import { judge } from "./words/judge.ts";
import { callModel, type ModelCall, type TryReport } from "./call/model-call.ts";
import { priceOf } from "./call/models.ts";
import { shownProductId, type AdviceRequest } from "./words/shown-facts.ts";
import { factsOf } from "./words/prompt.ts";
import type { Time } from "./call/retry.ts";
import { parseVariant, type Variant } from "./call/variant.ts";

export type { AdviceRequest } from "./words/shown-facts.ts";

/** How long a decision waits for the shadow after its own answer has arrived. */
const SHADOW_GRACE_MS = 5_000;
/** Time reserved before the deadline to settle what the last attempt left open: a share of it, with a maximum in ms. */
const WRAP_UP_SHARE = 0.05;
const LONGEST_WRAP_UP_MS = 1_000;
type LlmSettings = NonNullable<Settings["llm"]>;

export interface Adviser {
  readonly model: string;
  advise(request: AdviceRequest, signal?: AbortSignal): Promise<AdviceOutcome>;
}

export interface AdviserDeps extends Time {
  readonly circuit: Circuit;
  readonly budget: Budget;
  /** One request to the server, as it happens; for logs. */
  readonly report: (event: TryReport, request: AdviceRequest) => void;
  /** Currency; the model never raises an order above it. Null or absent = no limit. */
  readonly maximumOrderValue?: number | null;
}

export function createAdviser(settings: LlmSettings, deps: AdviserDeps): Adviser {
  const variant = parseVariant(settings.model);
  const shadowVariant = settings.shadowModel === null ? null : parseVariant(settings.shadowModel, variant);
  const client = createChatClient(settings, deps);
  const maximumOrderValue = deps.maximumOrderValue ?? null;

  function call(of: Variant, request: AdviceRequest, deadlineAt: number, signal: AbortSignal): Promise<ModelCall> {
    const modelRequest = {
      variant: of,
      facts: factsOf(request),
      productId: shownProductId(request),
      attemptMs: settings.timeoutMs,
      deadlineAt,
      price: priceOf(of.model, settings.prices, settings.apiKey === null),
    };
    return callModel(
      modelRequest,
      { client, budget: deps.budget, time: deps, report: (event) => deps.report(event, request) },
      signal,
    );
  }

  async function askUnderCircuit(
    request: AdviceRequest,
    startedAt: number,
    signal: AbortSignal,
  ): Promise<AdviceOutcome> {
    const record = recorder(variant, request, startedAt, deps.clock);
    const admission = await deps.circuit.admit();
    if (admission.kind === "open") return { kind: "failed", failure: "circuit_open", record: record("circuit_open") };

    const deadlineAt =
      startedAt + settings.deadlineMs - Math.min(LONGEST_WRAP_UP_MS, settings.deadlineMs * WRAP_UP_SHARE);
    const shadowStop = new AbortController();
    // A probe is one call: nothing else goes to a server that may still be down.
    const shadow =
      shadowVariant === null || admission.kind === "probe"
        ? null
        : call(shadowVariant, request, deadlineAt, AbortSignal.any([signal, shadowStop.signal]));
    const answer = await call(variant, request, deadlineAt, signal);
    await deps.circuit.report(signal.aborted ? "abandoned" : callOutcome(answer), admission);

    const compared =
      shadow === null ? null : await waitAtMost(shadow, Math.min(SHADOW_GRACE_MS, deadlineAt - deps.clock()), deps);
    shadowStop.abort();
    const shadowRecord =
      shadowVariant === null || shadow === null
        ? {}
        : { shadow: shadowOf(shadowVariant, request, compared, maximumOrderValue) };

    if (answer.reply === null) {
      const failure = answer.failure ?? "bad_reply";
      return { kind: "failed", failure, record: { ...record(failure, answer), ...shadowRecord } };
    }
    const judged = judge(answer.reply, request, maximumOrderValue);
    return {
      kind: "advice",
      advice: { ...judged, record: { ...record("advice", answer), quantity: judged.quantity, ...shadowRecord } },
    };
  }

  function failedAtOnce(failure: AdviceFailure, request: AdviceRequest, startedAt: number): AdviceOutcome {
    return { kind: "failed", failure, record: recorder(variant, request, startedAt, deps.clock)(failure) };
  }

  return {
    model: variant.model,
    async advise(request, signal) {
      const startedAt = deps.clock();
      const stop = new AbortController();
      const stopped = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
      const answered = askUnderCircuit(request, startedAt, stopped).catch((error: unknown) => {
        const detail = error instanceof Error ? `${error.name}: ${error.message}` : "unknown error";
        deps.report(
          { model: variant.model, outcome: "bad_reply", detail, latencyMs: deps.clock() - startedAt },
          request,
        );
        return failedAtOnce("bad_reply", request, startedAt);
      });
      // The attempts end by the deadline anyway; this timer also covers an object that does not answer.
      const outcome = await waitAtMost(answered, settings.deadlineMs, deps);
      stop.abort();
      return outcome ?? failedAtOnce("timeout", request, startedAt);
    },
  };
}

/** A refusal comes from a healthy server; a call without a request says nothing about the server. */
function callOutcome(answer: ModelCall): CallOutcome {
  if (answer.tries.length === 0) return "abandoned";
  return answer.failure === null || answer.failure === "refused" ? "succeeded" : "failed";
}

async function waitAtMost<T>(promise: Promise<T>, ms: number, time: Time): Promise<T | null> {
  const timer = new AbortController();
  try {
    return await Promise.race([promise, time.sleep(Math.max(0, ms), timer.signal).then(() => null)]);
  } finally {
    timer.abort();
  }
}
