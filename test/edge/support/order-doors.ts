/** The doors by which people act on a purchase order: the API, a mailed link, its page, a button in Slack. */
import { exports } from "cloudflare:workers";
import { expect } from "vitest";
import { ACTIONS, questionRef } from "../../../src/review/slack/slack-messages.ts";
import { SIGNING_SECRET, signed } from "../../support/peers/slack-signed.ts";
import { csrfIn } from "./sign-in.ts";
import { ask, type Answer } from "./world.ts";

const ORIGIN = "http://localhost:8787";
const OURS = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };

export async function keyOf(name: string): Promise<Record<string, string>> {
  const made = await ask("POST", "/keys", { name, scopes: ["review", "read"] });
  expect(made.status).toBe(201);
  return { Authorization: `Bearer ${made.body.key}` };
}

export function act(
  order: any,
  what: string,
  headers: Record<string, string> = {},
  body: object = {},
): Promise<Answer> {
  return ask("POST", `/purchase-orders/${order.po_id}/${what}`, { revision: order.revision, ...body }, headers);
}

export interface PageAnswer {
  readonly status: number;
  readonly text: string;
}

async function submit(path: string, fields: Record<string, string>, cookie = ""): Promise<PageAnswer> {
  const answer = await exports.default.fetch(`${ORIGIN}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { ...OURS, Cookie: cookie },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, text: await answer.text() };
}

export function clickLink(link: string, revision: number, fields: Record<string, string> = {}): Promise<PageAnswer> {
  return submit(link, { revision: String(revision), do: "approve", ...fields });
}

/** A page as somebody sees it who is signed in. */
export async function pageAs(cookie: string, path: string): Promise<string> {
  return (await exports.default.fetch(`${ORIGIN}${path}`, { headers: { Cookie: cookie } })).text();
}

/** On the order's page, with what its form carries. */
export async function clickPage(
  cookie: string,
  { po_id, revision }: any,
  fields: Record<string, string> = {},
): Promise<PageAnswer> {
  const csrf = csrfIn(await pageAs(cookie, "/inbox"));
  return submit(`/orders/${po_id}`, { csrf, revision: String(revision), do: "approve", ...fields }, cookie);
}

export const SLACK = {
  slack: {
    webhookUrl: null,
    bot: { token: "xoxb", signingSecret: SIGNING_SECRET, channel: "C1", apiUrl: "http://127.0.0.1:9" },
    allowedUsers: null,
  },
};

/** A button of the message that asks about the order, pressed by somebody; Slack always hears 200. */
export async function press(
  { po_id, revision }: any,
  user: string,
  button: "approve" | "reject" = "approve",
): Promise<void> {
  const payload = {
    type: "block_actions",
    user: { id: user, username: user.toLowerCase(), team_id: "T1" },
    team: { id: "T1" },
    actions: [{ action_id: ACTIONS[button], value: questionRef(po_id, revision) }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const answer = await exports.default.fetch(`${ORIGIN}/slack/actions`, {
    method: "POST",
    headers: signed(body, Math.floor(Date.now() / 1_000)),
    body,
  });
  expect(answer.status).toBe(200);
}
