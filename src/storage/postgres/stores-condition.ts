/** A condition of a query in PostgreSQL: rows of these stores; null = of every store. */
import type { Sql } from "postgres";

export function andOfStores(sql: Sql, stores: readonly string[] | null) {
  return stores === null
    ? sql``
    : sql`AND store_id IN (SELECT json_array_elements_text(${JSON.stringify([...stores])}::text::json))`;
}
