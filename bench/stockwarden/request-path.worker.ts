/**
 * Stockwarden with its delivery and the local simulators taken out, so that the request path can be measured alone: the
 * collector takes projections and never says that it is done, so each item sends once and then keeps what follows; the
 * rate limit, which the platform answers beside the Worker, answers here without a simulator. Everything else is the
 * Worker as it is deployed. What is taken out is measured apart, with the whole Worker.
 */
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";

// All of its classes, but for the collector below.
export * from "../../src/index.ts";

/** Longer than any measurement. (A promise that nothing will ever settle is cut off by workerd.) */
const HELD_MS = 3_600_000;

export class CollectorObject extends DurableObject<Env> {
  async push(): Promise<void> {
    await scheduler.wait(HELD_MS);
  }
}

const unlimited: RateLimit = { limit: async () => ({ success: true }) };
const withoutSimulators = new WeakMap<Env, Env>();

function bare(env: Env): Env {
  const known = withoutSimulators.get(env);
  if (known !== undefined) return known;
  const made: Env = { ...env, LIMITER: unlimited, LIMITER_BULK: unlimited, AUTH_LIMITER: unlimited };
  withoutSimulators.set(env, made);
  return made;
}

export default {
  fetch: (request, env, ctx) => worker.fetch(request, bare(env), ctx),
} satisfies ExportedHandler<Env>;
