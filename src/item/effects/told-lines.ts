/**
 * Sends the item's lines to their purchase orders right after a commit; after a failure the alarm tries again. A line
 * counts as untold until its purchase order has answered for its version, so no failure loses it (I7, I16).
 */
import { GrowingPause } from "../../shared/waiting/growing-pause.ts";
import type { LineAnswer, LineCall } from "../../workflow/orders/purchase-line.ts";

const FIRST_RETRY_MS = 2_000;
/** Within a minute of any crash a line is on its purchase order. */
const LONGEST_RETRY_MS = 30_000;

export interface ToldLinesDeps {
  /** Purchase orders that do not hold the item's newest line. */
  readonly untold: () => readonly { readonly poId: string }[];
  readonly line: (poId: string) => LineCall | null;
  readonly tell: (call: LineCall) => Promise<LineAnswer>;
  /** The purchase order holds this version, or will ask for a newer one. */
  readonly told: (poId: string, version: number) => void;
  /** The purchase order is closed: the line moves to another one. */
  readonly moved: (poId: string, answer: Extract<LineAnswer, { kind: "closed" }>) => void;
  readonly wakeAt: (at: number) => void;
  readonly onFailure: (cause: unknown) => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly now: () => number;
}

export class ToldLines {
  readonly #deps: ToldLinesDeps;
  #telling: Promise<void> | null = null;
  readonly #pause = new GrowingPause(FIRST_RETRY_MS, LONGEST_RETRY_MS);

  constructor(deps: ToldLinesDeps) {
    this.#deps = deps;
  }

  /** When the next attempt is made after a failure; null = nothing has failed. */
  get retryAt(): number | null {
    return this.#pause.retryAt;
  }

  /** Starts sending without waiting for it; the object stays awake until it is done. */
  start(): void {
    if (this.#telling !== null || this.#pause.retryAt !== null || this.#deps.untold().length === 0) return;
    this.#telling = this.#tell().finally(() => (this.#telling = null));
    this.#deps.waitUntil(this.#telling);
  }

  /** Tries now, without waiting for `retryAt`, until the attempt ends. */
  async drain(): Promise<void> {
    this.#pause.end();
    this.start();
    await this.#telling;
  }

  /** Sends lines again even if they were sent before: a lost order is rebuilt from them. */
  async tellAgain(poIds: readonly string[]): Promise<void> {
    const { line, tell, moved } = this.#deps;
    for (const poId of poIds) {
      const call = line(poId);
      const answer = call === null ? null : await tell(call);
      if (answer?.kind === "closed") moved(poId, answer);
    }
    await this.drain();
  }

  async #tell(): Promise<void> {
    const { untold, line, tell, told, moved, onFailure, wakeAt, now } = this.#deps;
    for (let [next] = untold(); next !== undefined; [next] = untold()) {
      const call = line(next.poId);
      if (call === null) return;
      try {
        const answer = await tell(call);
        if (answer.kind === "closed") moved(next.poId, answer);
        else told(next.poId, call.fact.version);
        this.#pause.succeeded();
      } catch (cause) {
        onFailure(cause);
        wakeAt(this.#pause.failed(now()));
        return;
      }
    }
  }
}
