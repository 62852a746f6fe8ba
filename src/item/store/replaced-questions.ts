/**
 * Which question replaced which. The rows are read once after the object is opened, so a long chain of replaced
 * questions does not slow an item down.
 */
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { Tables } from "./tables.ts";
import { WORKFLOWS } from "./workflow-columns.ts";

/** Most earlier questions that one may have to correct. An edited chat message keeps its reference in the newest. */
const MOST_REPLACED = 20;

export class ReplacedQuestions {
  readonly #tables: Tables;
  /** Id of a workflow -> ordinal of the question it replaced; null = not read since the object was opened. */
  #replaced: Map<string, number> | null = null;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** A workflow was written. */
  remember(workflow: Workflow): void {
    if (isReplaced(workflow)) this.#replaced?.set(workflow.supersededBy, workflow.seq);
  }

  /**
   * The chain of questions that this one replaced, oldest first; at most the newest `MOST_REPLACED`.
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
