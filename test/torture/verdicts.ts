/** Sends one verdict over a channel, the way that channel's people would, and says how it was taken. */
import { signLink } from "../../src/review/links.ts";
import { click, type ReviewWorld } from "../support/review-world.ts";
import type { SlackPosted } from "../support/slack-server.ts";
import type { Attempt } from "./rounds.ts";

export interface Sent {
  readonly attempt: Attempt;
  /** `taken` = 200; `refused` = 409; `lost` = the connection broke, so nobody knows. Slack says 200 either way. */
  readonly result: "taken" | "refused" | "lost" | "unknown";
}

export const TORTURE_LINK_SECRET = "a-link-secret-for-tests";

export async function sendVerdict(world: ReviewWorld, workflowId: string, attempt: Attempt): Promise<Sent> {
  try {
    return { attempt, result: await overChannel(world, workflowId, attempt) };
  } catch {
    return { attempt, result: "lost" };
  }
}

async function overChannel(world: ReviewWorld, workflowId: string, attempt: Attempt): Promise<Sent["result"]> {
  const fields = {
    decision: attempt.kind,
    revision: "1",
    ...(attempt.quantity === null ? {} : { quantity: String(attempt.quantity) }),
  };
  switch (attempt.channel) {
    case "link": {
      const recipient = `${attempt.person}@example.com`;
      const claims = {
        purpose: "decide",
        workflowId,
        revision: 1,
        recipient,
        expiresAt: Date.now() + 3_600_000,
      } as const;
      const response = await click(
        `${world.server.url}/review/${await signLink(claims, [TORTURE_LINK_SECRET])}`,
        fields,
      );
      await response.arrayBuffer();
      return ofStatus(response.status);
    }
    case "api": {
      const { status } = await world.api("POST", `/approve/${workflowId}`, {
        decision: attempt.kind,
        revision: 1,
        reviewer: `${attempt.person}@example.com`,
        ...(attempt.quantity === null ? {} : { quantity: attempt.quantity }),
      });
      return ofStatus(status);
    }
    case "slack": {
      const user = { id: `U0${attempt.person.toUpperCase()}`, username: attempt.person };
      if (attempt.kind === "modify") {
        const modal = {
          callback_id: "review_modify_submitted",
          private_metadata: JSON.stringify([workflowId, 1, null]),
        };
        const { response } = await world.slack.submit(
          world.server.url,
          modal,
          { quantity: String(attempt.quantity) },
          user,
        );
        const text = await response.text();
        return response.status !== 200 ? ofStatus(response.status) : text === "" ? "taken" : "refused";
      }
      const { response } = await world.slack.press(
        world.server.url,
        messageWithButtons(workflowId),
        attempt.kind,
        user,
      );
      await response.arrayBuffer();
      return response.status === 200 ? "unknown" : ofStatus(response.status);
    }
  }
}

function ofStatus(status: number): Sent["result"] {
  if (status === 200) return "taken";
  if (status === 409) return "refused";
  // 503 while the server comes back: the verdict may or may not have been taken.
  if (status >= 500) return "lost";
  throw new Error(`a verdict was answered ${status}`);
}

/** The buttons as the item's own message has them, whether or not it was posted yet. */
function messageWithButtons(workflowId: string): SlackPosted {
  const value = JSON.stringify([workflowId, 1]);
  return {
    channel: "C0REVIEWS",
    ts: "0",
    text: "",
    threadTs: null,
    key: null,
    edits: 0,
    blocks: [
      {
        type: "actions",
        elements: ["approve", "reject"].map((name) => ({ type: "button", action_id: `review_${name}`, value })),
      },
    ],
  };
}
