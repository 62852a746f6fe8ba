/**
 * Time that tests own. It does not move while anything is going on, and jumps to the next timer when all is quiet:
 * a server's hang of twenty seconds takes no time, and an answer that is on its way is never overtaken by a timeout.
 */
import { setTimeout as realSleep } from "node:timers/promises";

/** Real ms of quiet, in turns, before time moves: loopback traffic and promises settle in far less. */
const QUIET_TURNS = 8;
const TURN_MS = 2;

/** In the future, so that no real clock is ahead of it. */
export const T0 = Date.UTC(2040, 0, 3);

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

export class VirtualTime {
  #now = T0;
  #timers: Timer[] = [];
  #activity = 0;
  readonly #isIdle: () => boolean;
  /** Every wait that ran its full course, ms, in order. */
  readonly waited: number[] = [];

  constructor(isIdle: () => boolean = () => true) {
    this.#isIdle = isIdle;
  }

  readonly clock = (): number => this.#now;
  readonly random = (): number => 0.5;

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      this.#activity += 1;
      if (signal?.aborted === true) return resolve();
      const timer: Timer = {
        at: this.#now + ms,
        fire: () => {
          this.waited.push(ms);
          resolve();
        },
      };
      this.#timers.push(timer);
      signal?.addEventListener("abort", () => {
        this.#activity += 1;
        this.#timers = this.#timers.filter((other) => other !== timer);
        resolve();
      });
    });

  advance(ms: number): void {
    this.#now += ms;
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const finished = work.finally(() => (done = true));
    finished.catch(() => undefined);
    for (;;) {
      await this.#quiet(() => done);
      if (done) return finished;
      const next = this.#timers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) continue;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.fire();
    }
  }

  async #quiet(isDone: () => boolean): Promise<void> {
    let seen = -1;
    for (let turns = 0; turns < QUIET_TURNS && !isDone(); turns += 1) {
      if (this.#activity !== seen || !this.#isIdle()) turns = 0;
      seen = this.#activity;
      await realSleep(TURN_MS);
    }
  }
}
