/**
 * A channel carries one delivery to the outside. The item keeps rows, attempts and times; a channel tries once and
 * returns the result. It never rejects and is bounded in time.
 */
import { QUIET, type EarlierMessages } from "./deliverer.ts";
import type { Delivery } from "../workflow/types/delivery.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import { inTime } from "../shared/waiting/in-time.ts";
import { retryAfterMs } from "../shared/retry-after.ts";
import type { DemandPoint } from "./chart-data.ts";

export interface DeliveryContext {
  readonly workflow: Workflow;
  readonly delivery: Delivery;
  readonly now: number;
  /** Where the links point: `PUBLIC_URL`, or the origin of the request that made the workflow. */
  readonly origin: string;
  /** Looked up when asked. */
  readonly earlier: () => EarlierMessages;
  /** Recent demand, oldest first; empty where none is known. */
  readonly demand: readonly DemandPoint[];
}

export type DeliveryResult =
  | { readonly ok: true; readonly ref?: string }
  | {
      readonly ok: false;
      readonly retry: boolean;
      readonly retryAfterMs?: number;
      readonly error: string;
      /** The peer said so: nothing was delivered. Absent = it may have been. */
      readonly isRefused?: true;
      /** No longer needed: it is dropped, and no person has to look at it. */
      readonly isMoot?: true;
    };

export interface Channel {
  deliver(context: DeliveryContext): Promise<DeliveryResult>;
}

export type ChannelName = Delivery["channel"];

/** The attempt has failed when the peer has not answered by then. */
export const CHANNEL_TIMEOUT_MS = 10_000;

/**
 * One attempt within its deadline, whatever the channel does. A peer that sends a byte a second never triggers an idle
 * time-out, so the clock runs outside of the attempt. An attempt that is cut off ends later and changes nothing.
 */
export async function withinDeadline(
  attempt: Promise<DeliveryResult>,
  deadlineMs: number = CHANNEL_TIMEOUT_MS,
): Promise<DeliveryResult> {
  return inTime(attempt.catch(failed), deadlineMs).catch(late);
}

/**
 * Deliveries follow the present state: a question or a reminder is sent only while the question is open as asked, and
 * after an outage nobody gets a reminder together with its question.
 */
export function isStillDue({
  workflow,
  delivery,
  now,
}: Pick<DeliveryContext, "workflow" | "delivery" | "now">): boolean {
  if (wasKeptQuiet(workflow, delivery)) return false;
  // An outcome or an event stays true, however late it is sent.
  if (["outcome", "decision", "opened", "decided"].includes(delivery.purpose)) return true;
  const { review } = workflow;
  return (
    workflow.status === "awaiting_human_review" &&
    review !== null &&
    now < review.expiresAt &&
    delivery.revision === workflow.revision &&
    (delivery.purpose === "ask" ||
      !workflow.deliveries.some(
        (other) => other.purpose === "ask" && other.status === "pending" && isBeside(other, delivery),
      ))
  );
}

/** A recipient who did not get a question gets nothing that follows it, unless a later revision reached them. */
function wasKeptQuiet({ deliveries }: Workflow, { purpose, channel, recipient }: Delivery): boolean {
  if (channel === "webhook" || purpose === "ask") return false;
  const asks = deliveries.filter((other) => other.purpose === "ask" && other.channel === channel);
  const theirs = purpose === "escalate" ? asks : asks.filter((other) => other.recipient === recipient);
  return theirs.length > 0 && theirs.every(({ status, error }) => status !== "done" && error === QUIET);
}

function late({ message }: Error): DeliveryResult {
  return { ok: false, retry: true, error: message };
}

function failed(cause: unknown): DeliveryResult {
  return { ok: false, retry: true, error: `channel failed: ${String(cause)}` };
}

/** True for two deliveries of one revision to the same person on the same channel. */
function isBeside(a: Delivery, b: Delivery): boolean {
  return a.channel === b.channel && a.recipient === b.recipient && a.revision === b.revision;
}

/** An HTTP answer as a result: 429 and 5xx are tried again, any other refusal is for a person to look at. */
export function resultOfStatus(response: Response, now: number, name: string): DeliveryResult {
  if (response.ok) return { ok: true };
  const retry = response.status === 429 || response.status === 408 || response.status >= 500;
  const asked = retryAfterMs(response.headers.get("Retry-After"), now);
  return {
    ok: false,
    retry,
    ...(asked === null ? {} : { retryAfterMs: asked }),
    ...(response.status < 500 ? { isRefused: true as const } : {}),
    error: `${name} answered ${response.status}`,
  };
}

/** What a thrown fetch or socket error means: the outcome is unknown, so it is sent again under the same key (I7). */
export function resultOfThrow(error: unknown, name: string): DeliveryResult {
  const what = error instanceof Error ? (error.name === "TimeoutError" ? "timed out" : error.message) : String(error);
  return { ok: false, retry: true, error: `${name}: ${what}`.slice(0, 200) };
}
