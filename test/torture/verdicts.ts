/** Sends one verdict over a channel, the way that channel's people would, and says how it was taken. */
import { setTimeout as sleep } from "node:timers/promises";
import { signLink } from "../../src/review/links.ts";
import { click } from "../support/builders/review-world.ts";
import type { SlackPosted } from "../support/peers/slack-server.ts";
import { CHANNELS, type Attempt, type Round, type Sent, type Torture } from "./scenario.ts";

export const TORTURE_LINK_SECRET = "a-link-secret-for-tests";

/** Attempts of one round overlap. */
const SPREAD_MS = 120;
const LATE_SHARE = 0.3;
const TWICE_SHARE = 0.25;

/** One to three people answer at nearly the same moment, some of them twice. */
export async function answerTogether(
  torture: Torture,
  round: Round,
  workflowId: string,
  revision = 1,
): Promise<Sent[]> {
  const { random } = round;
  const planned = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
    attempt: drawAttempt(random, revision),
    afterMs: random() < LATE_SHARE ? SPREAD_MS * 3 : Math.floor(random() * SPREAD_MS),
    times: random() < TWICE_SHARE ? 2 : 1,
  }));
  const sent: Sent[] = [];
  await Promise.all(
    planned.map(async ({ attempt, afterMs, times }) => {
      await sleep(afterMs);
      for (let time = 0; time < times; time++) sent.push(await sendVerdict(torture, workflowId, attempt));
    }),
  );
  return sent;
}

function drawAttempt(random: () => number, revision: number): Attempt {
  const kind = pick(["approve", "approve", "reject", "modify"] as const, random);
  return {
    channel: pick(CHANNELS, random),
    person: pick(["ana", "ben"] as const, random),
    kind,
    quantity: kind === "modify" ? 40 + Math.floor(random() * 20) : null,
    revision,
  };
}

export async function sendVerdict(torture: Torture, workflowId: string, attempt: Attempt): Promise<Sent> {
  const result = await overChannel(torture, workflowId, attempt).catch(() => "lost" as const);
  return { workflowId, attempt, result };
}

async function overChannel(
  { world, calls }: Torture,
  workflowId: string,
  { channel, person, kind, quantity, revision }: Attempt,
): Promise<Sent["result"]> {
  const quantities = quantity === null ? {} : { quantity };
  switch (channel) {
    case "link": {
      const recipient = `${person}@example.com`;
      const expiresAt = Date.now() + 3_600_000;
      const claims = { purpose: "decide", workflowId, revision, recipient, expiresAt } as const;
      const fields = {
        decision: kind,
        revision: String(revision),
        ...(quantity === null ? {} : { quantity: String(quantity) }),
      };
      const response = await click(
        `${world.server.url}/review/${await signLink(claims, [TORTURE_LINK_SECRET])}`,
        fields,
      );
      await response.arrayBuffer();
      return ofStatus(response.status);
    }
    case "api": {
      const verdict = { decision: kind, revision, reviewer: `${person}@example.com`, ...quantities };
      const caller = person === "ana" ? "desk-1" : "desk-2";
      return ofStatus((await calls.once(caller, "POST", `/approve/${workflowId}`, verdict)).status);
    }
    case "slack": {
      const user = { id: `U0${person.toUpperCase()}`, username: person };
      if (kind !== "modify") {
        const message = messageWithButtons(workflowId, revision);
        const { response } = await world.slack.press(world.server.url, message, kind, user);
        await response.arrayBuffer();
        return response.status === 200 ? "unknown" : ofStatus(response.status);
      }
      const modal = {
        callback_id: "review_modify_submitted",
        private_metadata: JSON.stringify([workflowId, revision, null]),
      };
      const { response } = await world.slack.submit(world.server.url, modal, { quantity: String(quantity) }, user);
      const text = await response.text();
      return response.status !== 200 ? ofStatus(response.status) : text === "" ? "taken" : "refused";
    }
  }
}

function ofStatus(status: number): Sent["result"] {
  if (status === 200) return "taken";
  // 422: the quantity no longer fits the question that is open by now.
  if (status === 409 || status === 422) return "refused";
  // 503 while the server comes back: the verdict may or may not have been taken.
  if (status >= 500) return "lost";
  return "wrong";
}

/** The buttons as the item's own message has them, whether or not it was posted yet. */
function messageWithButtons(workflowId: string, revision: number): SlackPosted {
  const value = JSON.stringify([workflowId, revision]);
  const elements = ["approve", "reject"].map((name) => ({ type: "button", action_id: `review_${name}`, value }));
  return {
    channel: "C0REVIEWS",
    ts: "0",
    text: "",
    threadTs: null,
    key: null,
    edits: 0,
    blocks: [{ type: "actions", elements }],
  };
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)]!;
}
