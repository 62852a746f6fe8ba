/**
 * Counts what belongs to no workflow (refused requests, answers by status, failures outside a decision) in the
 * isolate's memory and writes it to the database soon after the response. It does not use the collector, so these
 * counters still move when projections are stuck.
 *
 * A write that fails is kept for the next one. An isolate that ends loses what it had not written: refusals and status
 * counts, never a decision.
 */
import type { CounterStore } from "./counter-store.ts";
import { COUNTERS, counterKey, type Counter, type ErrorType } from "./metric-names.ts";

/** Long enough to share one write between many requests, far shorter than the interval between two scrapes. */
export const FLUSH_AFTER_MS = 5_000;

type CounterSink = Pick<CounterStore, "add">;

export class Tallies {
  /** By family and label: most requests find both, and no key is put together. */
  #counts = new Map<Counter, Map<string, number>>();
  #flushDueAt = 0;

  /** @param label empty for a family without one. */
  count(family: Counter, label = ""): void {
    this.#add(family, label, 1);
  }

  error(type: ErrorType): void {
    this.count(COUNTERS.errors, type);
  }

  /**
   * Whether a flush should be scheduled. When the request that scheduled one is torn down, the first request after its
   * due time takes over.
   */
  isFlushDue(now: number): boolean {
    return this.#counts.size > 0 && now >= this.#flushDueAt;
  }

  /** For `waitUntil`: writes soon, together with everything counted until then. Never rejects. */
  async flushSoon(counters: CounterSink, now: number): Promise<void> {
    if (!this.isFlushDue(now)) return;
    this.#flushDueAt = now + FLUSH_AFTER_MS;
    await scheduler.wait(FLUSH_AFTER_MS);
    await this.flush(counters);
  }

  async flush(counters: CounterSink): Promise<void> {
    const counts = this.#counts;
    if (counts.size === 0) return;
    this.#counts = new Map();
    try {
      await counters.add(
        Object.fromEntries(
          [...counts].flatMap(([family, labels]) =>
            [...labels].map(([label, count]) => [counterKey(family, label === "" ? [] : [label]), count]),
          ),
        ),
      );
    } catch {
      for (const [family, labels] of counts) for (const [label, by] of labels) this.#add(family, label, by);
    }
  }

  #add(family: Counter, label: string, by: number): void {
    const labels = this.#counts.get(family);
    if (labels === undefined) this.#counts.set(family, new Map([[label, by]]));
    else labels.set(label, (labels.get(label) ?? 0) + by);
  }
}
