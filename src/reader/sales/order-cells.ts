/** Facts that only the first row of an order holds: cancellation, status and store. */
import type { ListLayout } from "../columns/layout.ts";
import { isAllStores } from "../text/total-rows.ts";
import { plainText } from "../text/words.ts";
import { namedBy } from "./item-names.ts";

export interface OrderState {
  readonly id: string;
  readonly store: string | null;
  /** The cell's text, unchanged. */
  readonly storeText: string;
  /** By a cell that holds for every row of the order. */
  readonly wholeCancelled: boolean;
  readonly cancelled: boolean;
  readonly status: string;
  readonly refunded: boolean;
  /** The row adds up the stores. */
  readonly allStores: boolean;
}

/** A flag that is not set. */
const NOT_SO = /^(?:0|f|false|n|no|nein|non|nee|nie|нет|-|いいえ)$/iu;

export class OrderCells {
  readonly #layout: ListLayout;
  readonly #statuses = new Map<string, string>();
  readonly #stores = new Map<string, { readonly name: string | null; readonly all: boolean }>();
  #last: OrderState | null = null;

  constructor(layout: ListLayout) {
    this.#layout = layout;
  }

  of(cells: readonly string[]): OrderState {
    const { order, store, status, cancelledAt, cancelFlag, refunded } = this.#layout;
    const id = order === null ? "" : (cells[order] ?? "");
    const before = id !== "" && this.#last?.id === id ? this.#last : null;
    const storeText = store === null ? "" : (cells[store] ?? "") || (before?.storeText ?? "");
    const statusText = status === null ? "" : (cells[status] ?? "");
    const plain = statusText === "" ? (before?.status ?? "") : this.#plain(statusText);
    const whole = before?.wholeCancelled === true || (cancelledAt !== null && (cells[cancelledAt] ?? "") !== "");
    const flag = cancelFlag === null ? "" : (cells[cancelFlag] ?? "");
    const state: OrderState = {
      id,
      storeText,
      store: storeText === "" ? null : this.#store(storeText).name,
      allStores: storeText !== "" && this.#store(storeText).all,
      status: plain,
      wholeCancelled: whole,
      cancelled: whole || (flag !== "" && !NOT_SO.test(flag)),
      refunded: refunded !== null && refunded.test(plain),
    };
    this.#last = state;
    return state;
  }

  #plain(status: string): string {
    let plain = this.#statuses.get(status);
    if (plain === undefined) this.#statuses.set(status, (plain = plainText(status)));
    return plain;
  }

  #store(text: string): { readonly name: string | null; readonly all: boolean } {
    let store = this.#stores.get(text);
    if (store === undefined) {
      const named = namedBy(text);
      store = { name: named.kind === "name" ? named.name : null, all: isAllStores(text) };
      this.#stores.set(text, store);
    }
    return store;
  }
}
