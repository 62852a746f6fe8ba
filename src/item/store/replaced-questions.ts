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
  remember(workflow: Workflow): void {
    if (isReplaced(workflow)) this.#replaced?.set(workflow.supersededBy, workflow.seq);
  }

  /**
   * The last questions whose place this one took, and whose place those had taken, oldest first; at most
   * `MOST_REPLACED`.
   */
  before(workflowId: string, read: (seq: number) => Workflow | null): Workflow[] {
    this.#replaced ??= this.#stored(read);
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

  #stored(read: (seq: number) => Workflow | null): Map<string, number> {
    const rows = this.#tables.read<{ seq: number }>(
      WORKFLOWS,
      "SELECT seq FROM workflow WHERE finished_at IS NOT NULL ORDER BY seq",
    );
    return new Map(
      rows.flatMap(({ seq }) => {
        const workflow = read(seq);
        return workflow === null || !isReplaced(workflow) ? [] : [[workflow.supersededBy, seq]];
      }),
    );
  }
}

function isReplaced(workflow: Workflow): workflow is Workflow & { readonly supersededBy: string } {
  return workflow.supersededBy !== null && workflow.review !== null;
}
