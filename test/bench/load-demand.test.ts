import { readFileSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { expect, it } from "vitest";
import { loadDemand, twinsOfItems } from "../../bench/stockwarden/load-demand.ts";

it("items of the benchmark, and twins of theirs, have their sales in the tables of this release", async () => {
  const database = new DatabaseSync(":memory:");
  database.exec(readFileSync("migrations/0001_init.sql", "utf8"));
  const d1 = {
    prepare: (query: string) => ({
      bind: (...values: unknown[]) => ({
        run: async () => database.prepare(query).run(...(values as SQLInputValue[])),
      }),
    }),
  };
  await loadDemand(d1, 0, 3, Date.parse("2026-11-30T12:00:00Z"));
  for (const query of ["quick", "slow"].flatMap(twinsOfItems)) database.exec(query);

  const named = (table: string, prefix: string, columns: string) =>
    database
      .prepare(
        `SELECT substr(product_id, length(?1) + 1) AS name, ${columns} FROM ${table}
         WHERE product_id LIKE ?1 || '%' AND instr(substr(product_id, length(?1) + 1), '~') = 0 ORDER BY 1, 2`,
      )
      .all(prefix);
  for (const [table, columns] of [
    ["items", "sales, inputs_version"],
    ["sales", "year, packed"],
  ] as const) {
    const own = named(table, "", columns);
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(named(table, "quick~", columns)).toEqual(own);
    expect(named(table, "slow~", columns)).toEqual(own);
  }
});
