/** What must be true after the torture, checked at every receiver. Each fault is one line. */
import type { ReviewWorld, WireWorkflow } from "../support/review-world.ts";
import { REVIEWERS } from "../support/review-world.ts";
import type { Round } from "./rounds.ts";
import type { Sent } from "./verdicts.ts";

export interface Played {
  readonly round: Round;
  readonly workflowId: string;
  readonly sent: readonly Sent[];
}

interface Trail {
  readonly intact: boolean;
  readonly fault: string | null;
  readonly entries: readonly {
    readonly event: string;
    readonly actor: string;
    readonly channel: string | null;
    readonly detail: string | null;
  }[];
}

interface Product {
  readonly open_orders: readonly { readonly quantity: number; readonly workflow_id: string }[];
}

export async function faultsOf(world: ReviewWorld, { round, workflowId, sent }: Played): Promise<string[]> {
  const faults: string[] = [];
  const fault = (text: string): void => void faults.push(`round ${round.number}: ${text}`);
  const { body: workflow } = await world.api<WireWorkflow>("GET", `/workflows/${workflowId}`);
  const { body: trail } = await world.api<Trail>("GET", `/audit/${workflowId}`);
  const { body: product } = await world.api<Product>("GET", `/products/${round.product}?store_id=tokyo-3`);

  if (!["completed", "rejected", "expired"].includes(workflow.status)) fault(`is still ${workflow.status}`);
  if (!trail.intact) fault(`the trail is broken: ${trail.fault}`);
  const ends = trail.entries.filter((entry) => entry.event === "verdict" || entry.event === "expired");
  if (ends.length !== 1) fault(`${ends.length} ends instead of one`);
  if (trail.entries.filter((entry) => entry.event === "executed").length !== 1) fault("not executed exactly once");

  const winner = ends[0];
  for (const { attempt, result } of sent) {
    const won =
      winner?.event === "verdict" &&
      winner.channel === attempt.channel &&
      winner.detail === (attempt.kind === "modify" ? `modify to ${attempt.quantity}` : attempt.kind);
    if (result === "taken" && !won)
      fault(
        `${attempt.channel} ${attempt.kind} was told it won, but ${winner?.channel} ${winner?.detail ?? winner?.event} did`,
      );
  }
  const orders = product.open_orders.filter((order) => order.workflow_id === workflowId);
  const ordered = workflow.decision.recommended_quantity;
  if (orders.length !== (ordered > 0 ? 1 : 0) || (ordered > 0 && orders[0]?.quantity !== ordered))
    fault(`decided ${ordered}, ordered ${JSON.stringify(orders)}`);

  const events = [...world.webhook.events.values()].filter((event) => event.data.workflow_id === workflowId);
  if (events.length !== 1) fault(`${events.length} webhook events instead of one`);
  if (events[0] !== undefined && events[0].data.status !== workflow.status)
    fault(`the webhook said ${events[0].data.status}, it is ${workflow.status}`);
  for (const reviewer of REVIEWERS) {
    const outcomes = world.mail.mails.filter(
      (mail) => mail.to === reviewer && mail.key.startsWith(`${workflowId}/`) && mail.key.includes("/outcome/"),
    );
    if (outcomes.length !== 1) fault(`${outcomes.length} outcome mails to ${reviewer} instead of one`);
  }
  const messages = world.slack.posted.filter((message) => message.key?.startsWith(`${workflowId}/`));
  if (messages.length > 1) fault(`${messages.length} Slack messages instead of one`);
  if (messages.some((message) => message.blocks.some((block) => block.type === "actions")))
    fault("Slack still shows buttons");
  return faults;
}
