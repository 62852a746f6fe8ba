/**
 * Plays a store's days against a running server and keeps the store's own books beside it.
 *
 * Time: a replayed day passes in a second, and the server's own clock is real. So each post says in `occurred_at` when
 * the stock was counted: the evening of the replayed day, always in the past and rising. The server dates its orders by
 * that count, an order is a day older at the next one, and its `expected_at` lies in the replayed days too. A
 * receipt closes an order, delivered on the morning that the lead time says; so none is ever overdue. Only reviews run
 * on real time.
 *
 * Any fault fails the run. Each begins with its kind in brackets:
 * [decided otherwise] a trigger whose workflow is not decided exactly once, or not as the answer said
 * [order not counted] a decision whose inventory position is not shelf + outstanding: a gap is ordered twice
 * [books differ] open orders of the server that differ from the store's books
 * [repeat decided] a repeated post (same Idempotency-Key, in parallel) that made a second workflow
 */
import type { Stockwarden, Workflow } from "../../../src/client/client.ts";
import { WEEKDAYS, type Weekday } from "../../../src/world/types.ts";
import { concurrently } from "../../../src/shared/concurrently.ts";
import { ItemLedger, openOrderDifferences } from "./replay-ledger.ts";
import { People } from "./replay-people.ts";
import { Till } from "./replay-till.ts";
import type { ReplayItem, ReplayWindow } from "./replay-window.ts";
import { DECIDED_OTHERWISE, settleOpenReviews, verifyWorkflows, type PostedTrigger } from "./replay-verify.ts";

export interface ReplayOptions {
  readonly storeId: string;
  readonly leadTimeDays: number;
  readonly serviceLevel: number;
  readonly packSize: number;
  /** Safety stock, in days of the item's recent mean sales. */
  readonly safetyDays: number;
  readonly concurrency: number;
  /** Leave some questions unanswered until they expire: only where expiry is seconds away and means `hold`. */
  readonly leaveSomeOpen: boolean;
  /** Days of the week on which the store sells nothing; empty = it is open every day. */
  readonly closedOn?: readonly Weekday[];
  /** 53 factors of the file's ISO weeks; null = no season. */
  readonly season?: readonly number[] | null;
  readonly onDay: (progress: ReplayProgress) => void;
}

export interface ReplayProgress {
  readonly day: number;
  readonly days: number;
  readonly triggers: number;
  readonly orders: number;
  readonly faults: number;
}

export interface ReplayResult {
  readonly ledgers: readonly ItemLedger[];
  readonly triggers: number;
  readonly repeats: number;
  readonly days: number;
  /** Questions by the first of their reasons. */
  readonly askedFor: Readonly<Record<string, number>>;
  readonly reviews: Readonly<Record<"asked" | "approved" | "rejected" | "expired" | "superseded", number>>;
  /** Of the trigger's round trip, in ms, in order of posting. */
  readonly latenciesMs: readonly number[];
  readonly faults: readonly string[];
}

const COMPARE_ORDERS_EVERY_DAYS = 5;

interface StoreItem {
  readonly productId: string;
  readonly replay: ReplayItem;
  readonly ledger: ItemLedger;
  readonly safetyStock: number;
}

export async function runReplay(
  client: Stockwarden,
  window: ReplayWindow,
  options: ReplayOptions,
): Promise<ReplayResult> {
  const replay = new Replay(client, window, options);
  await replay.stockShelves();
  for (const [day, date] of window.dates.entries()) await replay.playDay(day, date);
  return replay.closeBooks();
}

class Replay {
  readonly #client: Stockwarden;
  readonly #window: ReplayWindow;
  readonly #options: ReplayOptions;
  readonly #items: readonly StoreItem[];
  readonly #posted: PostedTrigger[] = [];
  readonly #till: Till;
  readonly #people: People;
  readonly #faults: string[] = [];

  constructor(client: Stockwarden, window: ReplayWindow, options: ReplayOptions) {
    this.#client = client;
    this.#window = window;
    this.#options = options;
    this.#till = new Till(client, options.storeId, this.#faults);
    this.#people = new People(client, options.leaveSomeOpen);
    this.#items = window.items.map((replay) => {
      const safetyStock = Math.ceil(replay.dailyMean * options.safetyDays);
      const opening = Math.ceil(replay.dailyMean * (options.leadTimeDays + 1)) + safetyStock;
      return {
        productId: replay.productId,
        replay,
        safetyStock,
        ledger: new ItemLedger(opening),
      };
    });
  }

  async stockShelves(): Promise<void> {
    const { storeId, leadTimeDays, serviceLevel, packSize } = this.#options;
    await this.#describeStore();
    await this.#forEachItem(async (item) => {
      const settings = {
        lead_time_days: leadTimeDays,
        review_period_days: 1,
        service_level: serviceLevel,
        pack_size: packSize,
      };
      await this.#client.putProduct(item.productId, settings, storeId);
      if (item.replay.history.length > 0)
        await this.#client.putHistory(item.productId, historyCsv(item.replay.history), storeId);
    });
  }

  async #describeStore(): Promise<void> {
    const { storeId, closedOn = [], season = null } = this.#options;
    const openDays = WEEKDAYS.filter((day) => !closedOn.includes(day));
    if (closedOn.length > 0) await this.#client.putStore(storeId, { open_days: openDays });
    if (season === null) return;
    const moved = season.map((_, week) => season.at((week - this.#window.movedWeeks) % season.length)!);
    await this.#client.putSeason(storeId, moved);
  }

  async playDay(day: number, date: string): Promise<void> {
    const { storeId } = this.#options;
    await this.#forEachItem(async (item) => {
      for (const { quantity, workflowId } of item.ledger.receiveDue(day))
        await this.#client.receive(item.productId, { quantity, reference: workflowId }, storeId);
      const { sold, emptied } = item.ledger.sell(item.replay.demand[day] ?? 0);
      await this.#client.putHistory(item.productId, historyCsv([`${date},${sold},${emptied ? 0 : 1}`]), storeId);
      await this.#decide(item, day, date);
    });
    if ((day + 1) % COMPARE_ORDERS_EVERY_DAYS === 0) await this.#compareOpenOrders();
    this.#options.onDay({
      day: day + 1,
      days: this.#window.dates.length,
      triggers: this.#posted.length,
      orders: this.#items.reduce((sum, item) => sum + item.ledger.totals.orders, 0),
      faults: this.#faults.length,
    });
  }

  async closeBooks(): Promise<ReplayResult> {
    await settleOpenReviews(this.#client, this.#posted);
    const verified = await verifyWorkflows(this.#client, this.#posted, this.#options.concurrency);
    await this.#compareOpenOrders();
    return {
      ledgers: this.#items.map((item) => item.ledger),
      triggers: this.#posted.length,
      repeats: this.#till.repeats,
      days: this.#window.dates.length,
      askedFor: this.#people.askedFor,
      reviews: { asked: this.#people.asked, ...verified.reviews },
      latenciesMs: this.#till.latenciesMs,
      faults: [...this.#faults, ...verified.faults],
    };
  }

  async #decide(item: StoreItem, day: number, date: string): Promise<void> {
    const positionBefore = item.ledger.onHand + item.ledger.outstanding;
    const answered = await this.#till.post(item, date);
    this.#checkPosition(item, date, positionBefore, answered);
    const final = answered.status === "awaiting_human_review" ? await this.#people.answer(answered) : answered;
    this.#posted.push({ what: `${date} ${item.productId}`, workflow: final });
    if (final.status !== "completed" || final.decision?.recommended_action !== "restock") return;
    const order = {
      workflowId: final.workflow_id,
      quantity: final.decision.recommended_quantity,
      arrivesOn: day + 1 + this.#options.leadTimeDays,
    };
    if (!item.ledger.place(order))
      this.#faults.push(
        `${DECIDED_OTHERWISE} ${date} ${item.productId}: workflow ${order.workflowId} ordered a second time`,
      );
  }

  #checkPosition(item: StoreItem, date: string, expected: number, workflow: Workflow): void {
    const counted = workflow.decision?.evidence?.inventory_position;
    if (workflow.status === "superseded" || typeof counted !== "number" || Math.abs(counted - expected) < 1e-6) return;
    this.#faults.push(
      `[order not counted] ${date} ${item.productId}: decided on an inventory position of ${counted}, the ` +
        `store has ${item.ledger.onHand} on hand and ` +
        `${item.ledger.outstanding} on order (workflow ${workflow.workflow_id})`,
    );
  }

  async #compareOpenOrders(): Promise<void> {
    await this.#forEachItem(async (item) => {
      const { open_orders } = await this.#client.product(item.productId, this.#options.storeId);
      const differences = openOrderDifferences(open_orders, item.ledger.openOrders);
      this.#faults.push(...differences.map((difference) => `[books differ] ${item.productId}: ${difference}`));
    });
  }

  async #forEachItem(work: (item: StoreItem) => Promise<void>): Promise<void> {
    await concurrently(this.#items, this.#options.concurrency, work);
  }
}

function historyCsv(rows: readonly string[]): string {
  return `date,units,in_stock\n${rows.join("\n")}\n`;
}
