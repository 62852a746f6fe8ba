/**
 * Which of the item's workflows a restart sends to the database again. Each row carries `delivered_through`: every
 * workflow up to that ordinal has reached the database, and those above it are sent again. So is a row that was
 * rewritten after later ones: their watermarks may be older than its newest version, so it carries LATE instead.
 */
import type { Confirmations } from "./confirmations.ts";
import type { Tables } from "./tables.ts";
import { LATE, WORKFLOWS, type IndexRow } from "./workflow-columns.ts";

export class Watermark {
  readonly #confirmations: Confirmations;
  /** The highest watermark on disk. */
  #stored = 0;
  /** Ordinals whose row is marked LATE. */
  readonly #late = new Set<number>();

  constructor(confirmations: Confirmations) {
    this.#confirmations = confirmations;
  }

  load({ seq, delivered_through: through }: IndexRow): void {
    this.#stored = Math.max(this.#stored, through);
    if (through === LATE) this.#late.add(seq);
  }

  /** The rows do not say that the database has it. */
  isUnsure(seq: number): boolean {
    return seq > this.#stored || this.#late.has(seq);
  }

  /** What a row carries that is written now; `last` and `newest` are the highest ordinals before and after. */
  of(seq: number, last: number, newest: number): number {
    return seq < newest ? LATE : Math.min(this.#confirmations.through(last), seq - 1);
  }

  /** The row is on disk with this watermark. */
  written(seq: number, through: number): void {
    this.#stored = Math.max(this.#stored, through);
    if (through === LATE) this.#late.add(seq);
    else this.#late.delete(seq);
  }

  /**
   * Writes it, or replaces LATE marks, when a restart would send more than `resentAtMost` workflows again. `last`: the
   * newest workflow; undefined = there is none.
   */
  store(tables: Tables, last: { readonly seq: number; readonly slot: number } | undefined, resentAtMost: number): void {
    if (this.#late.size > resentAtMost && this.#confirmations.size === 0) {
      tables.write([
        {
          into: WORKFLOWS,
          query: "UPDATE workflow SET delivered_through = 0 WHERE delivered_through = ?",
          bindings: [LATE],
        },
      ]);
      this.#late.clear();
    }
    if (last === undefined) return;
    const through = this.#confirmations.through(last.seq);
    if (through - this.#stored <= resentAtMost) return;
    tables.write([
      {
        into: WORKFLOWS,
        query: "UPDATE workflow SET delivered_through = ? WHERE slot = ?",
        bindings: [through, last.slot],
      },
    ]);
    this.#stored = through;
  }

  drop(seq: number): void {
    this.#late.delete(seq);
  }
}
