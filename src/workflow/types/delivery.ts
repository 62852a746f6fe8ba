/** What people and systems are to be sent about a workflow. */

/** What others should be told about a workflow; the item turns each into deliveries on the configured channels. */
export type NoticePurpose = "ask" | "remind" | "escalate" | "outcome" | "facts_updated";

/** An external effect: its row is written before it happens, under a key that names it (I7). */
export interface Delivery {
  /** `{workflow}/{revision}/{purpose}/{channel}[/{recipient}]`: the idempotency key sent along. */
  readonly key: string;
  readonly channel: "email" | "slack" | "webhook";
  /** The last three are events for systems. */
  readonly purpose: NoticePurpose | "decision" | "opened" | "decided";
  readonly revision: number;
  /** An address; of a webhook, the id of the endpoint, absent for `WEBHOOK_URL`. */
  readonly recipient?: string;
  /** The recipient's id on the roster, for a link in their own name. */
  readonly person?: string;
  /** Who asked for this person to be asked, and why if they said so. */
  readonly asked?: { readonly by: string; readonly note: string | null };
  /** Somebody asked for this very message: it is sent however many questions the store has. */
  readonly isWished?: boolean;
  readonly status: "pending" | "done" | "parked" | "dropped";
  readonly attempts: number;
  readonly dueAt: number;
  /** What the channel gave back and later needs (a Slack message's ts, a mail's Message-ID). */
  readonly ref?: string;
  /** The message of the question that this one replaced: it is edited instead of sending a new one (I10). */
  readonly replaces?: string;
  readonly error?: string;
}
