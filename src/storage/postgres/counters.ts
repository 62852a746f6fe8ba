/** Counters in PostgreSQL: what a projection raises (rules in `../counters.ts`), and what GET /metrics reads. */
import type { TransactionSql } from "postgres";
import { OTHER_PRODUCT, PRODUCT_LABELS } from "../../metrics/metric-names.ts";
import type { CounterRow, CounterStore } from "../../metrics/counter-store.ts";
import { DECISION_COLUMNS, type CountedProjection } from "../counters.ts";
import type { Run } from "./client.ts";

/** The batch beside what is stored; of several versions of one workflow the newest. */
const FRESH = `
  WITH fresh AS (
    SELECT DISTINCT ON (f.value ->> 'id')
      f.value ->> 'product_id' AS product_id, f.value -> 'metrics' AS metrics, stored.metrics AS counted
    FROM json_array_elements($1::text::json) AS f(value)
      LEFT JOIN workflows AS stored ON stored.workflow_id = f.value ->> 'id'
    WHERE (f.value ->> 'version')::bigint > coalesce(stored.version, -1)
    ORDER BY f.value ->> 'id', (f.value ->> 'version')::bigint DESC
  ), decided AS (
    SELECT product_id,
      metrics #>> '{decided,action}' AS action,
      metrics #>> '{decided,result}' AS result,
      (metrics #>> '{decided,confidence}')::double precision AS confidence,
      (metrics #>> '{decided,latency_ms}')::double precision AS latency_ms,
      (metrics #>> '{decided,at}')::bigint AS decided_at
    FROM fresh WHERE metrics #>> '{decided}' IS NOT NULL AND counted #>> '{decided}' IS NULL
  )`;

const TAKE_LABELS = `${FRESH}
  INSERT INTO metric_products (slot, product_id)
  SELECT slot, product_id FROM (
    SELECT (SELECT coalesce(max(slot), 0) FROM metric_products) + row_number() OVER (ORDER BY product_id COLLATE "C")
      AS slot, product_id
    FROM (SELECT DISTINCT product_id FROM decided) AS named
    WHERE product_id <> '${OTHER_PRODUCT}'
      AND NOT EXISTS (SELECT 1 FROM metric_products AS known WHERE known.product_id = named.product_id)
  ) AS numbered WHERE slot <= ${PRODUCT_LABELS}`;

const RAISE_DECISIONS = `${FRESH}
  INSERT INTO decision_stats (slot, action, ${DECISION_COLUMNS.map(({ name }) => name).join(", ")}, latency_sum_ms,
    decided_at, confidence)
  SELECT coalesce(slot, 0), action,
    ${DECISION_COLUMNS.map(({ condition }) => `count(*) FILTER (WHERE ${condition})`).join(", ")},
    coalesce(sum(latency_ms), 0), max(decided_at), (array_agg(confidence ORDER BY decided_at DESC))[1]
  FROM decided LEFT JOIN metric_products USING (product_id)
  WHERE action IS NOT NULL
  GROUP BY coalesce(slot, 0), action
  ON CONFLICT (slot, action) DO UPDATE SET
    ${DECISION_COLUMNS.map(({ name }) => `${name} = decision_stats.${name} + excluded.${name}`).join(", ")},
    latency_sum_ms = decision_stats.latency_sum_ms + excluded.latency_sum_ms,
    confidence = CASE WHEN excluded.decided_at >= decision_stats.decided_at THEN excluded.confidence ELSE
      decision_stats.confidence END,
    decided_at = greatest(decision_stats.decided_at, excluded.decided_at)`;

/**
 * In the order of their keys, like the tallies below: two writers that meet wait for each other, and never in a ring.
 */
const RAISE_COUNTERS = `${FRESH}
  INSERT INTO counters (series, value)
  SELECT now.key, sum(now.value::double precision - coalesce(before.value::double precision, 0))
  FROM fresh CROSS JOIN LATERAL json_each_text(fresh.metrics -> 'counts') AS now
    LEFT JOIN LATERAL json_each_text(fresh.counted -> 'counts') AS before ON before.key = now.key
  WHERE now.value::double precision > coalesce(before.value::double precision, 0)
  GROUP BY now.key ORDER BY now.key COLLATE "C"
  ON CONFLICT (series) DO UPDATE SET value = counters.value + excluded.value`;

const ADD_TALLIES = `
  INSERT INTO counters (series, value)
  SELECT key, value::double precision FROM json_each_text($1::text::json) WHERE value::double precision > 0
  ORDER BY key COLLATE "C"
  ON CONFLICT (series) DO UPDATE SET value = counters.value + excluded.value`;

/** @param batch the same workflows that the upsert after this stores, in the same transaction. */
export async function raiseCounters(sql: TransactionSql, batch: readonly CountedProjection[]): Promise<void> {
  const json = JSON.stringify(batch);
  for (const statement of [TAKE_LABELS, RAISE_DECISIONS, RAISE_COUNTERS]) await sql.unsafe(statement, [json]);
}

export function postgresCounters(run: Run): CounterStore {
  return {
    async add(tallies) {
      await run((sql) => sql.unsafe(ADD_TALLIES, [JSON.stringify(tallies)]));
    },

    async read(now) {
      return run((client) =>
        client.begin("ISOLATION LEVEL REPEATABLE READ READ ONLY", async (sql) => {
          const decisions = await sql<
            CounterRow[]
          >`SELECT product_id, stats.* FROM decision_stats AS stats LEFT JOIN metric_products USING (slot)`;
          const small = await sql<CounterRow[]>`SELECT series, value FROM counters`;
          const [reviews = {}] = await sql<CounterRow[]>`
            SELECT count(*) AS pending, count(*) FILTER (WHERE expires_at <= ${now}) AS overdue,
              min(created_at) AS oldest
            FROM workflows WHERE review_status = 'pending'`;
          const [sums] = await sql<{ parked: number; bytes: number }[]>`
            SELECT coalesce(sum((metrics ->> 'parked')::bigint), 0)::bigint AS parked,
              pg_database_size(current_database()) AS bytes
            FROM workflows WHERE (metrics ->> 'parked')::bigint > 0`;
          return { decisions, small, reviews, parked: sums?.parked ?? 0, bytes: sums?.bytes ?? 0 };
        }),
      );
    },
  };
}
