/**
 * Owns the purchase orders of one store with one supplier: their rows, their alarm and what leaves them. Every change goes
 * through `#apply`: one transition, one write, then the alarm, then the effects (I2, I7). `order/` decides.
 *
 * P1. An order is named by its opportunity, so an item knows the id before anybody is asked; the first line opens it.
 * P2. Items are called, and people mailed, from rows that were written before; whatever is lost is done again by the alarm.
 */
import type { LineAnswer, LineCall, LineFact, PurchaseSlot } from "../workflow/orders/purchase-line.ts";
import { AlarmClock } from "../shared/alarm-clock.ts";
import type { PurchaseWorld, PurchasingDeps } from "./deps.ts";
import { isActive, nextDue } from "./due.ts";
import { withPurchaseHashes } from "./effects/audit-hashes.ts";
import { hasCalls, ItemCalls } from "./effects/item-calls.ts";
import { purchaseNumber } from "./order/number.ts";
import { isOpen } from "./order/totals.ts";
import { opened, transition, type PurchaseInput, type PurchaseOutcome } from "./order/transition.ts";
import type { PurchaseDelivery, PurchaseOrder } from "./order/types.ts";
import { touch } from "./order/record.ts";
import { policyOf, slotAfter } from "./policy.ts";
import { OrderRows, type KeptOrder } from "./store/order-rows.ts";

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;
/** Orders projected at once. */
const PROJECTED_AT_ONCE = 10;

export class PurchaseOrders {
  readonly #deps: PurchasingDeps;
  readonly #rows: OrderRows;
  readonly #alarm: AlarmClock;
  readonly #calls: ItemCalls;
  /** By id; those about which something is left to do, and those that were asked for. */
  readonly #known = new Map<string, KeptOrder>();
  #working: Promise<void> | null = null;
  #calling: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #retryAt: number | null = null;

  constructor(storage: DurableObjectStorage, deps: PurchasingDeps) {
    this.#deps = deps;
    this.#rows = new OrderRows(storage);
    this.#alarm = new AlarmClock(storage);
    this.#calls = new ItemCalls(deps);
    for (const kept of this.#rows.active()) this.#known.set(kept.order.id, kept);
  }

  async wake(): Promise<void> {
    const now = this.#deps.now();
    await this.#alarm.load(now);
    this.#alarm.arm(this.#nextDue(), now);
  }

  read(slot: Pick<PurchaseSlot, "poId" | "orderBy">): PurchaseOrder | null {
    return this.#find(slot)?.order ?? null;
  }

  /** An item's line: the order takes it, or says where else it goes. */
  async takeLine({ storeId, supplierId, slot, origin, fact }: LineCall): Promise<LineAnswer> {
    const world = await this.#deps.worldOf(storeId, supplierId);
    // From here on there is no await.
    const now = this.#deps.now();
    const order = this.read(slot);
    const next = this.#nextSlot(slot, world);
    if (order === null && fact.quantity === 0) return { kind: "taken" };
    // The opportunity passed before its first line came: there is nothing to close.
    if (order === null && now >= slot.orderBy) return { kind: "closed", next };
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
    const outcome = this.#apply(present, { type: "line", fact, next }, world);
    return outcome.answer ?? { kind: "taken" };
  }

  /** Null = there is no such order. */
  async act(slot: Pick<PurchaseSlot, "poId" | "orderBy">, input: PurchaseInput): Promise<PurchaseOutcome | null> {
    const found = this.read(slot);
    if (found === null) return null;
    const world = await this.#deps.worldOf(found.storeId, found.supplierId);
    const present = this.read(slot);
    if (present === null) return null;
    // What is due comes first: past its cut-off an order is not what it was (I8).
    const outcome = this.#apply(present, input, world);
    // A person who sends an order hears that it is sent; what an item does not answer now, the alarm asks for again.
    // And whoever removes a line or cancels is not overtaken by the next count, which plans by what its item knows.
    const isTold = outcome.changed && (input.type === "edit" || input.type === "cancel");
    if (outcome.order.status === "closing" || isTold) await this.#callItems().catch(() => undefined);
    return { ...outcome, order: this.read(slot) ?? outcome.order };
  }

  /** What an item says of a line there; null = it has none to say. */
  async askItem(order: PurchaseOrder, productId: string): Promise<LineFact | null> {
    return this.#calls.ask(order, productId);
  }

  /** Does what is due by the clock, and starts what is to be done outside without waiting for it. */
  async startDue(): Promise<void> {
    this.#retryAt = null;
    await this.#clock();
    this.#startWork();
  }

  /** The same, and waits for the end. */
  async runDue(): Promise<void> {
    await this.startDue();
    await this.#working;
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
    for (const [id, { order, projected }] of this.#known) {
      if (!isActive(order, projected)) this.#known.delete(id);
    }
    return this.#rows.forget(cutoff);
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

  /** Has everything that is kept here projected again: for a database that lost its rows. */
  async reproject(): Promise<void> {
    for (const [id, known] of this.#known) this.#known.set(id, { ...known, projected: 0 });
    await this.runDue();
  }

  #find({ poId, orderBy }: Pick<PurchaseSlot, "poId" | "orderBy">): KeptOrder | null {
    const known = this.#known.get(poId);
    if (known !== undefined) return known;
    const kept = this.#rows.find(Math.floor(orderBy / 1_000));
    if (kept === null || kept.order.id !== poId) return null;
    this.#known.set(poId, kept);
    return kept;
  }

  /** Cut-offs, questions and reminders whose time has come. */
  async #clock(): Promise<void> {
    for (const { order } of [...this.#known.values()].filter((known) => isOpen(known.order))) {
      const world = await this.#deps.worldOf(order.storeId, order.supplierId);
      const next = this.#nextSlot({ ...order, poId: order.id }, world);
      for (const type of ["cut_off", "ask_due", "remind_due"] as const) {
        const present = this.read({ poId: order.id, orderBy: order.orderBy });
        if (present !== null) this.#apply(present, { type, next }, world);
      }
    }
  }

  #apply(order: PurchaseOrder, input: PurchaseInput, world: PurchaseWorld): PurchaseOutcome {
    const now = this.#deps.now();
    const policy = policyOf(world, this.#deps.settings);
    const outcome = transition(order, input, policy, now);
    if (!outcome.changed) return outcome;
    // A late line may make an order one that a person is needed for.
    const asked = input.type === "ask_due" ? outcome : transition(outcome.order, { type: "ask_due" }, policy, now);
    const notices = input.type === "ask_due" ? outcome.notices : [...outcome.notices, ...asked.notices];
    const known = new Set(asked.order.deliveries.map(({ key }) => key));
    const deliveries = notices
      .flatMap((notice) => this.#deps.deliverer.plan(notice, asked.order, world, now))
      .filter(({ key }) => !known.has(key));
    const after = { ...asked.order, deliveries: [...asked.order.deliveries, ...deliveries] };
    this.#save(this.#known.get(order.id)?.order ?? null, after);
    return { ...outcome, order: after };
  }

  #save(before: PurchaseOrder | null, after: PurchaseOrder): void {
    const order = withPurchaseHashes(after);
    const projected = this.#known.get(order.id)?.projected ?? 0;
    this.#rows.save(order, before, isActive(order, projected));
    this.#known.set(order.id, { order, projected });
    const now = this.#deps.now();
    this.#alarm.arm(this.#nextDue(), now);
    this.#deps.onCommitted(before, order);
    this.#startWork();
  }

  /** Starts what is to be done outside, and does not wait for it; the object stays awake until it is done. */
  #startWork(): void {
    this.#again = true;
    if (this.#working !== null) return;
    this.#working = this.#work().finally(() => (this.#working = null));
    this.#deps.waitUntil(this.#working);
  }

  async #work(): Promise<void> {
    while (this.#again && this.#retryAt === null) {
      this.#again = false;
      try {
        await this.#callItems();
        await this.#deliver();
        await this.#project();
        this.#failures = 0;
      } catch (cause) {
        this.#deps.onFailure("purchase_order", cause);
        const now = this.#deps.now();
        this.#retryAt = now + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
        this.#failures++;
        this.#alarm.arm(this.#retryAt, now);
      }
    }
  }

  /** One at a time: what changes meanwhile is seen by the next one. */
  async #callItems(): Promise<void> {
    while (this.#calling !== null) await this.#calling;
    this.#calling = this.#callEveryItem().finally(() => (this.#calling = null));
    await this.#calling;
  }

  async #callEveryItem(): Promise<void> {
    for (const { id, orderBy } of this.#present().filter(hasCalls)) {
      const slot = { poId: id, orderBy };
      const order = this.read(slot)!;
      const world = await this.#deps.worldOf(order.storeId, order.supplierId);
      const next = this.#nextSlot({ poId: id, orderBy, arrivesOn: order.arrivesOn }, world);
      await this.#calls.run({
        present: () => this.read(slot)!,
        apply: (input) => void this.#apply(this.read(slot)!, input, world),
        next,
        number: () => purchaseNumber(this.#deps.objectId, this.#rows.numbers + 1),
      });
    }
  }

  async #deliver(): Promise<void> {
    const now = this.#deps.now();
    for (const { id, orderBy } of this.#present()) {
      const slot = { poId: id, orderBy };
      const order = this.read(slot)!;
      const due = order.deliveries.filter(({ status, dueAt }) => status === "pending" && dueAt <= now);
      if (due.length === 0) continue;
      const world = await this.#deps.worldOf(order.storeId, order.supplierId);
      await Promise.all(
        due.map(async (delivery) => {
          const after = await this.#deps.deliverer.attempt(this.read(slot)!, delivery, world, now);
          const present = this.read(slot)!;
          const deliveries = present.deliveries.map((entry) => (entry.key === delivery.key ? after : entry));
          this.#save(present, touch(present, { deliveries }, this.#deps.now()));
        }),
      );
    }
  }

  async #project(): Promise<void> {
    for (;;) {
      const behind = this.#present()
        .filter((order) => (this.#known.get(order.id)?.projected ?? 0) < order.version)
        .slice(0, PROJECTED_AT_ONCE);
      if (behind.length === 0) return;
      await this.#deps.project(behind);
      for (const order of behind) {
        const known = this.#known.get(order.id)!;
        this.#known.set(order.id, { ...known, projected: order.version });
        this.#rows.projected(order, isActive(known.order, order.version));
      }
    }
  }

  #present(): PurchaseOrder[] {
    return [...this.#known.values()].map(({ order }) => order);
  }

  #nextSlot(slot: PurchaseSlot, world: PurchaseWorld): PurchaseSlot {
    const isTaken = (other: Pick<PurchaseSlot, "poId" | "orderBy">): boolean => {
      const known = this.read(other);
      return known !== null && !isOpen(known);
    };
    return slotAfter(this.#deps.objectId, world, slot, this.#deps.now(), isTaken);
  }

  #nextDue(): number | null {
    const now = this.#deps.now();
    const times = [...this.#known.values()].flatMap(({ order, projected }) => {
      const at = nextDue(order, projected, this.#retryAt, now);
      return at === null ? [] : [at];
    });
    return times.length === 0 ? null : Math.min(...times);
  }
}
