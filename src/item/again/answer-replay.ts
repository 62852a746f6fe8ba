/** Answers the call for a replay: with facts of the item, and with the adviser that the call names. */
import { replayAdviser } from "../../adviser/workers-adviser.ts";
import { requireSettings } from "../../config/settings.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { ItemBindings } from "../bindings.ts";
import type { Item } from "../item.ts";
import { noteModelRequest } from "../observed-item.ts";
import { replay, type Replay } from "./replay.ts";

export interface ReplayCall {
  readonly schema: 1;
  /** From the item, or from the decision log when the item no longer keeps it. */
  readonly workflow: Workflow;
  /** `model`, `model#prompt` or `#prompt` asks a model anew, at its cost; null judges the stored reply again. */
  readonly variant: string | null;
}

export type NoReplay = "not_decided" | "no_adviser" | "model_not_allowed";

export async function answerReplay(
  item: Item,
  env: ItemBindings,
  { workflow, variant }: ReplayCall,
): Promise<Replay | NoReplay> {
  const adviser =
    variant === null
      ? null
      : replayAdviser(requireSettings(env), variant, env, (report, asked) => noteModelRequest(env, report, asked));
  if (adviser === "not_allowed") return "model_not_allowed";
  if (variant !== null && adviser === null) return "no_adviser";
  const inputs = await item.knowledge.load(workflow);
  const facts = item.facts(inputs, workflow.snapshot);
  return (await replay(workflow, facts, item.journal.orders.rows, adviser)) ?? "not_decided";
}
