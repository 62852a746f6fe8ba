/** A trigger becomes a workflow: its identity, its snapshot, six nodes of which the first is done. */
import type { Trigger } from "../facts.ts";
import type { ItemTerms } from "../item-terms.ts";
import { NODES } from "../types/node-record.ts";
import type { Snapshot } from "../types/snapshot.ts";
import { WORKFLOW_SCHEMA, type Workflow } from "../types/workflow.ts";
import type { WorldSlice } from "../../world/types.ts";
import { shownAs } from "../asking/shown-as.ts";
import { validate } from "./validate.ts";

export interface Sender {
  readonly principal: string;
  /** The key's name. */
  readonly label: string;
}

export interface Arrival {
  readonly id: string;
  readonly seq: number;
  readonly storeId: string;
  readonly productId: string;
  readonly trigger: Trigger;
  readonly requestId: string | null;
  readonly traceparent?: string | undefined;
  readonly origin: string;
  readonly sender: Sender;
  /** The run that decides again; absent = a count arrived. */
  readonly runId?: string | undefined;
  readonly takesBack?: string | undefined;
}

export function receive(
  arrival: Arrival,
  terms: ItemTerms,
  world: WorldSlice,
  open: Snapshot | null,
  now: number,
): Workflow {
  // What is absent is undefined: a property after a second spread costs a call into the runtime.
  return {
    schema: WORKFLOW_SCHEMA,
    id: arrival.id,
    seq: arrival.seq,
    version: 0,
    storeId: arrival.storeId,
    productId: arrival.productId,
    status: "running",
    supersededBy: null,
    revision: 1,
    snapshot: validate(arrival.trigger, terms, world, now, open),
    shownAs: shownAs(terms, world),
    nodes: NODES.map((node) => ({ node, status: node === "validate" ? "done" : "pending", durationMs: 0 })),
    decision: null,
    recommendation: null,
    review: null,
    audit: [{ seq: 1, at: now, event: "received", actor: arrival.sender.principal, label: arrival.sender.label }],
    deliveries: [],
    createdAt: now,
    updatedAt: now,
    latencyMs: null,
    sentBy: arrival.sender.principal,
    runId: arrival.runId,
    takesBack: arrival.takesBack,
    requestId: arrival.requestId,
    traceparent: arrival.traceparent,
    origin: arrival.origin,
    factsFingerprint: "",
  };
}
