/** Plays steps against a store over HTTP, and tells the reference model what was accepted. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { objectName, purchaseOrdersName } from "../../../../src/storage/identity.ts";
import { ask, closeObjects, DAY_MS, HOUR_MS, passTime, type Answer } from "../../support/world.ts";
import { Reference, sum, type ModelOrder } from "./reference.ts";
import { PRODUCTS, type Policy, type Product, type Sent, type Step, type Who } from "./steps.ts";

export const UNIT_COST = 2;
const ROUNDS = 3;

export interface Keys {
  readonly ana: Record<string, string>;
  readonly ben: Record<string, string>;
}

export class Play {
  readonly model = new Reference();
  readonly store: string;
  readonly dairy: string;
  readonly farm: string;
  readonly policy: Policy;
  readonly #keys: Keys;
  readonly #supplierOf = new Map<Product, string>();
  /** What was asked and answered, for the report of a failure. */
  readonly log: string[] = [];
  readonly #used = new Set<string>();
  #cutOff = "11:00";
  #requests = 0;
  /** The answer to a request that was sent again under another key. */
  #anew: Answer | null = null;
  /** Lines of delivery notes that were taken back, and may be booked again. */
  readonly #taken = new Set<string>();

  constructor(run: number, policy: Policy, keys: Keys) {
    this.store = `store-${run}`;
    this.dairy = `dairy-${run}`;
    this.farm = `farm-${run}`;
    this.policy = policy;
    this.#keys = keys;
  }

  async open(): Promise<void> {
    await this.ok("PUT", `/stores/${this.store}`, { currency: "EUR" });
    for (const supplier of [this.dairy, this.farm]) await this.#supplier(supplier);
    for (const product of PRODUCTS) {
      await this.#buyFrom(product, this.dairy);
      const rows = Array.from({ length: 84 }, (_, day) => {
        const date = new Date(Date.now() - (84 - day) * DAY_MS).toISOString().slice(0, 10);
        return `${date},${8 + (day % 2)}`;
      });
      await this.ok("PUT", this.path(product, "", "history"), `date,units\n${rows.join("\n")}\n`);
    }
  }

  path(product: string, rest = "", of = "products"): string {
    return `/${of}/${product}${rest}?store_id=${this.store}`;
  }

  isSuppliers(address: string): boolean {
    return [this.dairy, this.farm].some((supplier) => address === addressOf(supplier));
  }

  /** Of the orders that were sent. */
  numbers(): string[] {
    return [...this.model.orders.values()].flatMap(({ number }) => (number === null ? [] : [number]));
  }

  /** False where nothing had time to arrive, so that the next step meets it on its way. */
  async play(step: Step): Promise<boolean> {
    passTime(1_000);
    if (step.do === "wait") {
      passTime(step.hours * HOUR_MS);
      if (step.isQuiet) return false;
    } else if (step.do === "close") await closeObjects();
    else if (step.do === "at_once") {
      const both = await Promise.all([step.first, step.second].map((each) => this.#request(each, false)));
      for (const heard of both) heard();
    } else (await this.#request(step, true))();
    await this.#settle();
    return true;
  }

  /** Everything that is on its way arrives. */
  async #settle(): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      for (const product of PRODUCTS)
        await env.ITEM.getByName(objectName({ storeId: this.store, productId: product })).idle();
      for (const supplier of this.#used)
        await runDurableObjectAlarm(env.PURCHASE_ORDERS.getByName(purchaseOrdersName(this.store, supplier)));
    }
  }

  async listed(query = ""): Promise<any[]> {
    return (await ask("GET", `/purchase-orders?store_id=${this.store}&limit=100${query}`)).body.purchase_orders;
  }

  async ok(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await ask(method, path, body);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer;
  }

  /** Sends a request as the step says; the answer of the first, or of the one that counted. */
  async #send(sent: Sent, path: string, body: object, who?: Who): Promise<Answer> {
    const key = `k-${this.store}-${++this.#requests}`;
    const once = (name: string) =>
      ask("POST", path, body, { "Idempotency-Key": name, ...(who === undefined ? {} : this.#keys[who]) });
    if (sent === "together") {
      const both = await Promise.all([once(key), once(key)]);
      const [first, second] = both.toSorted((a, b) => a.status - b.status);
      if (second!.status === first!.status) expect(idOf(second!.body)).toEqual(idOf(first!.body));
      else expect([second!.status, second!.body.code]).toEqual([409, "idempotency_in_progress"]);
      return first!;
    }
    const first = await once(key);
    if (sent === "again") {
      const again = await once(key);
      expect(again.status).toBe(first.status);
      if (first.status < 300) expect(again.headers.get("Idempotency-Replayed")).toBe("true");
      if (first.status < 300) expect(idOf(again.body)).toEqual(idOf(first.body));
    }
    if (sent === "anew") this.#anew = await once(`${key}-anew`);
    return first;
  }

  /** Requests, and returns what the model makes of the answers. */
  async #request(step: Step, isAlone: boolean): Promise<() => void> {
    const nothing = (): void => undefined;
    const { model } = this;
    switch (step.do) {
      case "count": {
        const { product, stock } = step;
        const onOrder = this.#onOrder(product, await this.openOrders(product));
        const body = { product_id: product, store_id: this.store, current_stock: stock };
        const sent = step.sent === "anew" ? "once" : step.sent;
        const answer = await this.#send(sent, "/inventory-trigger", body);
        expect([200, 202], JSON.stringify(answer.body)).toContain(answer.status);
        this.note(`count ${product} ${stock}: ${answer.status} ${answer.body.status} ${units(answer.body)}`);
        const { evidence } = answer.body.decision ?? {};
        if (isAlone && onOrder !== null && stock >= 0 && sent === "once" && evidence !== undefined)
          expect([product, evidence.inventory_position]).toEqual([product, stock + onOrder]);
        return nothing;
      }
      case "answer": {
        const [question] = (await ask("GET", `/reviews?store_id=${this.store}&limit=1`)).body.reviews;
        if (question === undefined) return nothing;
        const { workflow_id, revision, product_id } = question;
        const quantity = step.what === "modify" ? { quantity: step.quantity } : {};
        const verdict = { decision: step.what, revision, ...quantity };
        const { status, body } = await ask("POST", `/approve/${workflow_id}`, verdict, this.#keys.ana);
        this.note(`answer ${product_id} ${step.what}: ${status} ${body.code ?? units(body)} ${body.po_id ?? ""}`);
        return () => this.#answered(product_id, status, body);
      }
      case "edit": {
        const order = await this.#orderToAct();
        if (order === null) return nothing;
        const { product, quantity, who, sent } = step;
        const revision = order.revision + (step.isOld ? -1 : 0);
        if (revision < 1) return nothing;
        const lines = [{ product_id: product, quantity }];
        const { status, body } = await this.#send(
          sent,
          `/purchase-orders/${order.po_id}/lines`,
          { revision, lines },
          who,
        );
        this.note(`edit ${tag(order)} ${product} ${quantity} by ${who}: ${status} ${body.code ?? ""}`);
        return () => {
          if (status === 200) model.line(this.known(order), product).firm = quantity;
          else expect([409, 422, 403]).toContain(status);
        };
      }
      case "approve":
      case "send":
      case "cancel": {
        const order = await this.#orderToAct(step.do === "cancel");
        if (order === null) return nothing;
        const revision = order.revision + (step.isOld ? -1 : 0);
        if (revision < 1) return nothing;
        const path = `/purchase-orders/${order.po_id}/${step.do}`;
        const { status, body } = await this.#send(step.sent, path, { revision }, step.who);
        this.note(`${step.do} ${tag(order)} by ${step.who}: ${status} ${body.code ?? body.status}`);
        return () => this.#acted(step.do, order, status, body);
      }
      case "confirm": {
        const order = await this.#placed(step.at);
        if (order === null) return nothing;
        const lines = order.lines.flatMap((line: any, at: number) => {
          const of = step.lines[at] ?? null;
          return of === null ? [] : [{ product_id: line.product_id, quantity: Math.round(line.quantity * of) }];
        });
        const day = step.day === null ? {} : { expected_at: dayAt(Date.now() + step.day * DAY_MS) };
        const said = { reference: "C-1", lines, ...day };
        const { status, body } = await this.#send(step.sent, `/purchase-orders/${order.po_id}/confirm`, said);
        this.note(`confirm ${tag(order)} ${unitsOf(lines)}: ${status} ${body.code ?? body.status}`);
        return () => {
          if (status !== 200) return void expect(body.code).toBe("not_sent");
          model.confirm(this.known(order), new Map(lines.map((line: any) => [line.product_id, line.quantity])));
        };
      }
      case "receive": {
        const order = await this.#placed(step.at);
        if (order === null) return nothing;
        const lines = order.lines.flatMap((line: any, at: number) => {
          const quantity = Math.round(line.quantity * (step.lines[at] ?? 0));
          return quantity > 0 ? [{ product_id: line.product_id, quantity }] : [];
        });
        if (lines.length === 0) return nothing;
        const { reference } = step;
        const received_at = new Date(Date.now() - step.daysAgo * DAY_MS).toISOString();
        const note = { reference, received_at, lines };
        const { status, body } = await this.#send(step.sent, `/purchase-orders/${order.po_id}/receive`, note);
        this.note(`receive ${tag(order)} ${reference} ${unitsOf(lines)}: ${status} ${body.code ?? body.status}`);
        return () => this.#noted(order, reference, lines, status, body);
      }
      case "receive_at_item": {
        const { product, reference, quantity, sent } = step;
        this.#anew = null;
        const { status, body } = await this.#send(sent, this.path(product, "/receipts"), { quantity, reference });
        const anew = this.#anew as Answer | null;
        this.note(
          `receive at ${product} ${reference} ${quantity}: ${status} ${body.code ?? body.applied_to_open_orders}`,
        );
        return () => {
          this.#receivedAtItem(product, reference, quantity, status, body);
          if (anew !== null) this.#receivedAtItem(product, reference, quantity, anew.status, anew.body);
        };
      }
      case "take_back":
        return this.#takeBack(step.at);
      case "promise":
      case "call_off": {
        const own = (await this.openOrders(step.product)).filter(({ order_status }) => order_status === "sent");
        const chosen = own[step.at % Math.max(1, own.length)];
        if (chosen?.workflow_id == null) return nothing;
        // A decision's units may be on two orders, one of which cannot be named.
        if (own.filter(({ workflow_id }) => workflow_id === chosen.workflow_id).length > 1) return nothing;
        const path = this.path(step.product, `/orders/${chosen.workflow_id}`);
        const quantity = step.do === "promise" ? Math.round(chosen.quantity * step.share) : 0;
        const isPatch = step.do === "promise";
        const { status } = isPatch ? await ask("PATCH", path, { quantity }) : await ask("DELETE", path);
        this.note(`${step.do} ${step.product} ${chosen.quantity} -> ${quantity}: ${status}`);
        return () => {
          expect(status).toBeLessThan(300);
          const line = model.line(model.orders.get(chosen.po_id)!, step.product);
          line.placed = (line.placed ?? 0) + quantity - chosen.quantity;
        };
      }
      case "calendar": {
        this.#cutOff = step.cutOff;
        await this.#supplier(this.dairy);
        this.note(`cut-off ${step.cutOff}`);
        return nothing;
      }
      case "buy_elsewhere":
        await this.#buyFrom(step.product, step.isBack ? this.dairy : this.farm);
        this.note(`${step.product} from ${this.#supplierOf.get(step.product)}`);
        return nothing;
      default:
        return nothing;
    }
  }

  /** What the next plan counts on: units with suppliers, and firm ones; null = some are late, and may not count. */
  #onOrder(product: string, open: readonly any[]): number | null {
    if (open.some(({ expected_at }) => Date.parse(expected_at) < Date.now())) return null;
    const firm = [...this.model.orders.values()].map(({ lines }) => lines.get(product)?.firm ?? 0);
    const sent = open.filter(({ order_status }) => order_status === "sent").map(({ quantity }) => quantity);
    return sum([...firm, ...sent]);
  }

  note(line: string): void {
    this.log.push(`${new Date().toISOString().slice(5, 19)} ${line}`);
  }

  async openOrders(product: string): Promise<any[]> {
    return (await ask("GET", this.path(product))).body.open_orders ?? [];
  }

  known({ po_id, supplier_id }: any): ModelOrder {
    return this.model.order(po_id, supplier_id);
  }

  #answered(product: string, status: number, body: any): void {
    if (status !== 200 || body.decision.recommended_action !== "restock" || body.po_id == null) return;
    const supplier = this.#supplierOf.get(product as Product)!;
    const order = this.model.order(body.po_id, supplier);
    this.model.line(order, product).firm += body.decision.recommended_quantity;
  }

  #acted(what: "approve" | "send" | "cancel", order: any, status: number, body: any): void {
    if (status !== 200) return void expect([409, 403]).toContain(status);
    const known = this.known(order);
    if (what === "cancel") {
      known.stage = "over";
      for (const line of known.lines.values()) line.firm = 0;
      return;
    }
    if (what === "approve") {
      if (body.status !== "approved") return;
      for (const { product_id, quantity } of order.lines) this.model.line(known, product_id).firm = quantity;
      return;
    }
    expect(body.status).not.toBe("closing");
    if (known.stage === "open") {
      const shown = new Map<string, number>(order.lines.map((line: any) => [line.product_id, line.quantity]));
      this.model.send(known, body.number, Date.parse(body.sent_at), shown);
    }
  }

  #noted(order: any, reference: string, lines: any[], status: number, body: any): void {
    const known = this.known(order);
    const units = new Map<string, number>(lines.map((line) => [line.product_id, line.quantity]));
    const before = known.noted.get(reference);
    if (known.stage === "over") {
      // A repetition is answered as ever.
      if (before === undefined) expect(body.code).toBe("not_sent");
      return;
    }
    // What was taken back of a note may be booked anew, the rest must be as it was.
    const isFree = (product: string): boolean => known.lines.get(product)?.notes.has(reference) !== true;
    const held = (said: [string, number][]) => JSON.stringify(said.filter(([product]) => !isFree(product)).toSorted());
    const wasOf = before === undefined ? [] : (JSON.parse(before) as [string, number][]);
    const isNewLine =
      before !== undefined && [...units.keys()].some((name) => isFree(name) && !this.#wasTaken(known, name, reference));
    if (before !== undefined && (held([...units]) !== held(wasOf) || isNewLine))
      return void expect([status, body.code]).toEqual([409, "reference_mismatch"]);
    expect(status, JSON.stringify(body)).toBe(200);
    const fresh = new Map([...units].filter(([product]) => before === undefined || isFree(product)));
    this.model.receive(known, reference, fresh);
    known.noted.set(reference, JSON.stringify([...units].toSorted()));
    for (const product of fresh.keys()) this.#taken.delete(`${known.poId} ${product} ${reference}`);
  }
  #wasTaken(order: ModelOrder, product: string, reference: string): boolean {
    return this.#taken.has(`${order.poId} ${product} ${reference}`);
  }

  #receivedAtItem(product: string, reference: string | null, quantity: number, status: number, body: any): void {
    const known = this.model.receipts.find((each) => each.product === product && each.reference === reference);
    if (status === 404) return;
    if (reference !== null && known !== undefined) {
      if (known.quantity !== quantity) return void expect(body.code).toBe("reference_mismatch");
      return void expect([status, body.replayed]).toEqual([200, true]);
    }
    expect(status).toBe(200);
    const name = reference ?? `none-${this.model.receipts.length}-${Date.now()}`;
    const { closed } = this.model.receiveAtItem(product, name, quantity, Date.now());
    expect(body.applied_to_open_orders).toBe(sum([...closed.values()]));
  }

  async #takeBack(at: number): Promise<() => void> {
    const { model } = this;
    const notes = [...model.orders.values()].flatMap((order) =>
      [...order.lines].flatMap(([product, line]) => [...line.notes.keys()].map((name) => ({ order, product, name }))),
    );
    const receipts = model.receipts.filter(({ reference }) => !reference.startsWith("none-"));
    const all = [...notes, ...receipts];
    const chosen = all[at % Math.max(1, all.length)];
    if (chosen === undefined) return () => undefined;
    const name = "name" in chosen ? `${chosen.order.poId}/${chosen.name}` : chosen.reference;
    const path = this.path(chosen.product, `/receipts/${encodeURIComponent(name)}`);
    const { status } = await ask("DELETE", path);
    const of = "name" in chosen ? `${tag({ po_id: chosen.order.poId })} ${chosen.name}` : name;
    this.note(`take back ${of} of ${chosen.product}: ${status}`);
    return () => {
      expect(status).toBe(204);
      if ("name" in chosen) {
        model.takeBackNote(chosen.order, chosen.product, chosen.name);
        this.#taken.add(`${chosen.order.poId} ${chosen.product} ${chosen.name}`);
      } else model.takeBackAtItem(chosen);
    };
  }

  async #orderToAct(alsoPlaced = false): Promise<any> {
    const open = await this.listed(
      `&status=draft,awaiting_approval,approved${alsoPlaced ? ",sent,confirmed,part_received" : ""}`,
    );
    const [order] = open;
    return order === undefined ? null : (await ask("GET", `/purchase-orders/${order.po_id}`)).body;
  }

  async #placed(at: number): Promise<any> {
    const sent = [...this.model.orders.values()].filter(({ number }) => number !== null);
    const order = sent[at % Math.max(1, sent.length)];
    return order === undefined ? null : (await ask("GET", `/purchase-orders/${order.poId}`)).body;
  }

  async #supplier(supplier: string): Promise<void> {
    const { send, minimum } = this.policy;
    const cut_off = supplier === this.dairy ? this.#cutOff : "11:00";
    const emails = [addressOf(supplier)];
    const about = { name: supplier, lead_time_days: 2, cut_off, send, emails, minimum_order_value: minimum };
    await this.ok("PUT", `/suppliers/${supplier}`, about);
  }

  async #buyFrom(product: Product, supplier_id: string): Promise<void> {
    this.#supplierOf.set(product, supplier_id);
    this.#used.add(supplier_id);
    const terms = { supplier_id, unit_cost: UNIT_COST, lead_time_days: 2, safety_stock_level: 4, name: product };
    await this.ok("PUT", this.path(product), terms);
  }
}

function addressOf(supplier: string): string {
  return `orders@${supplier}.example`;
}

function idOf(body: any): unknown {
  return body.workflow_id ?? body.po_id ?? body.received;
}

export function tag({ po_id }: { readonly po_id: string }): string {
  return po_id.slice(-6);
}

function units(body: any): string {
  return `${body.decision?.recommended_action} ${body.decision?.recommended_quantity}`;
}

function unitsOf(lines: readonly any[]): string {
  return lines.map(({ product_id, quantity }) => `${product_id} ${quantity}`).join(", ");
}

function dayAt(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
