/** The people of a replay: they approve most recommendations, refuse some, and leave some unanswered. */
import type { Stockwarden, Workflow } from "../../../src/client/client.ts";
import { unlessRefused } from "../server/service-client.ts";

const ANSWERS = ["approve", "approve", "reject", "approve", "leave"] as const;

export class People {
  asked = 0;
  /** Questions by the first of their reasons. */
  readonly askedFor: Record<string, number> = {};
  readonly #client: Stockwarden;
  readonly #leaveSomeOpen: boolean;

  constructor(client: Stockwarden, leaveSomeOpen: boolean) {
    this.#client = client;
    this.#leaveSomeOpen = leaveSomeOpen;
  }

  async answer(question: Workflow): Promise<Workflow> {
    const answer = ANSWERS[this.asked % ANSWERS.length] ?? "approve";
    this.asked += 1;
    const reason = question.review?.reason ?? "unknown";
    this.askedFor[reason] = (this.askedFor[reason] ?? 0) + 1;
    if (answer === "leave" && this.#leaveSomeOpen) return question;
    const decision = answer === "leave" ? "approve" : answer;
    let current = question;
    for (let attempt = 0; attempt < 2 && current.status === "awaiting_human_review"; attempt += 1) {
      const { workflow_id, revision } = current;
      const verdict = { decision, revision, reviewer: "replay", comment: "a replay's rotation of answers" } as const;
      // 409: another answer or event came first.
      const decided = await unlessRefused([409], this.#client.decide(workflow_id, verdict));
      current = decided ?? (await this.#client.workflow(workflow_id));
    }
    return current;
  }
}
