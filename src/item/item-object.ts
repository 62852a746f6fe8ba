/**
 * The item object: one per stocked item, the single-threaded owner of its workflows. Wiring only: `item.ts` owns the
 * state, `triggers.ts` runs triggers, `verdicts.ts` takes answers, `wake.ts` handles the alarm, and `src/workflow`
 * decides.
 *
 * RPC arguments carry a schema version (I12). The item's identity comes with the call and is stored; `ctx.id.name` is
 * not relied on, since it is null on a cold object that was opened by its id.
 */
import { DurableObject } from "cloudflare:workers";
import type { ItemIdentity } from "../storage/identity.ts";
import type { RunAnswer, RunCall } from "../store/runs/run.ts";
import { reportCalls } from "../telemetry/report-calls.ts";
import type { ItemTerms } from "../workflow/item-terms.ts";
import type { LineFact, PurchaseCall } from "../workflow/orders/purchase-line.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { ItemBindings } from "./bindings.ts";
import type { OrderRow } from "../workflow/orders/order-row.ts";
import { askPeople, type AskPeople } from "./effects/ask-people.ts";
import { Item } from "./item.ts";
import { itemDeps } from "./item-wiring.ts";
import type { PromiseChange } from "./orders/change-promise.ts";
import type { PlacedCall } from "./orders/mark-placed.ts";
import type { PlacedAnswer, PlacedElsewhere } from "./orders/place-elsewhere.ts";
import type { ReceiptCall, ReceiptResult } from "./orders/receive-goods.ts";
import type { ItemOverview } from "./overview.ts";
import type { NoReplay, ReplayCall } from "./again/answer-replay.ts";
import type { Replay } from "./again/replay.ts";
import type { TopUpCall } from "./purchase/top-up-costs.ts";
import type { TakeBackCall, TakenBackAnswer } from "./again/take-back-answer.ts";
import type { TriggerAnswer, TriggerCall } from "./trigger-call.ts";
import type { StoredIdentity } from "./store/identity-row.ts";
import { Triggers } from "./triggers.ts";
import { decideReview, extendReview, type ExtensionCall, type VerdictAnswer, type VerdictCall } from "./verdicts.ts";
import type { ItemView, Trial } from "./view.ts";
import type { WhatIf, WhatIfCall } from "./again/what-if.ts";
import { forgetBefore, onAlarm, projectAgain, runDue, wakeLate } from "./waking/wake.ts";
import type { TopUpOffer } from "../purchasing/order/top-up.ts";

export interface RedeliveryCall {
  readonly schema: 1;
  readonly workflowId: string;
  readonly which: "parked" | "all";
}

/** Says that an upload changed what is stored about the item. */
export interface InputsChange {
  readonly schema: 1;
  readonly item: ItemIdentity;
  readonly inputsVersion: number;
  readonly terms: ItemTerms | null;
}

export class ItemObject extends DurableObject<ItemBindings> {
  static {
    reportCalls(this);
  }

  readonly #item: Item;
  readonly #triggers: Triggers;

  constructor(ctx: DurableObjectState, env: ItemBindings) {
    super(ctx, env);
    this.#item = new Item(
      ctx.storage,
      itemDeps(ctx, env, () => this.#item.journal.identity),
    );
    this.#triggers = new Triggers(this.#item);
    this.#item.onMoved = (from, to) => ctx.waitUntil(this.#planAnew(from, to));
    // No call comes in before the alarm's time is known, or the first commit would set it again, for an fsync. An item
    // for which nothing was written has no alarm, and its first call need not wait.
    if (this.#item.journal.identity !== null) void ctx.blockConcurrencyWhile(() => this.#item.alarm.wake(true));
  }

  async trigger(call: TriggerCall): Promise<TriggerAnswer> {
    return this.#triggers.answer(call);
  }

  /** A run of the store decides the item again from its last count. */
  async decideAgain(call: RunCall): Promise<RunAnswer> {
    const { decideAgain } = await import("./seldom-calls.ts");
    return decideAgain(this.#item, this.#triggers, call);
  }

  /** The workflow as it counts now; null when this item does not have it (any more). Writes nothing (I11). */
  async read(workflowId: string): Promise<Workflow | null> {
    const workflow = this.#item.find(workflowId);
    return workflow === null ? null : this.#item.asOfNow(workflow);
  }

  /** Null when there is no such workflow. */
  async decide(call: VerdictCall): Promise<VerdictAnswer | null> {
    return decideReview(this.#item, call);
  }

  /** Null when there is no such workflow. */
  async extend(call: ExtensionCall): Promise<VerdictAnswer | null> {
    await this.#item.knowledge.knowStore();
    return extendReview(this.#item, call);
  }

  /** Null when there is no such workflow. */
  async takeBack(call: TakeBackCall): Promise<TakenBackAnswer | null> {
    const { takeBackAnswer } = await import("./seldom-calls.ts");
    return takeBackAnswer(this.#item, this.#triggers, call);
  }

  /** Sends the open question to more people; null when there is no such workflow. */
  async askPeople(call: AskPeople): Promise<VerdictAnswer | null> {
    return askPeople(this.#item, call);
  }

  /** Replays a stored decision; writes nothing. */
  async replay(call: ReplayCall): Promise<Replay | NoReplay> {
    const { answerReplay } = await import("./seldom-calls.ts");
    return answerReplay(this.#item, this.env, call);
  }

  /** Null = nothing was counted, and the question supposes no count. Writes nothing. */
  async whatIf(call: WhatIfCall): Promise<WhatIf | null> {
    const { whatIf } = await import("./seldom-calls.ts");
    return whatIf(this.#item, call);
  }

  /** What the pages show of a workflow, or of the item's newest count; writes nothing (I11). */
  async view(workflowId: string | null, trial: Trial): Promise<ItemView | null> {
    const { viewOf } = await import("./seldom-calls.ts");
    return viewOf(this.#item, workflowId === null ? null : this.#item.find(workflowId), trial);
  }

  /** Null when nothing is known of this item. */
  async overview(): Promise<ItemOverview | null> {
    const { overviewOf } = await import("./seldom-calls.ts");
    return overviewOf(this.#item);
  }

  /**
   * Retries parked deliveries, and with "all" also waiting ones and the webhook's in any state; returns how many. Null
   * = no such workflow.
   */
  async redeliver({ workflowId, which }: RedeliveryCall): Promise<number | null> {
    return this.#item.redeliver(workflowId, which);
  }

  /** The next trigger uses what was uploaded. */
  async inputsChanged({ item, inputsVersion, terms }: InputsChange): Promise<void> {
    this.#item.learnInputs({ schema: 1, ...item, inputsVersion, terms });
  }

  /** Null when nothing is known of this item. */
  async receive(call: ReceiptCall): Promise<ReceiptResult | null> {
    const { receiveGoods } = await import("./seldom-calls.ts");
    return receiveGoods(this.#item, call);
  }

  /** An order that was made elsewhere. */
  async placeElsewhere(call: PlacedElsewhere): Promise<PlacedAnswer> {
    const { placeElsewhere } = await import("./seldom-calls.ts");
    return placeElsewhere(this.#item, call);
  }

  /** A supplier's change to an open order; null when there is no such order. */
  async changePromise(change: PromiseChange): Promise<OrderRow | "taken" | "early" | null> {
    const { changePromise } = await import("./seldom-calls.ts");
    await this.#item.knowledge.knowStore();
    return changePromise(this.#item, change);
  }

  /** Somebody placed an open order by hand, or takes that back. */
  async markPlaced(call: PlacedCall): Promise<OrderRow | "taken" | "early" | null> {
    const { markPlaced } = await import("./seldom-calls.ts");
    await this.#item.knowledge.knowStore();
    return markPlaced(this.#item, call);
  }

  /**
   * False when there is no such receipt. Objects of v0.1.0 take its reference alone, so that is sent;
   * Workers of since then sent the object (I12).
   */
  async takeBackReceipt(call: string | { readonly schema: 1; readonly reference: string }): Promise<boolean> {
    const { takeBackReceipt } = await import("./seldom-calls.ts");
    return takeBackReceipt(this.#item, typeof call === "string" ? call : call.reference);
  }

  /** By its workflow or its reference; false when there is no such open order. Both shapes as above (I12). */
  async cancelOrder(call: string | { readonly schema: 1; readonly order: string }): Promise<boolean> {
    const { cancelOrder } = await import("./seldom-calls.ts");
    return cancelOrder(this.#item, typeof call === "string" ? call : call.order);
  }

  /** A purchase order reads this item's line or sends it commands; null = the item has no line. */
  async purchase(call: PurchaseCall): Promise<LineFact | null> {
    const { answerPurchase } = await import("./seldom-calls.ts");
    return answerPurchase(this.#item, this.#triggers, call);
  }

  /** Writes nothing; null = the item can take no more. */
  async offerTopUp(call: TopUpCall): Promise<TopUpOffer | null> {
    const { topUpOffer } = await import("./seldom-calls.ts");
    return topUpOffer(this.#item, call);
  }

  /** Does what is due, for a sweep that found this item late; see `wakeLate`. */
  async poke(overdue: readonly string[] = []): Promise<void> {
    await wakeLate(this.#item, this.#triggers, overdue);
  }

  /** Resolves when nothing is due or under way; for measurements and tests, since `poke` does not wait for effects. */
  async idle(): Promise<void> {
    await runDue(this.#item, this.#triggers);
  }

  /** Retention: see `forgetBefore`. */
  async forget(cutoff: number): Promise<void> {
    await forgetBefore(this.#item, cutoff);
  }

  /** For a database that lost its rows; returns what is known of the item's uploads. */
  async reproject(): Promise<StoredIdentity | null> {
    await projectAgain(this.#item);
    return this.#item.journal.identity;
  }

  /** For purchase orders that were lost: sends the lines again and returns the names of the orders' objects. */
  async tellLinesAgain(): Promise<readonly string[]> {
    const { tellLinesAgain } = await import("./seldom-calls.ts");
    return tellLinesAgain(this.#item);
  }

  override async alarm(): Promise<void> {
    await onAlarm(this.#item, this.#triggers);
  }

  /** Rows that the last write cost, read by tests and measurements in the same isolate. */
  get rowsWritten(): number {
    return this.#item.rowsWritten;
  }

  /** If this fails, the line stays where it moved to, with its old plan. */
  async #planAnew(from: string, to: string): Promise<void> {
    const { planAnew } = await import("./seldom-calls.ts");
    await planAnew(this.#item, this.#triggers, from, to).catch((cause: unknown) =>
      this.#item.deps.onFailure("purchase_order", cause),
    );
  }
}
