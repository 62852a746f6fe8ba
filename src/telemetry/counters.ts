/**
 * Raises the counters for a batch of projected workflows, in the same transaction that stores them.
 *
 * C1. A workflow adds what it counts for now less what its stored row had counted: nothing when the stored row is as new,
 *     so repeated, late and reordered projections count once.
 * C2. The statements read the stored rows, so they stand BEFORE the upsert of `workflows` in the batch, and the upsert
 *     writes `metrics`.
 * C3. Rows written: one a distinct product and action in the batch, and one a small counter that moved (a decision on the
 *     statistical path moves none), however many workflows the batch holds.
 */
import type { ProjectionFacts } from "./projection-facts.ts";
import { LATENCY_BUCKETS_MS, OTHER_PRODUCT, PRODUCT_LABELS, RESULTS } from "./metric-names.ts";

/** One element of the JSON array that the statements read. */
export interface CountedProjection {
  readonly id: string;
  readonly version: number;
  readonly product_id: string;
  readonly metrics: ProjectionFacts;
}

/** Counting columns of `decision_stats`, each with the decisions that it counts. */
const COLUMNS = [...latencyColumns(), ...RESULTS.map((result) => ({ name: result, condition: `result = '${result}'` }))];

/** The batch beside what is stored; of several versions of one workflow the newest (SQLite takes bare columns from max()). */
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
    SELECT (SELECT coalesce(max(slot), 0) FROM metric_products) + row_number() OVER (ORDER BY product_id) AS slot, product_id
    FROM (SELECT DISTINCT product_id FROM decided) AS named
    WHERE product_id <> '${OTHER_PRODUCT}'
      AND NOT EXISTS (SELECT 1 FROM metric_products AS known WHERE known.product_id = named.product_id)
  ) WHERE slot <= ${PRODUCT_LABELS}`;

const RAISE_DECISIONS = `${FRESH}
  INSERT INTO decision_stats (slot, action, ${COLUMNS.map(({ name }) => name).join(", ")}, latency_sum_ms, decided_at, confidence)
  SELECT coalesce(slot, 0), action,
    ${COLUMNS.map(({ condition }) => `count(*) FILTER (WHERE ${condition})`).join(", ")},
    total(latency_ms), max(decided_at), confidence
  FROM decided LEFT JOIN metric_products USING (product_id)
  WHERE action IS NOT NULL
  GROUP BY coalesce(slot, 0), action
  ON CONFLICT (slot, action) DO UPDATE SET
    ${COLUMNS.map(({ name }) => `${name} = ${name} + excluded.${name}`).join(", ")},
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

/** Adds what an isolate has counted: a JSON object of counter key -> increment. */
export function tallyStatement(db: D1Database, tallies: Readonly<Record<string, number>>): D1PreparedStatement {
  return db.prepare(ADD_TALLIES).bind(JSON.stringify(tallies));
}

/** The bucket columns of `decision_stats` in ascending order, each with the latencies it holds. */
export function latencyColumns(): readonly { readonly name: string; readonly condition: string }[] {
  const bounded = LATENCY_BUCKETS_MS.map((bound, at) => ({
    name: `le_${bound}`,
    condition: at === 0 ? `latency_ms <= ${bound}` : `latency_ms > ${LATENCY_BUCKETS_MS[at - 1]} AND latency_ms <= ${bound}`,
  }));
  return [...bounded, { name: "le_inf", condition: `latency_ms > ${LATENCY_BUCKETS_MS.at(-1)}` }];
}
