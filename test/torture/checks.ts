/** What must be true of every workflow after the torture, checked at every receiver. Each fault is one line. */
import { REVIEWERS, type ReviewWorld, type WireWorkflow } from "../support/builders/review-world.ts";
import type { Played, Torture } from "./scenario.ts";

interface Trail {
  readonly intact: boolean;
  readonly fault: string | null;
  readonly entries: readonly {
    readonly event: string;
    readonly for: string | null;
    readonly channel: string | null;
    readonly detail: string | null;
  }[];
}

interface Product {
  readonly open_orders: readonly { readonly quantity: number; readonly workflow_id: string }[];
}

interface Asked extends Omit<WireWorkflow, "decision"> {
  /** Null while it runs. */
  readonly decision: WireWorkflow["decision"] | null;
  readonly product_id: string;
  readonly store_id: string;
  readonly stands: string | null;
}

const OVER = ["completed", "rejected", "expired", "superseded", "stands"];
/** No counter counts these. */
const UNCOUNTED = new Set(["superseded", "stands"]);

export function countsAsDecision(projected: string | undefined): boolean {
  return projected !== undefined && !UNCOUNTED.has(projected);
}

/** Ids of workflows that have not come to their end, as the database and the webhook's receiver know them. */
export function unsettled(
  { webhook }: ReviewWorld,
  projected: ReadonlyMap<string, string>,
  workflowIds: Iterable<string>,
): string[] {
  const told = new Set([...webhook.events.values()].map(({ data }) => data.workflow_id));
  return [...workflowIds].filter((id) => {
    const status = projected.get(id);
    return status === undefined || !OVER.includes(status) || (status !== "superseded" && !told.has(id));
  });
}

export async function faultsOf(
  { world, calls }: Torture,
  { sent, received = 0 }: Played,
  workflowId: string,
  projected: string | undefined,
): Promise<string[]> {
  const faults: string[] = [];
  const fault = (text: string): void =>
    void faults.push(`${workflowId.slice(0, 6)}…-${workflowId.split("-")[1]}: ${text}`);
  const { body: workflow } = await calls.answered<Asked>("desk-1", "GET", `/workflows/${workflowId}`);
  const { body: trail } = await calls.answered<Trail>("desk-1", "GET", `/audit/${workflowId}`);
  const item = `/products/${encodeURIComponent(workflow.product_id)}?store_id=${workflow.store_id}`;
  const { body: product } = await calls.answered<Product>("office", "GET", item);
  const { status, stands, review, decision } = workflow;
  const isDecided = status !== "superseded";

  if (!OVER.includes(status)) fault(`is still ${status}`);
  if (projected !== (stands === null ? status : "stands"))
    fault(`the database shows ${projected ?? "nothing"}, it is ${status}`);
  if (!trail.intact) fault(`the trail is broken: ${trail.fault}`);
  const ends = trail.entries.filter(({ event }) => event === "verdict" || event === "expired");
  if (ends.length !== (isDecided && review !== null ? 1 : 0)) fault(`${ends.length} ends, ${status}`);
  if (trail.entries.filter(({ event }) => event === "executed").length !== (isDecided ? 1 : 0))
    fault("not executed exactly once");

  const winner = ends[0];
  for (const { attempt, result } of sent.filter((one) => one.workflowId === workflowId)) {
    const { channel, kind, quantity } = attempt;
    const won =
      winner?.event === "verdict" &&
      winner.channel === channel &&
      winner.detail === (kind === "modify" ? `modify to ${quantity}` : kind);
    if (result === "wrong") fault(`${channel} ${kind} was answered as if there were no such question`);
    const inPart = trail.entries.some(({ event }) => event === "approved_in_part");
    if (result === "taken" && !won && !inPart)
      fault(`${channel} ${kind} was told it won, but ${winner?.channel} ${winner?.detail ?? winner?.event} did`);
  }

  const orders = product.open_orders.filter((order) => order.workflow_id === workflowId);
  const ordered = isDecided ? (decision?.recommended_quantity ?? 0) : 0;
  const outstanding = orders.reduce((sum, { quantity }) => sum + quantity, 0);
  if (orders.length > 1 || outstanding > ordered || outstanding < ordered - received)
    fault(`decided ${ordered}, ordered ${JSON.stringify(orders)}`);

  const events = [...world.webhook.events.values()].filter(({ data }) => data.workflow_id === workflowId);
  if (events.length !== (isDecided ? 1 : 0)) fault(`${events.length} webhook events, ${status}`);
  if (events[0] !== undefined && events[0].data.status !== status)
    fault(`the webhook said ${events[0].data.status}, it is ${status}`);

  // Only the first question of an item is surely told: a later one may fall under the limits of what people are sent.
  const isFirst = workflowId.endsWith("-1") && workflow.revision === 1 && isDecided && review !== null;
  for (const reviewer of REVIEWERS) {
    const mails = world.mail.mails.filter(
      ({ to, key }) => to === reviewer && key.startsWith(`${workflowId}/`) && key.includes("/outcome/"),
    );
    const isOwn = winner?.channel === "link" && review?.decided_by === reviewer;
    const least = isFirst && !isOwn ? 1 : 0;
    if (mails.length < least || mails.length > (isOwn ? 0 : 1)) fault(`${mails.length} outcome mails to ${reviewer}`);
  }
  const messages = world.slack.posted.filter(({ key }) => key?.startsWith(`${workflowId}/`));
  if (messages.length > 1) fault(`${messages.length} Slack messages instead of one`);
  if (messages.some(({ blocks }) => blocks.some(({ type }) => type === "actions"))) fault("Slack still shows buttons");
  return faults;
}
