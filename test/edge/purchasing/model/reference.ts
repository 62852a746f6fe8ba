/**
 * What purchase orders must be, told once: units that people set, units with the supplier, and what came of them. The
 * model knows no items and no messages; a line is outstanding by one subtraction, whoever is asked.
 */

export interface ModelReceipt {
  readonly reference: string;
  readonly product: string;
  readonly quantity: number;
  readonly at: number;
  /** Units that it closed, by order: an item's receipt is for whatever is on order. */
  readonly closed: Map<ModelOrder, number>;
}

export interface ModelLine {
  /** Units that a person set, while the order is open. */
  firm: number;
  /** Units as placed and as the supplier said since; null while it is open. */
  placed: number | null;
  /** By the reference of the delivery note. */
  readonly notes: Map<string, number>;
}

export interface ModelOrder {
  readonly poId: string;
  readonly supplier: string;
  stage: "open" | "sent" | "over";
  sentAt: number;
  isConfirmed: boolean;
  number: string | null;
  readonly lines: Map<string, ModelLine>;
  /** What each delivery note said, which a repetition must match. */
  readonly noted: Map<string, string>;
}

export class Reference {
  readonly orders = new Map<string, ModelOrder>();
  /** Booked at items. */
  receipts: ModelReceipt[] = [];

  order(poId: string, supplier: string): ModelOrder {
    const known = this.orders.get(poId);
    if (known !== undefined) return known;
    const about = { stage: "open", sentAt: 0, isConfirmed: false, number: null } as const;
    const order: ModelOrder = { poId, supplier, ...about, lines: new Map(), noted: new Map() };
    this.orders.set(poId, order);
    return order;
  }

  line(order: ModelOrder, product: string): ModelLine {
    const known = order.lines.get(product);
    if (known !== undefined) return known;
    const line: ModelLine = { firm: 0, placed: null, notes: new Map() };
    order.lines.set(product, line);
    return line;
  }

  received(order: ModelOrder, product: string): number {
    const notes = [...(order.lines.get(product)?.notes.values() ?? [])];
    const own = this.receipts.filter((receipt) => receipt.product === product);
    return sum(notes) + sum(own.map(({ closed }) => closed.get(order) ?? 0));
  }

  outstanding(order: ModelOrder, product: string): number {
    const placed = order.lines.get(product)?.placed ?? 0;
    return order.stage === "sent" ? Math.max(0, placed - this.received(order, product)) : 0;
  }

  status(order: ModelOrder): string {
    if (order.stage === "over") return "cancelled";
    const live = [...order.lines].filter(([, { placed }]) => (placed ?? 0) > 0).map(([product]) => product);
    if (!live.some((product) => this.received(order, product) > 0)) return order.isConfirmed ? "confirmed" : "sent";
    return live.every((product) => this.outstanding(order, product) === 0) ? "received" : "part_received";
  }

  send(order: ModelOrder, number: string, at: number, units: ReadonlyMap<string, number>): void {
    Object.assign(order, { stage: "sent", number, sentAt: at });
    for (const [product, quantity] of units) Object.assign(this.line(order, product), { placed: quantity, firm: 0 });
  }

  confirm(order: ModelOrder, quantities: ReadonlyMap<string, number | null>): void {
    order.isConfirmed = true;
    for (const [product, quantity] of quantities) {
      const line = order.lines.get(product)!;
      // A line that the supplier does not deliver stays so.
      if ((line.placed ?? 0) > 0 && quantity !== null) line.placed = quantity;
    }
  }

  receive(order: ModelOrder, reference: string, units: ReadonlyMap<string, number>): void {
    for (const [product, quantity] of units) order.lines.get(product)!.notes.set(reference, quantity);
  }

  /** Oldest order first; what is beyond all orders is only stock. */
  receiveAtItem(product: string, reference: string, quantity: number, at: number): ModelReceipt {
    const closed = new Map<ModelOrder, number>();
    let left = quantity;
    for (const order of this.#sent()) {
      const taken = Math.min(left, this.outstanding(order, product));
      if (taken > 0) closed.set(order, taken);
      left -= taken;
    }
    const receipt = { reference, product, quantity, at, closed };
    this.receipts.push(receipt);
    return receipt;
  }

  takeBackNote(order: ModelOrder, product: string, reference: string): void {
    const had = this.outstanding(order, product);
    order.lines.get(product)!.notes.delete(reference);
    if (this.outstanding(order, product) > had) this.#fill([order], product);
  }

  takeBackAtItem(receipt: ModelReceipt): void {
    this.receipts = this.receipts.filter((each) => each !== receipt);
    this.#fill([...receipt.closed.keys()], receipt.product);
  }

  /** Units that other receipts of the item brought beyond all orders are for what is open again. */
  #fill(reopened: readonly ModelOrder[], product: string): void {
    const others = this.receipts.filter((receipt) => receipt.product === product);
    for (const receipt of others.toSorted((a, b) => a.at - b.at)) {
      let surplus = receipt.quantity - sum([...receipt.closed.values()]);
      for (const order of reopened.toSorted((a, b) => a.sentAt - b.sentAt)) {
        if (receipt.at < order.sentAt && !receipt.closed.has(order)) continue;
        const taken = Math.min(surplus, this.outstanding(order, product));
        if (taken > 0) receipt.closed.set(order, (receipt.closed.get(order) ?? 0) + taken);
        surplus -= taken;
      }
    }
  }

  #sent(): ModelOrder[] {
    return [...this.orders.values()].filter(({ stage }) => stage === "sent").toSorted((a, b) => a.sentAt - b.sentAt);
  }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
