/** A receiver of Standard Webhooks that trusts nothing: it verifies each signature with the standard's own library. */
import { Webhook } from "standardwebhooks";
import { httpPeer, type HttpPeer, type PeerRequest } from "./http-peer.ts";

export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly workflow_id: string; readonly status: string };
}

export interface WebhookReceiver {
  readonly url: string;
  /** Events by id, as a receiver that de-duplicates keeps them. */
  readonly events: Map<string, ReceivedEvent>;
  readonly badSignatures: string[];
  readonly requests: PeerRequest[];
  /** Answers this status once instead of taking the event. */
  answerNext(status: number): void;
  close(): Promise<void>;
}

export const WEBHOOK_SECRET = `whsec_${Buffer.from("a-webhook-secret-of-32-bytes-len").toString("base64")}`;

export async function webhookReceiver(port = 0): Promise<WebhookReceiver> {
  const events = new Map<string, ReceivedEvent>();
  const badSignatures: string[] = [];
  const answers: number[] = [];
  const peer: HttpPeer = await httpPeer((request) => {
    const status = answers.shift();
    if (status !== undefined) return { status };
    try {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const event = new Webhook(WEBHOOK_SECRET).verify(request.body, headers) as Omit<ReceivedEvent, "id">;
      const id = String(request.headers["webhook-id"]);
      events.set(id, { id, ...event });
      return {};
    } catch (error) {
      badSignatures.push(String(error));
      return { status: 400 };
    }
  }, port);
  return { url: `${peer.origin}/hook`, events, badSignatures, requests: peer.requests, answerNext: (status) => void answers.push(status), close: () => peer.close() };
}
