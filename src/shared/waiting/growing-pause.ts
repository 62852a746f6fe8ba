/** When work that failed is tried again: after a pause that doubles with each failure in a row, up to a longest one. */

export class GrowingPause {
  readonly #firstMs: number;
  readonly #longestMs: number;
  #failures = 0;
  #retryAt: number | null = null;

  constructor(firstMs: number, longestMs: number) {
    this.#firstMs = firstMs;
    this.#longestMs = longestMs;
  }

  /** Null = no attempt is waiting. */
  get retryAt(): number | null {
    return this.#retryAt;
  }

  /** Returns when the next attempt is due. */
  failed(now: number): number {
    this.#retryAt = now + Math.min(this.#longestMs, this.#firstMs * 2 ** this.#failures);
    this.#failures++;
    return this.#retryAt;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** Ends the pause: the next attempt need not wait. */
  end(): void {
    this.#retryAt = null;
  }
}
