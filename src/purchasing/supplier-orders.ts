/**
 * Owns the purchase orders of one store with one supplier: their rows and their alarm. Every change goes through
 * `#apply`: one transition, one write, then the alarm, then the effects (I2, I7). `order/` decides; `OutsideWork` calls
 * and delivers. An order is named by its opportunity, so an item knows the id without a call; the first line opens it.
 */
import type { LineAnswer, LineCall, LineFact, PurchaseSlot } from "../workflow/orders/purchase-line.ts";
import { AlarmClock } from "../shared/alarm-clock.ts";
import type { PurchaseWorld, PurchasingDeps } from "./deps.ts";
import { isMissing } from "./order/rebuilt.ts";
import { nextDue } from "./due.ts";
import { withPurchaseHashes } from "../api/purchasing/purchase-audit-chain.ts";
import { ItemCalls } from "./effects/item-calls.ts";
import { OutsideWork } from "./effects/outside-work.ts";
import { purchaseNumber } from "./order/number.ts";
import { byProduct, isOpen } from "./order/totals.ts";
import { opened, reopened, transition, type PurchaseInput, type PurchaseOutcome } from "./order/transition.ts";
import type { PurchaseDelivery, PurchaseOrder } from "./order/types.ts";
import { touch } from "./order/record.ts";
import { opportunityAt, policyOf, slotAfter } from "./policy.ts";
import { KnownOrders } from "./store/known-orders.ts";

/** Longer than a change of a supplier or a store takes to be written and told. */
const FOLLOWS_CHANGE_MS = 10_000;

export class PurchaseOrders {
  readonly #deps: PurchasingDeps;
  readonly #orders: KnownOrders;
  readonly #alarm: AlarmClock;
  readonly #calls: ItemCalls;
  readonly #work: OutsideWork;
  /** When to look at a change of the world again; null = none is expected. */
  #wakeAt: number | null = null;

  constructor(storage: DurableObjectStorage, deps: PurchasingDeps) {
    this.#deps = deps;
    this.#orders = new KnownOrders(storage);
    this.#alarm = new AlarmClock(storage);
    this.#calls = new ItemCalls(deps);
    this.#work = new OutsideWork(deps, this.#calls, {
      present: () => this.#orders.all.map(({ order }) => order),
      read: (slot) => this.read(slot),
      apply: (order, input, world) => void this.#apply(order, input, world),
      nextSlot: (slot, world) => this.#nextSlot(slot, world),
      number: () => purchaseNumber(deps.objectId, this.#orders.numbers + 1),
      delivered: (order, delivery) => this.#delivered(order, delivery),
      isBehind: (order) => this.#orders.isBehind(order),
      projected: (order) => this.#orders.projected(order),
      wakeAt: (at) => this.#alarm.arm(at, deps.now()),
    });
  }

  async wake(): Promise<void> {
    const now = this.#deps.now();
    await this.#alarm.load(now);
    this.#alarm.arm(this.#nextDue(), now);
  }

  read(slot: Pick<PurchaseSlot, "poId" | "orderBy">): PurchaseOrder | null {
    return this.#orders.read(slot);
  }

  /** An item's line: the order takes it, or answers where else it goes. */
  async takeLine({ storeId, supplierId, slot, origin, fact }: LineCall): Promise<LineAnswer> {
    const world = await this.#deps.worldOf(storeId, supplierId);
    // From here on there is no await.
    const now = this.#deps.now();
    const known = this.read(slot);
    const isGone = known?.ended === "rescheduled";
    const isBack = isGone && now < slot.orderBy && opportunityAt(world, slot.orderBy) != null;
    const order = isBack && fact.quantity > 0 ? reopened(known, now) : known;
    const next = this.#nextSlot(slot, world, isGone);
    if (order === null && fact.quantity === 0) return { kind: "taken" };
    // The opportunity passed before its first line came, so there is no order to close.
    const isRebuilt = order === null && isMissing(order, fact);
    if (order === null && !isRebuilt && now >= slot.orderBy) return { kind: "closed", next, lost: true };
    const present =
      order ??
      opened(
        {
          ...slot,
          storeId,
          supplierId,
          supplierName: world.supplier?.name ?? null,
          currency: world.supplier?.currency ?? world.store?.currency ?? null,
          minimumValue: world.supplier?.minimumOrderValue ?? null,
          origin,
        },
        now,
      );
    const input = isRebuilt ? ({ type: "rebuild", fact } as const) : ({ type: "line", fact, next } as const);
    const outcome = this.#apply(present, input, world);
    return outcome.answer ?? { kind: "taken" };
  }

  /** Null = there is no such order. */
  async act(slot: Pick<PurchaseSlot, "poId" | "orderBy">, input: PurchaseInput): Promise<PurchaseOutcome | null> {
    const found = this.read(slot);
    if (found === null) return null;
    const world = await this.#deps.worldOf(found.storeId, found.supplierId);
    const present = this.read(slot);
    if (present === null) return null;
    // Due changes are applied first: an order past its cut-off counts as closed (I8).
    const outcome = this.#apply(present, input, world);
    // A person who sends an order should see it sent at once. What is removed, cancelled, confirmed or received must
    // reach the items before their next counts plan: goods on the shelf would otherwise count as on order, too. The
    // alarm calls an item again that does not answer now.
    const isTold = outcome.changed && input.type !== "approve";
    if (outcome.order.status === "closing" || isTold) await this.#work.callItems().catch(() => undefined);
    return { ...outcome, order: this.read(slot) ?? outcome.order };
  }

  /** An item's fact about its line; null = the item has none. */
  async askItem(order: PurchaseOrder, productId: string): Promise<LineFact | null> {
    return this.#calls.ask(order, productId);
  }

  /** The alarm does what is due after a change that is being written, if the call that follows it is lost. */
  async wakeSoon(): Promise<void> {
    this.#wakeAt = this.#deps.now() + FOLLOWS_CHANGE_MS;
    this.#alarm.arm(this.#wakeAt, this.#deps.now());
  }

  /** Does what is due by the clock and the present world, and starts outside work without waiting for it. */
  async startDue(): Promise<void> {
    if (this.#wakeAt !== null && this.#wakeAt <= this.#deps.now()) {
      this.#wakeAt = null;
      // The request that wrote the change may have died before the store knew of it.
      const storeId = this.#orders.all[0]?.order.storeId;
      const told = storeId === undefined ? Promise.resolve() : this.#deps.storeChanged(storeId);
      await told.catch((cause: unknown) => this.#deps.onFailure("alarm", cause));
    }
    this.#deps.forgetWorld();
    this.#work.retryNow();
    await this.#clock();
    this.#work.start();
  }

  /** The same, and waits for the end. */
  async runDue(): Promise<void> {
    await this.startDue();
    await this.#work.done();
  }

  /** The alarm handler; never throws, since an alarm that throws is retried a few times and then gone. */
  async onAlarm(): Promise<void> {
    await this.#alarm.ringing(this.#nextDue() !== null, this.#deps.now());
    try {
      await this.runDue();
    } catch (cause) {
      this.#deps.onFailure("alarm", cause);
      return;
    }
    await this.#alarm.rearm(this.#nextDue(), this.#deps.now());
  }

  /** Retention; see `OrderRows.forget`. */
  forget(cutoff: number): number {
    return this.#orders.forget(cutoff);
  }

  /** Makes parked deliveries due again under their old keys; returns how many. Null = there is no such order. */
  redeliver(slot: Pick<PurchaseSlot, "poId" | "orderBy">): number | null {
    const order = this.read(slot);
    if (order === null) return null;
    const now = this.#deps.now();
    const parked = order.deliveries.filter(({ status }) => status === "parked").length;
    if (parked === 0) return 0;
    const deliveries = order.deliveries.map((entry): PurchaseDelivery =>
      entry.status === "parked" ? { ...entry, status: "pending", attempts: 0, dueAt: now } : entry,
    );
    this.#save(order, touch(order, { deliveries }, now));
    return parked;
  }

  /** Projects everything kept here again, for a database that lost its rows. */
  async reproject(): Promise<void> {
    this.#orders.forgetProjected();
    await this.runDue();
  }

  /** Cut-offs, questions and reminders whose time has come. */
  async #clock(): Promise<void> {
    for (const { order } of this.#orders.all.filter((known) => isOpen(known.order))) {
      const world = await this.#deps.worldOf(order.storeId, order.supplierId);
      const slot = { ...order, poId: order.id };
      const at = opportunityAt(world, order.orderBy);
      if (at !== undefined)
        this.#apply(order, { type: "reschedule", at, next: this.#nextSlot(slot, world, true) }, world);
      const next = this.#nextSlot(slot, world);
      for (const type of ["cut_off", "ask_due", "remind_due"] as const) {
        const present = this.read({ poId: order.id, orderBy: order.orderBy });
        if (present !== null) this.#apply(present, { type, next }, world);
      }
    }
  }

  #apply(order: PurchaseOrder, input: PurchaseInput, world: PurchaseWorld): PurchaseOutcome {
    const now = this.#deps.now();
    const policy = policyOf(world, this.#deps.settings);
    const { minimumValue } = policy;
    // An open order follows its supplier's minimum; one that closes or is sent keeps that of its time.
    const hasOther = isOpen(order) && order.minimumValue !== minimumValue;
    const outcome = transition(hasOther ? touch(order, { minimumValue }, now) : order, input, policy, now);
    if (!outcome.changed && !hasOther) return outcome;
    // A late line may make a person's approval necessary.
    const asked = input.type === "ask_due" ? outcome : transition(outcome.order, { type: "ask_due" }, policy, now);
    const notices = input.type === "ask_due" ? outcome.notices : [...outcome.notices, ...asked.notices];
    const known = new Set(asked.order.deliveries.map(({ key }) => key));
    const deliveries = notices
      .flatMap((notice) => this.#deps.deliverer.plan(notice, asked.order, world, now))
      .filter(({ key }) => !known.has(key));
    const after = { ...asked.order, deliveries: [...asked.order.deliveries, ...deliveries] };
    this.#save(this.#orders.present(order.id), after);
    return { ...outcome, order: after };
  }

  #save(before: PurchaseOrder | null, after: PurchaseOrder): void {
    const order = withPurchaseHashes({ ...after, lines: after.lines.toSorted(byProduct) });
    this.#orders.save(before, order);
    const now = this.#deps.now();
    this.#alarm.arm(this.#nextDue(), now);
    this.#deps.onCommitted(before, order);
    this.#work.start();
  }

  #delivered(order: PurchaseOrder, after: PurchaseDelivery): void {
    const deliveries = order.deliveries.map((entry) => (entry.key === after.key ? after : entry));
    this.#save(order, touch(order, { deliveries }, this.#deps.now()));
  }

  /** `isGone`: the calendar no longer has the slot, so the next one may come before it. */
  #nextSlot(slot: PurchaseSlot, world: PurchaseWorld, isGone = false): PurchaseSlot {
    const isTaken = (other: Pick<PurchaseSlot, "poId" | "orderBy">): boolean => {
      const known = this.read(other);
      return known !== null && !isOpen(known) && known.ended !== "rescheduled";
    };
    const from = { ...slot, orderBy: isGone ? 0 : slot.orderBy };
    return slotAfter(this.#deps.objectId, world, from, this.#deps.now(), isTaken);
  }

  #nextDue(): number | null {
    const now = this.#deps.now();
    const times = this.#orders.all.flatMap(({ order, projected }) => {
      const at = nextDue(order, projected, this.#work.retryAt, now);
      return at === null ? [] : [at];
    });
    if (this.#wakeAt !== null) times.push(this.#wakeAt);
    return times.length === 0 ? null : Math.min(...times);
  }
}
