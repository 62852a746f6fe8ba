/** Puts the workload's sales into the database, as uploads would have. */
import { headOf, packYears } from "../../src/world/sales/sales-storage.ts";
import { STORE, bookOf, itemName } from "../workload/workload.ts";

/** Items a statement: their books keep its JSON far below the 2 MB that D1 takes for one value. */
const ITEMS_PER_STATEMENT = 200;
/** The registry wants an id; only sweeps that rebuild projections ask by it. */
const NO_OBJECT = "0".repeat(64);

/** The part of a D1 database that is used; Miniflare's types and the platform's differ in the rest. */
interface Database {
  prepare(query: string): { bind(...values: unknown[]): { run(): Promise<unknown> } };
}

export async function loadDemand(db: Database, from: number, to: number, now: number): Promise<void> {
  const write = async (query: string, rows: readonly unknown[]): Promise<void> =>
    void (await db.prepare(query).bind(STORE, JSON.stringify(rows)).run());
  for (let first = from; first < to; first += ITEMS_PER_STATEMENT) {
    const count = Math.min(ITEMS_PER_STATEMENT, to - first);
    const books = Array.from({ length: count }, (_, n) => ({
      name: itemName(first + n),
      book: bookOf(first + n, now),
    }));
    await write(
      `INSERT OR REPLACE INTO items (store_id, product_id, object_id, inputs_version, sales)
       SELECT ?1, value ->> 0, '${NO_OBJECT}', 1, value -> 1 FROM json_each(?2) WHERE true`,
      books.map(({ name, book }) => [name, headOf(book)]),
    );
    await write(
      `INSERT OR REPLACE INTO sales (store_id, product_id, year, packed)
       SELECT ?1, value ->> 0, value ->> 1, value -> 2 FROM json_each(?2) WHERE true`,
      books.flatMap(({ name, book }) => packYears(book).map((packed) => [name, packed.year, packed])),
    );
  }
}

/** Statements that give each item a twin with the same sales, named with `prefix` and a `~` before its own name. */
export function twinsOfItems(prefix: string): readonly string[] {
  const twin = `store_id, '${prefix}~' || product_id`;
  return [
    ["items", "object_id, inputs_version, sales"],
    ["sales", "year, packed"],
  ].map(
    ([table, columns]) =>
      `INSERT OR REPLACE INTO ${table} (store_id, product_id, ${columns})
       SELECT ${twin}, ${columns} FROM ${table} WHERE instr(product_id, '~') = 0`,
  );
}
