/** Facts that only the first row of an order holds: cancellation, status and store. */
import type { ListLayout } from "../columns/layout.ts";
import { perText } from "../../shared/per-text.ts";
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
  readonly #plain = perText(plainText);
  readonly #store = perText(storeNamed);
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
}

function storeNamed(text: string): { readonly name: string | null; readonly all: boolean } {
  const named = namedBy(text);
  return { name: named.kind === "name" ? named.name : null, all: isAllStores(text) };
}
