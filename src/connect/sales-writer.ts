/**
 * Writes the days on which the ledger changed into the books of their items. Each sum is written whole, so a repeat
 * changes nothing.
 */
import { changeSales } from "../storage/change-sales.ts";
import { objectName } from "../storage/identity.ts";
import { storageOf } from "../storage/storage.ts";
import { storeObject } from "../store/store-worlds.ts";
import { storeDay } from "../world/opening.ts";
import { periodEnd, periodStart } from "../world/sales/periods.ts";
import { withoutDust } from "../shared/without-dust.ts";
import { mergeSales, type SalesBook } from "../world/sales/sales.ts";
import type { StoreFacts } from "../world/types.ts";
import type { ConnectBindings } from "./bindings.ts";
import type { Ledger, UnwrittenDay } from "./ledger.ts";
import { nearStore } from "./near-store.ts";

/** Sales under this name are the connection's own; other sources of the same item are left alone. */
const SOURCE = "shopify";
const DAYS_AT_ONCE = 500;

export interface SalesWriterDeps {
  readonly env: ConnectBindings;
  readonly ledger: Ledger;
  readonly storage: DurableObjectStorage;
  readonly storeId: string;
  readonly store: StoreFacts | null;
}

export class SalesWriter {
  readonly #deps: SalesWriterDeps;

  constructor(deps: SalesWriterDeps) {
    this.#deps = deps;
  }

  async write(now: number): Promise<void> {
    const { ledger, storage } = this.#deps;
    for (let days = ledger.unwritten(DAYS_AT_ONCE); days.length > 0; days = ledger.unwritten(DAYS_AT_ONCE)) {
      await this.#writeSome(days, storeDay(now, this.#deps.store));
      const written = days;
      storage.transactionSync(() => ledger.written(written));
    }
  }

  async #writeSome(days: readonly UnwrittenDay[], today: number): Promise<void> {
    const { env, storeId } = this.#deps;
    const byProduct = Map.groupBy(days, ({ productId }) => productId);
    const changed = await changeSales(storageOf(env).sales, {
      days: {
        first: days.reduce((least, { day }) => Math.min(least, day), Infinity),
        last: days.reduce((most, { day }) => Math.max(most, day), -Infinity),
      },
      changes: [...byProduct].map(([productId, of]) => {
        const item = { storeId, productId };
        return {
          item,
          objectId: env.ITEM.idFromName(objectName(item)).toString(),
          change: (book: SalesBook | null) => this.#withSums(book, of, today),
        };
      }),
    });
    const near = nearStore(this.#deps.store);
    for (const { item, inputsVersion, terms } of changed)
      await env.ITEM.getByName(objectName(item), near).inputsChanged({ schema: 1, item, inputsVersion, terms });
    await storeObject(env, storeId).salesChanged();
  }

  #withSums(book: SalesBook | null, days: readonly UnwrittenDay[], today: number): SalesBook {
    const period = book?.period ?? "day";
    const starts = new Set(days.map(({ day }) => periodStart(period, day)));
    const last = Math.max(...starts);
    const merged = mergeSales(book, {
      period,
      source: SOURCE,
      rows: [...starts].map((start) => ({
        day: start,
        units: withoutDust(this.#deps.ledger.units(days[0]!.productId, start, periodEnd(period, start))),
        inStock: null,
      })),
      // A day that is not over is no history.
      completeThrough: Math.min(periodEnd(period, last), today - 1),
      replace: false,
    });
    if (merged.kind === "period_differs") throw new Error("a book took another period than its own");
    return merged.book;
  }
}
