/**
 * Which question took the place of which. Every row is looked at once in a life of the object, so an item whose
 * questions replaced each other a thousand times asks as quickly as any.
 */
import type { Workflow } from "../../workflow/types.ts";
import type { Tables } from "./tables.ts";
import { WORKFLOWS } from "./workflow-columns.ts";

/** Questions that one more may have to correct: a chat's message is edited, so its reference is that of the newest. */
const MOST_REPLACED = 20;

export class ReplacedQuestions {
  readonly #tables: Tables;
  /** Id of a workflow -> ordinal of the question whose place it took; null = not looked for in this life. */
  #replaced: Map<string, number> | null = null;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** A workflow was written. */
  remember({ supersededBy, review, seq }: Workflow): void {
    if (supersededBy !== null && review !== null) this.#replaced?.set(supersededBy, seq);
  }

  /**
   * The last questions whose place this one took, and whose place those had taken, oldest first; at most
   * `MOST_REPLACED`.
   */
  before(workflowId: string, read: (seq: number) => Workflow | null): Workflow[] {
    this.#replaced ??= this.#stored();
    const found: Workflow[] = [];
    for (let id = workflowId; found.length < MOST_REPLACED;) {
      const seq = this.#replaced.get(id);
      const question = seq === undefined ? null : read(seq);
      if (question === null) break;
      found.push(question);
      id = question.id;
    }
    return found.toReversed();
  }

  #stored(): Map<string, number> {
    const rows = this.#tables.read<{ seq: number; by: string }>(
      WORKFLOWS,
      `SELECT seq, record ->> '$.supersededBy' AS by FROM workflow
       WHERE record ->> '$.supersededBy' IS NOT NULL AND record ->> '$.review' IS NOT NULL`,
    );
    return new Map(rows.map(({ seq, by }) => [by, seq]));
  }
}
