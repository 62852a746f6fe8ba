/** `GET /metrics`: Prometheus text, or OpenMetrics for those who ask for it. */
import { accepts } from "hono/accepts";
import { CONTENT_TYPES, type ExpositionFormat } from "../telemetry/exposition.ts";
import { renderMetrics, type AdviserState } from "../telemetry/metrics.ts";
import { RELEASE } from "../telemetry/release.ts";
import type { AppContext } from "./context.ts";

const MEDIA_TYPES: Readonly<Record<ExpositionFormat, string>> = { prometheus: "text/plain", openmetrics: "application/openmetrics-text" };

export async function getMetrics(c: AppContext): Promise<Response> {
  const format = formatOf(c);
  const text = await renderMetrics({ db: c.env.DB, now: Date.now(), adviser: NO_ADVISER, release: RELEASE }, format);
  return c.body(text, 200, { "Content-Type": CONTENT_TYPES[format] });
}

const NO_ADVISER: AdviserState = { circuitOpen: false, budgetUsd: 0, spentTodayUsd: 0 };

function formatOf(c: AppContext): ExpositionFormat {
  const wanted = accepts(c, { header: "Accept", supports: Object.values(MEDIA_TYPES), default: MEDIA_TYPES.prometheus });
  return wanted === MEDIA_TYPES.openmetrics ? "openmetrics" : "prometheus";
}
