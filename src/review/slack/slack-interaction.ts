/** What a person did in Slack, parsed from the signed payload to plain values; null for anything else. */
import * as z from "zod";
import { ACTIONS, parseQuestionRef } from "./slack-messages.ts";
import { MODAL_BLOCKS, MODIFY_CALLBACK } from "./slack-modal.ts";

export interface SlackUser {
  /** Team and user id: identifies the person, whatever display name they use. */
  readonly principal: string;
  readonly id: string;
  readonly label: string;
}

export type SlackInteraction =
  | {
      readonly kind: "button";
      readonly button: "approve" | "reject" | "modify";
      readonly user: SlackUser;
      readonly workflowId: string;
      readonly revision: number;
      readonly responseUrl: string | null;
      readonly triggerId: string | null;
    }
  | {
      readonly kind: "modal";
      readonly user: SlackUser;
      readonly workflowId: string;
      readonly revision: number;
      readonly quantity: number | null;
      readonly comment: string | null;
      readonly responseUrl: string | null;
    }
  /** A click on a link button and the like: Slack wants a 200 and nothing else. */
  | { readonly kind: "nothing" };

const User = z.object({
  id: z.string(),
  username: z.string().optional(),
  name: z.string().optional(),
  team_id: z.string().optional(),
});
const Team = z.object({ id: z.string() }).nullish();

const BlockActions = z.object({
  type: z.literal("block_actions"),
  user: User,
  team: Team,
  response_url: z.string().optional(),
  trigger_id: z.string().optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});

const ViewSubmission = z.object({
  type: z.literal("view_submission"),
  user: User,
  team: Team,
  view: z.object({
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))) }),
  }),
});

const Payload = z.union([BlockActions, ViewSubmission]);

/** `rawBody` is the form that was signed. */
export function parseInteraction(rawBody: string): SlackInteraction | null {
  const payload = new URLSearchParams(rawBody).get("payload");
  if (payload === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(payload);
  } catch {
    return null;
  }
  const parsed = Payload.safeParse(json);
  // Signed by Slack, but of a type that none of our messages can cause.
  if (!parsed.success) return typeof json === "object" && json !== null && "type" in json ? { kind: "nothing" } : null;
  const { data } = parsed;
  const user = userOf(data.user, data.team?.id);
  return data.type === "block_actions" ? buttonOf(data, user) : modalOf(data, user);
}

function buttonOf(data: z.output<typeof BlockActions>, user: SlackUser): SlackInteraction {
  const action = data.actions[0]!;
  const button = (["approve", "reject", "modify"] as const).find((name) => ACTIONS[name] === action.action_id);
  const ref = parseQuestionRef(action.value ?? "");
  if (button === undefined || ref === null) return { kind: "nothing" };
  return {
    kind: "button",
    button,
    user,
    ...ref,
    responseUrl: data.response_url ?? null,
    triggerId: data.trigger_id ?? null,
  };
}

function modalOf(data: z.output<typeof ViewSubmission>, user: SlackUser): SlackInteraction {
  const metadata = parseModalMetadata(data.view.private_metadata);
  if (data.view.callback_id !== MODIFY_CALLBACK || metadata === null) return { kind: "nothing" };
  const valueOf = (block: string): string => data.view.state.values[block]?.[block]?.value?.trim() ?? "";
  const quantity = valueOf(MODAL_BLOCKS.quantity);
  const comment = valueOf(MODAL_BLOCKS.comment);
  return {
    kind: "modal",
    user,
    ...metadata,
    quantity: quantity === "" || !Number.isFinite(Number(quantity)) ? null : Number(quantity),
    comment: comment === "" ? null : comment,
  };
}

/** The modal carries which question it is about and where its message can be answered. */
export function modalMetadata(workflowId: string, revision: number, responseUrl: string | null): string {
  return JSON.stringify([workflowId, revision, responseUrl]);
}

function parseModalMetadata(text: string): { workflowId: string; revision: number; responseUrl: string | null } | null {
  const ref = parseQuestionRef(text);
  if (ref === null) return null;
  const responseUrl = (JSON.parse(text) as unknown[])[2];
  return { ...ref, responseUrl: typeof responseUrl === "string" ? responseUrl : null };
}

function userOf(user: z.output<typeof User>, teamId: string | undefined): SlackUser {
  const team = user.team_id ?? teamId ?? "";
  return { principal: `slack:${team}:${user.id}`, id: user.id, label: user.username ?? user.name ?? user.id };
}
