/** A receiver of Standard Webhooks that trusts nothing: it verifies each signature with the standard's own library. */
import { Webhook } from "standardwebhooks";
import { httpPeer, type HttpPeer, type PeerRequest } from "./http-peer.ts";

export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly workflow_id: string; readonly status: string; readonly po_id?: string };
}

export interface WebhookReceiver {
  readonly url: string;
  /** Events by id, as a receiver that de-duplicates keeps them. */
  readonly events: Map<string, ReceivedEvent>;
  readonly badSignatures: string[];
  readonly requests: PeerRequest[];
  /**
   * Answers this status once instead of taking the next event, of this workflow if one is named: others may still be on
   * their way.
   */
  answerNext(status: number, workflowId?: string): void;
  close(): Promise<void>;
}

export const WEBHOOK_SECRET = `whsec_${Buffer.from("a-webhook-secret-of-32-bytes-len").toString("base64")}`;

export async function webhookReceiver(port = 0, secret = WEBHOOK_SECRET): Promise<WebhookReceiver> {
  const events = new Map<string, ReceivedEvent>();
  const badSignatures: string[] = [];
  const answers: { status: number; workflowId: string }[] = [];
  const peer: HttpPeer = await httpPeer((request) => {
    const at = answers.findIndex(({ workflowId }) => request.body.includes(workflowId));
    if (at >= 0) return { status: answers.splice(at, 1)[0]!.status };
    try {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const event = new Webhook(secret).verify(request.body, headers) as Omit<ReceivedEvent, "id">;
      const id = String(request.headers["webhook-id"]);
      events.set(id, { id, ...event });
      return {};
    } catch (error) {
      badSignatures.push(String(error));
      return { status: 400 };
    }
  }, port);
  return {
    url: `${peer.origin}/hook`,
    events,
    badSignatures,
    requests: peer.requests,
    answerNext: (status, workflowId = "") => void answers.push({ status, workflowId }),
    close: () => peer.close(),
  };
}
