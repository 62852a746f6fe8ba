/**
 * A Slack on loopback: the Web API methods we call, an incoming webhook, and people who press buttons. Messages are
 * kept as Slack would show them; requests to us are signed with the workspace's secret, and can be sent again as they
 * were.
 */
import { httpPeer, type HttpPeer, type PeerAnswer, type PeerRequest } from "./http-peer.ts";
import { signed } from "./slack-signed.ts";

export interface SlackPosted {
  readonly channel: string;
  readonly ts: string;
  text: string;
  blocks: readonly SlackBlock[];
  readonly threadTs: string | null;
  readonly key: string | null;
  edits: number;
}

export interface SlackBlock {
  readonly type: string;
  readonly elements?: readonly {
    readonly type: string;
    readonly action_id?: string;
    readonly value?: string;
    readonly url?: string;
  }[];
  readonly text?: { readonly text: string };
}

export interface SlackServer {
  readonly apiUrl: string;
  readonly webhookUrl: string;
  readonly posted: SlackPosted[];
  readonly webhookMessages: { text: string; blocks: readonly SlackBlock[] }[];
  readonly ephemerals: string[];
  readonly modals: { readonly triggerId: string; readonly view: SlackModal }[];
  readonly requests: PeerRequest[];
  /** What to answer instead, once each, by method; null = behave. */
  failNext(method: string, answer: PeerAnswer & { readonly after?: boolean }): void;
  /** Presses a button of a message and delivers the signed request; also returns what to send again. */
  press(
    appOrigin: string,
    message: SlackPosted,
    button: "approve" | "reject" | "modify",
    user: SlackPerson,
  ): Promise<SignedCall>;
  submit(
    appOrigin: string,
    modal: SlackModal,
    values: { quantity?: string; comment?: string },
    user: SlackPerson,
  ): Promise<SignedCall>;
  close(): Promise<void>;
}

export interface SlackModal {
  readonly callback_id: string;
  readonly private_metadata: string;
}

export interface SlackPerson {
  readonly id: string;
  readonly username: string;
}

export interface SignedCall {
  readonly response: Response;
  readonly body: string;
  readonly headers: Record<string, string>;
  readonly tookMs: number;
}

export const BOT_TOKEN = "xoxb-test";

export async function slackServer(port = 0): Promise<SlackServer> {
  const posted: SlackPosted[] = [];
  const webhookMessages: SlackServer["webhookMessages"] = [];
  const ephemerals: string[] = [];
  const modals: { triggerId: string; view: SlackModal }[] = [];
  const failures = new Map<string, (PeerAnswer & { readonly after?: boolean })[]>();
  let counter = 0;

  const peer: HttpPeer = await httpPeer((request) => {
    const name = request.path.split("/").at(-1) ?? "";
    const failure = failures.get(name)?.shift();
    if (failure !== undefined && failure.after !== true) return failure;
    const body = JSON.parse(request.body === "" ? "{}" : request.body) as Record<string, unknown>;
    const answer = act(name, body, request);
    return failure ?? answer;
  }, port);

  function act(name: string, body: Record<string, unknown>, request: PeerRequest): PeerAnswer {
    if (request.path.startsWith("/api/") && request.headers.authorization !== `Bearer ${BOT_TOKEN}`)
      return { body: { ok: false, error: "invalid_auth" } };
    switch (name) {
      case "chat.postMessage": {
        const metadata = body["metadata"] as { event_payload?: { key?: string } } | undefined;
        const message: SlackPosted = {
          channel: "C0REVIEWS",
          ts: `1700000000.${String(++counter).padStart(6, "0")}`,
          text: String(body["text"]),
          blocks: (body["blocks"] as SlackBlock[] | undefined) ?? [],
          threadTs: (body["thread_ts"] as string | undefined) ?? null,
          key: metadata?.event_payload?.key ?? null,
          edits: 0,
        };
        posted.push(message);
        return { body: { ok: true, channel: message.channel, ts: message.ts } };
      }
      case "chat.update": {
        const message = posted.find((candidate) => candidate.ts === body["ts"]);
        if (message === undefined) return { body: { ok: false, error: "message_not_found" } };
        message.text = String(body["text"]);
        message.blocks = body["blocks"] as SlackBlock[];
        message.edits++;
        return { body: { ok: true, channel: message.channel, ts: message.ts } };
      }
      case "conversations.history":
        return {
          body: {
            ok: true,
            messages: posted.map((message) => ({
              ts: message.ts,
              metadata: { event_type: "stockwarden_review", event_payload: { key: message.key } },
            })),
          },
        };
      case "views.open":
        modals.push({ triggerId: String(body["trigger_id"]), view: body["view"] as SlackModal });
        return { body: { ok: true } };
      case "incoming":
        webhookMessages.push({ text: String(body["text"]), blocks: body["blocks"] as SlackBlock[] });
        return { body: "ok" };
      case "respond": {
        if (body["response_type"] === "ephemeral") ephemerals.push(String(body["text"]));
        return { body: "ok" };
      }
      default:
        return { body: { ok: false, error: "unknown_method" } };
    }
  }

  async function call(appOrigin: string, payload: unknown): Promise<SignedCall> {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const headers = signed(body, Math.floor(Date.now() / 1_000));
    const started = performance.now();
    const response = await fetch(`${appOrigin}/slack/actions`, { method: "POST", headers, body });
    return { response, body, headers, tookMs: performance.now() - started };
  }

  return {
    apiUrl: `${peer.origin}/api`,
    webhookUrl: `${peer.origin}/incoming`,
    posted,
    webhookMessages,
    ephemerals,
    modals,
    requests: peer.requests,
    failNext: (method, answer) => void failures.set(method, [...(failures.get(method) ?? []), answer]),
    press(appOrigin, message, button, user) {
      const element = message.blocks
        .flatMap((block) => block.elements ?? [])
        .find((candidate) => candidate.action_id === `review_${button}`);
      if (element === undefined) throw new Error(`the message has no ${button} button`);
      return call(appOrigin, {
        type: "block_actions",
        user: { ...user, team_id: "T0STORE" },
        team: { id: "T0STORE" },
        trigger_id: `trigger-${++counter}`,
        response_url: `${peer.origin}/respond`,
        actions: [{ action_id: element.action_id, value: element.value }],
      });
    },
    submit(appOrigin, modal, values, user) {
      return call(appOrigin, {
        type: "view_submission",
        user: { ...user, team_id: "T0STORE" },
        team: { id: "T0STORE" },
        view: {
          callback_id: modal.callback_id,
          private_metadata: modal.private_metadata,
          state: {
            values: {
              quantity: { quantity: { value: values.quantity ?? null } },
              comment: { comment: { value: values.comment ?? null } },
            },
          },
        },
      });
    },
    close: () => peer.close(),
  };
}
