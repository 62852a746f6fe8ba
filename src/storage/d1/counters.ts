/**
 * Counters in D1: the statements of a projection's batch (rules: `src/storage/counters.ts`), and what GET /metrics
 * reads.
 */
import { OTHER_PRODUCT, PRODUCT_LABELS } from "../../metrics/metric-names.ts";
import type { CounterRow, CounterStore } from "../../metrics/counter-store.ts";
import { DECISION_COLUMNS, type CountedProjection } from "../counters.ts";

/**
 * The batch beside what is stored; of several versions of one workflow the newest (SQLite takes bare columns from
 * max()).
 */
const FRESH = `
  WITH fresh AS (
    SELECT f.value ->> 'id' AS id,
      max(f.value ->> 'version') AS version,
      f.value ->> 'product_id' AS product_id,
      f.value -> 'metrics' AS metrics,
      stored.metrics AS counted
    FROM json_each(?1) AS f LEFT JOIN workflows AS stored ON stored.workflow_id = f.value ->> 'id'
    WHERE f.value ->> 'version' > coalesce(stored.version, -1)
    GROUP BY f.value ->> 'id'
  ), decided AS (
    SELECT product_id,
      metrics ->> '$.decided.action' AS action,
      metrics ->> '$.decided.result' AS result,
      metrics ->> '$.decided.confidence' AS confidence,
      metrics ->> '$.decided.latency_ms' AS latency_ms,
      metrics ->> '$.decided.at' AS decided_at
    FROM fresh WHERE metrics ->> '$.decided' IS NOT NULL AND counted ->> '$.decided' IS NULL
  )`;

const TAKE_LABELS = `${FRESH}
  INSERT INTO metric_products (slot, product_id)
  SELECT slot, product_id FROM (
    SELECT (SELECT coalesce(max(slot), 0) FROM metric_products) + row_number() OVER (ORDER BY product_id) AS slot,
      product_id
    FROM (SELECT DISTINCT product_id FROM decided) AS named
    WHERE product_id <> '${OTHER_PRODUCT}'
      AND NOT EXISTS (SELECT 1 FROM metric_products AS known WHERE known.product_id = named.product_id)
  ) WHERE slot <= ${PRODUCT_LABELS}`;

const RAISE_DECISIONS = `${FRESH}
  INSERT INTO decision_stats (slot, action, ${DECISION_COLUMNS.map(({ name }) => name).join(", ")}, latency_sum_ms,
    decided_at, confidence)
  SELECT coalesce(slot, 0), action,
    ${DECISION_COLUMNS.map(({ condition }) => `count(*) FILTER (WHERE ${condition})`).join(", ")},
    total(latency_ms), max(decided_at), confidence
  FROM decided LEFT JOIN metric_products USING (product_id)
  WHERE action IS NOT NULL
  GROUP BY coalesce(slot, 0), action
  ON CONFLICT (slot, action) DO UPDATE SET
    ${DECISION_COLUMNS.map(({ name }) => `${name} = ${name} + excluded.${name}`).join(", ")},
    latency_sum_ms = latency_sum_ms + excluded.latency_sum_ms,
    confidence = iif(excluded.decided_at >= decided_at, excluded.confidence, confidence),
    decided_at = max(decided_at, excluded.decided_at)`;

const RAISE_COUNTERS = `${FRESH}
  INSERT INTO counters (series, value)
  SELECT now.key, sum(now.value - coalesce(before.value, 0))
  FROM fresh JOIN json_each(fresh.metrics, '$.counts') AS now
    LEFT JOIN json_each(fresh.counted, '$.counts') AS before ON before.key = now.key
  WHERE now.value > coalesce(before.value, 0)
  GROUP BY now.key
  ON CONFLICT (series) DO UPDATE SET value = value + excluded.value`;

const ADD_TALLIES = `
  INSERT INTO counters (series, value)
  SELECT key, value FROM json_each(?1) WHERE value > 0
  ON CONFLICT (series) DO UPDATE SET value = value + excluded.value`;

/** @param batch the same workflows that the upsert after these stores. */
export function counterStatements(db: D1Database, batch: readonly CountedProjection[]): D1PreparedStatement[] {
  const json = JSON.stringify(batch);
  return [TAKE_LABELS, RAISE_DECISIONS, RAISE_COUNTERS].map((sql) => db.prepare(sql).bind(json));
}

export function d1Counters(db: D1Database): CounterStore {
  return {
    async add(tallies) {
      await db.prepare(ADD_TALLIES).bind(JSON.stringify(tallies)).run();
    },

    /** Four queries in one round trip. */
    async read(now) {
      const [decisions, small, reviews, parked] = await db.batch<CounterRow>([
        db.prepare("SELECT product_id, stats.* FROM decision_stats AS stats LEFT JOIN metric_products USING (slot)"),
        db.prepare("SELECT series, value FROM counters"),
        db
          .prepare(
            `SELECT count(*) AS pending, count(*) FILTER (WHERE expires_at <= ?1) AS overdue, min(created_at) AS oldest
             FROM workflows WHERE review_status = 'pending'`,
          )
          .bind(now),
        db.prepare(
          "SELECT total(json_extract(metrics, '$.parked')) AS parked FROM workflows " +
            "WHERE json_extract(metrics, '$.parked') > 0",
        ),
      ]);
      return {
        decisions: decisions?.results ?? [],
        small: small?.results ?? [],
        reviews: reviews?.results[0] ?? {},
        parked: Number(parked?.results[0]?.["parked"] ?? 0),
        bytes: parked?.meta.size_after ?? 0,
      };
    },
  };
}
