/**
 * A few at a time of many that begin at once. Who finds no turn free asks again a little later: workerd does not let
 * one request wait for another's promise.
 */
export class Turns {
  readonly #most: number;
  readonly #lostAfterMs: number;
  /** Oldest first. */
  readonly #taken = new Set<{ readonly since: number }>();

  /** @param lostAfterMs longer than any turn takes: what the platform ends runs no `finally`. */
  constructor(most: number, lostAfterMs: number) {
    this.#most = most;
    this.#lostAfterMs = lostAfterMs;
  }

  /** What gives the turn back; null = none is free. */
  take(now: number): (() => void) | null {
    for (const turn of this.#taken) {
      if (turn.since > now - this.#lostAfterMs) break;
      this.#taken.delete(turn);
    }
    if (this.#taken.size >= this.#most) return null;
    const turn = { since: now };
    this.#taken.add(turn);
    return () => void this.#taken.delete(turn);
  }
}
