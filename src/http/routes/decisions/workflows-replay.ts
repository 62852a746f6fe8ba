/** `POST /workflows/{id}/replay`: a stored decision played again, and how it differs. Changes nothing. */
import * as z from "zod";
import { isPromptVersion, promptVersions } from "../../../adviser/words/prompt.ts";
import { Problem } from "../../../api/problems.ts";
import { ReplayAnswer } from "../../../api/responses.ts";
import { differenceToWire } from "../../../api/difference-to-wire.ts";
import { decisionToWire, recommendationToWire } from "../../../api/to-wire.ts";
import type { NoReplay } from "../../../item/again/answer-replay.ts";
import type { Replay } from "../../../item/again/replay.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import type { AppContext } from "../../kit/context.ts";
import { findWorkflow, OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { objectOfWorkflow } from "../../kit/item-stubs.ts";
import { JSON_LIMIT, parseWith, readText, requireType } from "../../kit/request/body.ts";
import { parseStrictJson } from "../../kit/request/strict-json.ts";
import { guarded, json } from "../../kit/route.ts";

const LONGEST_MODEL = 128;

/** Both left out: the stored reply is judged again, which costs nothing. */
const ReplayBody = z.strictObject({
  model: z
    .string()
    .min(1)
    .max(LONGEST_MODEL)
    .regex(/^[^#\s]+$/, "must be a model's name")
    .nullish(),
  prompt: z
    .string()
    .refine(isPromptVersion, { error: () => `must be one of ${promptVersions().join(", ")}` })
    .nullish(),
});

export const postReplay = guarded({
  ...OF_WORKFLOW,
  method: "POST",
  path: "/workflows/:workflow_id/replay",
  scope: "read",
  docs: {
    summary: "Play a stored decision again, perhaps with another model; changes nothing",
    group: "decisions",
    body: json(ReplayBody),
    bodyOptional: true,
    answers: { 200: { says: "Both outcomes and how they differ", content: json(ReplayAnswer) } },
    problems: ["not_found", "not_decided"],
  },
  async handle(c, { params, principal }) {
    const body = await readBody(c);
    // Asking a model spends money.
    if ((body.model != null || body.prompt != null) && !principal.scopes.has("admin"))
      throw new Problem("forbidden", 'The key lacks the scope "admin", which a replay that asks a model needs.');
    return replay(c, params.workflow_id, body);
  },
});

async function readBody(c: AppContext): Promise<z.output<typeof ReplayBody>> {
  const text = await readText(c, JSON_LIMIT);
  if (text !== "") requireType(c, ["application/json"]);
  return text.trim() === "" ? {} : parseWith(ReplayBody, parseStrictJson(text));
}

async function replay(c: AppContext, workflowId: string, body: z.output<typeof ReplayBody>): Promise<Response> {
  const workflow = await findWorkflow(c, workflowId);
  const variant = body.model == null && body.prompt == null ? null : `${body.model ?? ""}#${body.prompt ?? ""}`;
  const answer = await objectOfWorkflow(c, workflowId).replay({ schema: 1, workflow, variant });
  if (typeof answer === "string") throw refused(answer, body.model == null ? "/prompt" : "/model");
  return c.json(replayToWire(workflow, answer, variant !== null));
}

function refused(why: NoReplay, asked: "/prompt" | "/model"): Problem {
  switch (why) {
    case "not_decided":
      return new Problem("not_decided", "There is no decision to replay yet.");
    case "no_adviser":
      return new Problem("validation_failed", "No model is configured here, so none can be asked.", {
        errors: [{ pointer: asked, message: "needs OPENAI_API_KEY or OPENAI_BASE_URL" }],
      });
    case "model_not_allowed": {
      const message = "must be a configured model or one of LLM_REPLAY_MODELS";
      return new Problem("validation_failed", `model ${message}.`, { errors: [{ pointer: "/model", message }] });
    }
  }
}

/** `asked`: this replay asked a model, rather than judge what was stored. */
function replayToWire(workflow: Workflow, replay: Replay, asked: boolean): z.input<typeof ReplayAnswer> {
  const { facts, stored, replayed, changed } = replay;
  const asks = replayed.review?.reasons ?? [];
  const advice = replayed.advice ?? null;
  return {
    workflow_id: workflow.id,
    facts,
    stored: {
      ...recommendationToWire(stored),
      asks_for_review: [...stored.asked],
      model: workflow.advice?.model ?? null,
      prompt: workflow.advice?.promptVersion ?? null,
    },
    replayed: {
      ...(replayed.recommendation === null ? {} : recommendationToWire(replayed.recommendation)),
      asks_for_review: [...asks],
      model: advice?.model ?? null,
      prompt: advice?.promptVersion ?? null,
      decision: replayed.decision === null ? null : decisionToWire(replayed.decision, replayed.snapshot),
    },
    changed,
    difference:
      replayed.recommendation === null
        ? null
        : {
            ...differenceToWire(stored, replayed.recommendation),
            review_added: asks.filter((reason) => !stored.asked.includes(reason)),
            review_dropped: stored.asked.filter((reason) => !asks.includes(reason)),
          },
    /** The call that this replay made; null when it only judged what was stored. */
    call:
      !asked || advice === null
        ? null
        : {
            outcome: advice.outcome,
            attempts: advice.attempts,
            latency_ms: advice.latencyMs,
            tokens: advice.tokensIn + advice.tokensOut,
            cost_usd: advice.costUsd,
          },
  };
}
