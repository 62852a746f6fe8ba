/**
 * Where each workflow of the item is stored: in a slot of the workflow table. A finished row that the database has
 * confirmed and that is older than a day is overwritten by the next workflow, so nothing is deleted on the hot path.
 */
import { DAY_MS } from "../../shared/durations.ts";

/** Finished workflows are readable from the item for this long, even if everything else is down. */
const KEEP_FINISHED_MS = DAY_MS;

export interface Place {
  readonly slot: number;
  readonly finishedAt: number | null;
}

/** What prevents a finished workflow's slot from being overwritten. */
export interface Needed {
  /** Highest ordinal up to which the database has confirmed everything. */
  readonly through: number;
  readonly isNeeded: (seq: number) => boolean;
}

export class Slots {
  /** Ordinal -> where it is stored. */
  readonly #places = new Map<number, Place>();
  /** Finished ordinals, oldest first: the next to be overwritten. */
  readonly #finished: number[] = [];
  #highest = 0;
  #lastSeq = 0;

  /** New ordinals follow this one. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Slots below this one are in use, or were. */
  get highest(): number {
    return this.#highest;
  }

  get seqs(): number[] {
    return [...this.#places.keys()];
  }

  at(seq: number): Place | undefined {
    return this.#places.get(seq);
  }

  set(seq: number, place: Place): void {
    const wasFinished = this.#places.get(seq)?.finishedAt != null;
    this.#places.set(seq, place);
    if (place.finishedAt !== null && !wasFinished) this.#finished.push(seq);
    this.#highest = Math.max(this.#highest, place.slot);
    this.#lastSeq = Math.max(this.#lastSeq, seq);
  }

  drop(seq: number): void {
    this.#places.delete(seq);
    const at = this.#finished.indexOf(seq);
    if (at >= 0) this.#finished.splice(at, 1);
  }

  /** The oldest finished ordinal whose slot may be overwritten, of those not in `taken`; null = take a new slot. */
  overwritable(now: number, taken: ReadonlySet<number>, { through, isNeeded }: Needed): number | null {
    for (const seq of this.#finished) {
      if (taken.has(seq) || isNeeded(seq)) continue;
      const finishedAt = this.#places.get(seq)?.finishedAt;
      return seq > through || finishedAt == null || finishedAt > now - KEEP_FINISHED_MS ? null : seq;
    }
    return null;
  }

  /**
   * Finished ordinals from before `cutoff` (epoch ms) that may be dropped. The newest one stays, since new ordinals
   * follow it.
   */
  finishedBefore(cutoff: number, { through, isNeeded }: Needed): number[] {
    return this.#finished.filter((seq) => {
      const finishedAt = this.#places.get(seq)?.finishedAt ?? Infinity;
      return finishedAt < cutoff && seq <= through && seq !== this.#lastSeq && !isNeeded(seq);
    });
  }
}
