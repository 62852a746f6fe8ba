/**
 * The item's workflow table: which rows are written, overwritten, confirmed and forgotten.
 *
 * - A workflow's slot is overwritten when nothing needs it any more (`slots.ts`).
 * - What the database may lack is sent again after a restart (`watermark.ts`).
 */
import { parseWorkflow, recordOf, type Recorded } from "../../storage/record/workflow-record.ts";
import { TERMINAL, type Workflow } from "../../workflow/types/workflow.ts";
import { makeWorkflowId } from "../../workflow/workflow-id.ts";
import { Confirmations } from "./confirmations.ts";
import { Slots, type Needed, type Place } from "./slots.ts";
import { RecordsInMemory } from "./records-in-memory.ts";
import { ReplacedQuestions } from "./replaced-questions.ts";
import { countOf, type StockCount } from "./stock-count.ts";
import type { Statement, Tables } from "./tables.ts";
import { Watermark } from "./watermark.ts";
import { hasParked, PARKED, storedDue, WORKFLOWS, type IndexRow } from "./workflow-columns.ts";

export class WorkflowRows {
  readonly #tables: Tables;
  readonly #objectId: string;
  readonly #slots = new Slots();
  readonly #inMemory = new RecordsInMemory();
  #newestCount: StockCount | null = null;
  readonly #confirmations = new Confirmations();
  readonly #watermark = new Watermark(this.#confirmations);
  /** Ordinals with deliveries that wait for an operator: their rows are kept so that they can be retried. */
  readonly #parked = new Set<number>();
  readonly #replaced: ReplacedQuestions;

  constructor(tables: Tables, objectId: string) {
    this.#tables = tables;
    this.#objectId = objectId;
    this.#replaced = new ReplacedQuestions(tables);
    this.#load();
  }

  #load(): void {
    const rows = this.#tables.read<IndexRow>(
      WORKFLOWS,
      "SELECT slot, seq, finished_at, next_due, counted_at, delivered_through FROM workflow ORDER BY seq",
    );
    let counted: IndexRow | null = null;
    for (const row of rows) {
      this.#watermark.load(row);
      if (row.next_due === PARKED) this.#parked.add(row.seq);
      if (row.counted_at !== null && row.counted_at >= (counted?.counted_at ?? -Infinity)) counted = row;
    }
    // Oldest first: that is the order in which slots are overwritten.
    for (const row of rows.toSorted((a, b) => (a.finished_at ?? 0) - (b.finished_at ?? 0)))
      this.#slots.set(row.seq, { slot: row.slot, finishedAt: row.finished_at });
    for (const row of rows) {
      const isDue = row.finished_at === null || (row.next_due !== null && row.next_due !== PARKED);
      const isUnsure = this.#watermark.isUnsure(row.seq);
      if (!isDue && !isUnsure) continue;
      const recorded = this.#recorded(row.seq);
      if (recorded === null) continue;
      // The last one is likely to be read soon: it is the newest count and may need projecting.
      if (isDue || row.seq === this.lastSeq) this.#inMemory.keep(recorded);
      if (isUnsure) this.#confirmations.expect(recorded.workflow);
    }
    const newest = counted === null ? null : this.read(counted.seq);
    this.#newestCount = newest === null ? null : countOf(newest);
  }

  get lastSeq(): number {
    return this.#slots.lastSeq;
  }

  /** Workflows that are not terminal, oldest first. */
  get open(): readonly Workflow[] {
    return this.#inMemory.open;
  }

  /** Workflows that are open or have deliveries to make. */
  get active(): readonly Workflow[] {
    return this.#inMemory.active;
  }

  /** The newest processed stock count. */
  get newestCount(): StockCount | null {
    return this.#newestCount;
  }

  get hasUnconfirmed(): boolean {
    return this.#confirmations.size > 0;
  }

  /** Versions that the database has not confirmed, oldest first. */
  unconfirmed(limit: number): Recorded[] {
    return this.#confirmations.ordinals(limit).flatMap((seq) => this.#recorded(seq) ?? []);
  }

  read(seq: number): Workflow | null {
    return this.#recorded(seq)?.workflow ?? null;
  }

  /** Newest first. */
  latest(count: number): Workflow[] {
    const seqs = this.#slots.seqs.toSorted((a, b) => b - a).slice(0, count);
    return seqs.flatMap((seq) => this.read(seq) ?? []);
  }

  /** The questions that this one replaced, oldest first. */
  questionsReplacedBy(workflowId: string): Workflow[] {
    return this.#replaced.before(workflowId, (seq) => this.read(seq));
  }

  /** What is to be written, and how memory follows once it is. */
  write(
    workflows: readonly Workflow[],
    countedSeq: number | null,
    now: number,
  ): { statements: Statement[]; apply: () => void } {
    const statements: Statement[] = [];
    const steps: (() => void)[] = [];
    const taken = new Set<number>();
    const newest = Math.max(this.lastSeq, ...workflows.map(({ seq }) => seq));
    let highest = this.#slots.highest;
    for (const workflow of workflows) {
      const known = this.#slots.at(workflow.seq);
      const freed = known === undefined ? this.#slots.overwritable(now, taken, this.#needed) : null;
      if (freed !== null) taken.add(freed);
      const slot = known?.slot ?? (freed === null ? ++highest : this.#slots.at(freed)!.slot);
      const finishedAt = TERMINAL.has(workflow.status) ? workflow.updatedAt : null;
      const countedAt =
        workflow.seq === countedSeq || this.#newestCount?.seq === workflow.seq ? workflow.snapshot.occurredAt : null;
      const deliveredThrough = this.#watermark.of(workflow.seq, this.lastSeq, newest);
      const recorded = recordOf(workflow);
      statements.push({
        into: WORKFLOWS,
        query: "INSERT OR REPLACE INTO workflow VALUES (?, ?, ?, ?, ?, ?, ?)",
        bindings: [slot, workflow.seq, finishedAt, storedDue(workflow), countedAt, deliveredThrough, recorded.record],
      });
      steps.push(() => {
        this.#remember(recorded, { slot, finishedAt }, freed);
        this.#watermark.written(workflow.seq, deliveredThrough);
      });
    }
    return {
      statements,
      apply: () => {
        for (const step of steps) step();
        const counted = workflows.find(({ seq }) => seq === countedSeq);
        if (counted !== undefined) this.#newestCount = countOf(counted);
      },
    };
  }

  /** The database confirmed these versions; kept in memory until the next written row carries the watermark. */
  confirm(workflows: readonly Pick<Workflow, "seq" | "version">[]): void {
    for (const workflow of workflows) {
      if (this.#confirmations.confirm(workflow)) this.#inMemory.releaseOne(workflow.seq);
    }
  }

  /** What has been written could leave by now: finished records need not stay in memory. */
  release(): void {
    this.#inMemory.release();
  }

  /** Projects this one again, because the database shows an earlier version. */
  sendAgain(workflow: Workflow): void {
    this.#confirmations.expect(workflow);
  }

  /** Projects every kept workflow again, for a database that lost its rows or is new. */
  forgetConfirmations(): void {
    for (const seq of this.#slots.seqs) {
      const workflow = this.read(seq);
      if (workflow !== null) this.#confirmations.expect(workflow);
    }
  }

  /** See `Watermark.store`. */
  storeWatermark(resentAtMost: number): void {
    const seq = this.lastSeq;
    const place = this.#slots.at(seq);
    this.#watermark.store(this.#tables, place === undefined ? undefined : { seq, slot: place.slot }, resentAtMost);
  }

  /**
   * Drops finished workflows from before `cutoff` (epoch ms). The newest one stays, since new ordinals follow it, and
   * so does the newest count, with which older triggers are compared (I10).
   */
  forget(cutoff: number): void {
    const { through, isNeeded } = this.#needed;
    // Retention also drops rows whose deliveries wait for an operator; until then these can be retried.
    const isKept = (seq: number): boolean => isNeeded(seq) && !this.#parked.has(seq);
    const aged = this.#slots.finishedBefore(cutoff, { through, isNeeded: isKept });
    this.#tables.write(
      aged.map((seq) => ({
        into: WORKFLOWS,
        query: "DELETE FROM workflow WHERE slot = ?",
        bindings: [this.#slots.at(seq)!.slot],
      })),
    );
    for (const seq of aged) this.#drop(seq);
  }

  get #needed(): Needed {
    return {
      through: this.#confirmations.through(this.lastSeq),
      isNeeded: (seq) => seq === this.#newestCount?.seq || this.#inMemory.isActive(seq) || this.#parked.has(seq),
    };
  }

  #recorded(seq: number): Recorded | null {
    const inMemory = this.#inMemory.get(seq);
    if (inMemory !== undefined) return inMemory;
    const place = this.#slots.at(seq);
    if (place === undefined) return null;
    const [row] = this.#tables.read<{ record: string }>(
      WORKFLOWS,
      "SELECT record FROM workflow WHERE slot = ?",
      place.slot,
    );
    if (row === undefined) return null;
    return { workflow: parseWorkflow(row.record, makeWorkflowId(this.#objectId, seq)), record: row.record };
  }

  #remember(recorded: Recorded, place: Place, freed: number | null): void {
    const { workflow } = recorded;
    if (freed !== null) this.#drop(freed);
    this.#slots.set(workflow.seq, place);
    this.#replaced.remember(workflow);
    if (hasParked(workflow)) this.#parked.add(workflow.seq);
    else this.#parked.delete(workflow.seq);
    this.#confirmations.expect(workflow);
    this.#inMemory.keep(recorded);
    if (this.#newestCount?.seq === workflow.seq) this.#newestCount = countOf(workflow);
  }

  #drop(seq: number): void {
    this.#slots.drop(seq);
    this.#watermark.drop(seq);
    this.#parked.delete(seq);
  }
}
