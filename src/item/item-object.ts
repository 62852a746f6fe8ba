/**
 * The item object: one per stocked item, the single-threaded owner of its workflows. Wiring only: what is decided stands
 * in `src/workflow`, what is written in `journal.ts`, how a trigger runs in `triggers.ts`.
 *
 * RPC arguments carry a schema version (I12). The item's identity comes with the call and is stored; `ctx.id.name` is not
 * relied on, since it is null on a cold object that was opened by its id.
 */
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../config/env.ts";
import { adviserFor, withVariant } from "../adviser/workers-adviser.ts";
import { requireSettings } from "../config/settings.ts";
import { collectorOf } from "../projection/collector.ts";
import { kvForecastCache } from "../storage/kv/forecast-cache.ts";
import type { ItemIdentity } from "../storage/identity.ts";
import { projectionOf } from "../storage/workflow-log.ts";
import { storageOf } from "../storage/storage.ts";
import { reportCalls } from "../telemetry/report-calls.ts";
import type { ItemTerms } from "../workflow/facts.ts";
import type { Refusal } from "../workflow/record.ts";
import type { TrackRecord } from "../workflow/track-record.ts";
import { transition } from "../workflow/transition.ts";
import { parseWorkflowId } from "../workflow/workflow-id.ts";
import type { Actor, Verdict } from "../workflow/review.ts";
import type { ItemOrder } from "../workflow/item-order.ts";
import type { Workflow } from "../workflow/types.ts";
import { workflowToWire } from "../api/to-wire.ts";
import { channelDeliverer } from "../review/channel-deliverer.ts";
import { endpointGate } from "../storage/disabled-endpoints.ts";
import { Desk } from "./item.ts";
import { replay, type Replay } from "./replay.ts";
import { viewOf, type ItemView } from "./view.ts";
import { cancelOrder, receiveGoods, type ReceiptCall, type ReceiptResult } from "./orders.ts";
import { answerOf, type TriggerAnswer } from "./trigger-answer.ts";
import { Triggers, type TriggerCall, type TriggerOutcome } from "./triggers.ts";
import { noteModelRequest, observedItem, timed } from "./observed-item.ts";

/** Decisions shown with an item. */
const LATEST_DECISIONS = 10;
/** Rows that one alarm tidies at most: it must stay short beside the triggers that wait behind it. */
const COMPACT_ROWS = 100;

export interface VerdictAnswer {
  readonly workflow: Workflow;
  readonly refusal: Refusal | null;
}

export interface ItemOverview {
  readonly item: ItemIdentity;
  readonly openOrders: readonly ItemOrder[];
  /** Confidence against outcome; null before the first decision. */
  readonly track: TrackRecord | null;
  readonly latest: readonly Workflow[];
}

export interface ReplayCall {
  readonly schema: 1;
  /** From the item or, when it no longer keeps it, from the decision log. */
  readonly workflow: Workflow;
  readonly variant: string | null;
}

export interface InputsNotice {
  readonly schema: 1;
  readonly item: ItemIdentity;
  readonly inputsVersion: number;
  readonly terms: ItemTerms | null;
}

export class ItemObject extends DurableObject<Env> {
  static {
    reportCalls(this);
  }

  readonly #desk: Desk;
  readonly #triggers: Triggers;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const objectId = ctx.id.toString();
    const collector = collectorOf(env.COLLECTOR, objectId);
    const settings = requireSettings(env);
    const storage = storageOf(env);
    this.#desk = new Desk(ctx.storage, {
      objectId,
      settings,
      inputs: storage.inputs,
      cache: kvForecastCache(env.CACHE),
      project: (recorded) =>
        collector.push(
          2,
          recorded.map((each) => projectionOf(objectId, each)),
        ),
      adviser: adviserFor(settings, env, (report, question) => noteModelRequest(env, report, question)),
      deliverer: timed(
        env,
        channelDeliverer(settings, {
          ...(env.EMAIL === undefined ? {} : { EMAIL: env.EMAIL }),
          endpointGate: endpointGate(storage.endpoints),
          toWire: workflowToWire,
        }),
      ),
      now: () => Date.now(),
      elapsed: () => performance.now(),
      ...observedItem(ctx, env, () => this.#desk.journal.identity),
      waitUntil: (work) => ctx.waitUntil(work),
    });
    this.#triggers = new Triggers(this.#desk);
    void ctx.blockConcurrencyWhile(async () => {
      const now = Date.now();
      await this.#desk.alarm.load(now);
      this.#desk.alarm.arm(this.#desk.nextDue(), now);
    });
  }

  async trigger(call: TriggerCall): Promise<TriggerAnswer | TriggerOutcome> {
    const outcome = await this.#triggers.handle(call);
    // A caller of the previous release makes the text itself (I12).
    return call.schema === 1 ? outcome : answerOf(outcome);
  }

  /** The workflow as it counts now; null when this item has no such workflow (any more). Writes nothing (I11). */
  async read(workflowId: string): Promise<Workflow | null> {
    const workflow = this.#find(workflowId);
    return workflow === null ? null : this.#desk.asOfNow(workflow);
  }

  /** The one way a verdict is taken, whatever channel it came by (I4). Null when there is no such workflow. */
  async decide(workflowId: string, verdict: Verdict): Promise<VerdictAnswer | null> {
    const found = this.#find(workflowId);
    const item = this.#desk.journal.identity;
    if (found === null || item === null) return null;
    const inputs = await this.#desk.inputs.load(item);
    // Read again: another verdict may have won while the inputs were loaded. From here on there is no await.
    const workflow = this.#find(workflowId);
    if (workflow === null) return null;
    const facts = this.#desk.facts(inputs, workflow.snapshot);
    const result = transition(workflow, { type: "verdict", verdict, facts }, Date.now());
    return { workflow: this.#desk.write(result), refusal: result.refusal };
  }

  /**
   * A stored decision played again; writes nothing. `variant` (model, model#prompt or #prompt) asks a model anew, at its
   * cost; null judges the stored reply again. Null when the workflow has not been decided.
   */
  async replay(call: ReplayCall): Promise<Replay | "not_decided" | "no_adviser"> {
    const settings = requireSettings(this.env);
    const adviser =
      call.variant === null
        ? null
        : adviserFor(withVariant(settings, call.variant), this.env, (report, question) =>
            noteModelRequest(this.env, report, question),
          );
    if (call.variant !== null && adviser === null) return "no_adviser";
    const { storeId, productId, snapshot } = call.workflow;
    const inputs = await this.#desk.inputs.load({ storeId, productId });
    const replayed = await replay(call.workflow, this.#desk.facts(inputs, snapshot), adviser, Date.now());
    return replayed ?? "not_decided";
  }

  /** Puts the deadline off, within the limit that policy sets. Null when there is no such workflow. */
  async extend(workflowId: string, byMs: number, actor: Actor): Promise<VerdictAnswer | null> {
    const workflow = this.#find(workflowId);
    if (workflow === null) return null;
    const facts = this.#desk.facts(this.#desk.inputs.atHand(), workflow.snapshot);
    const result = transition(workflow, { type: "extended", byMs, actor, facts }, Date.now());
    return { workflow: this.#desk.write(result), refusal: result.refusal };
  }

  /** What the pages show of a workflow, or of the item's newest count; writes nothing (I11). */
  async view(workflowId: string | null, triedQuantity: number | null): Promise<ItemView | null> {
    return viewOf(this.#desk, workflowId === null ? null : this.#find(workflowId), triedQuantity);
  }

  /** Has deliveries tried again that were given up, and the webhook's whatever became of it. Null = no such workflow. */
  async redeliver(workflowId: string): Promise<number | null> {
    const workflow = this.#find(workflowId);
    return workflow === null ? null : this.#desk.outbox.redeliver(workflow);
  }

  /** An upload changed what is stored about the item; the next trigger sees it. */
  async inputsChanged(notice: InputsNotice): Promise<void> {
    const known = this.#desk.journal.identity;
    if (known !== null && known.inputsVersion >= notice.inputsVersion) return;
    this.#desk.commit({
      identity: { schema: 1, ...notice.item, inputsVersion: notice.inputsVersion, terms: notice.terms },
    });
    this.#desk.inputs.forget();
  }

  /** Null when nothing is known of this item. */
  async receive(call: ReceiptCall): Promise<ReceiptResult | null> {
    return receiveGoods(this.#desk, call);
  }

  async cancelOrder(workflowId: string): Promise<boolean> {
    return cancelOrder(this.#desk, workflowId);
  }

  async overview(): Promise<ItemOverview | null> {
    const { journal } = this.#desk;
    if (journal.identity === null) return null;
    const { storeId, productId } = journal.identity;
    return {
      item: { storeId, productId },
      openOrders: journal.openOrders.toSorted((a, b) => a.placedAt - b.placedAt),
      track: journal.newestCounted?.track ?? null,
      latest: journal.latest(LATEST_DECISIONS).map((workflow) => this.#desk.asOfNow(workflow)),
    };
  }

  /** Does what is due, for a sweep that found this item late. */
  async poke(): Promise<void> {
    await this.#runDue();
  }

  /**
   * Retention: drops what is finished, delivered and older than `cutoff` (epoch ms), and never sends it again. Rejects while
   * the database does not confirm what it has: an object that was opened anew does not know, and would send it later.
   */
  async forget(cutoff: number): Promise<void> {
    const { journal, outbox } = this.#desk;
    await outbox.drain();
    if (journal.hasUnconfirmed) throw new Error("the database has not confirmed what this item has sent");
    journal.compact(Date.now(), COMPACT_ROWS, 0);
    journal.forget(cutoff);
  }

  /** Has everything kept here projected again: for a database that lost its rows. */
  async reproject(): Promise<void> {
    this.#desk.journal.forgetConfirmations();
    await this.#runDue();
  }

  override async alarm(): Promise<void> {
    const isWorkDue = this.#desk.nextDue() !== null;
    await this.#desk.alarm.ringing(isWorkDue, Date.now());
    try {
      await this.#runDue();
      // What had to be sent again need not be a second time; a backstop that found nothing to do writes nothing.
      this.#desk.journal.compact(Date.now(), COMPACT_ROWS, isWorkDue ? 0 : undefined);
    } catch (cause) {
      // The fallback alarm stands: what failed is tried again in a minute.
      this.#desk.deps.onFailure("alarm", cause);
      return;
    }
    await this.#desk.alarm.settle(this.#desk.nextDue(), Date.now());
  }

  /** Rows that the last write cost, read by tests and measurements in the same isolate. */
  get rowsWritten(): number {
    return this.#desk.rowsWritten;
  }

  async #runDue(): Promise<void> {
    this.#desk.expireOverdue();
    for (const type of ["reminder_due", "escalation_due"] as const) {
      const open = this.#desk.openQuestion;
      if (open !== null) this.#desk.write(transition(open, { type }, Date.now()));
    }
    await this.#triggers.resume();
    await this.#desk.outbox.drain();
  }

  #find(workflowId: string): Workflow | null {
    const { journal, deps } = this.#desk;
    const parts = parseWorkflowId(workflowId);
    return parts === null || parts.objectId !== deps.objectId ? null : journal.read(parts.seq);
  }
}
