/** Puts the workload's demand into the database, as uploads would have. */
import { HISTORY_DAYS, STORE, historyOf, itemName } from "../workload.ts";

/** Items a statement: some 90 days each keep its JSON far below the 2 MB that D1 takes for one value. */
const ITEMS_PER_STATEMENT = 100;

/** The part of a D1 database that is used; Miniflare's types and the platform's differ in the rest. */
interface Database {
  prepare(query: string): { bind(...values: unknown[]): { run(): Promise<unknown> } };
}

export async function loadDemand(db: Database, from: number, to: number, now: number): Promise<void> {
  for (let first = from; first < to; first += ITEMS_PER_STATEMENT) {
    const rows: (string | number)[][] = [];
    for (let item = first; item < Math.min(to, first + ITEMS_PER_STATEMENT); item++) {
      const history = historyOf(item, now);
      for (let day = 0; day < HISTORY_DAYS; day++)
        rows.push([itemName(item), history.firstDay + day, history.units[day]!]);
    }
    await db
      .prepare(
        `INSERT OR REPLACE INTO demand (store_id, product_id, day, units)
         SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2) WHERE true`,
      )
      .bind(STORE, JSON.stringify(rows))
      .run();
  }
}
