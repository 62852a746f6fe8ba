/** `GET /metrics`: Prometheus text, or OpenMetrics for those who ask for it. */
import { adviserState } from "../../../adviser/adviser-state.ts";
import { CONTENT_TYPES, type ExpositionFormat } from "../../../metrics/exposition.ts";
import { renderMetrics } from "../../../metrics/render-metrics.ts";
import { storageOf } from "../../../storage/storage.ts";
import { RELEASE } from "../../../config/release.ts";
import { settings, type AppContext } from "../../kit/context.ts";
import { preferredType } from "../../kit/preferred-type.ts";
import { guarded } from "../../kit/route.ts";

const MEDIA_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  prometheus: "text/plain",
  openmetrics: "application/openmetrics-text",
};

export const getMetrics = guarded({
  method: "GET",
  path: "/metrics",
  scope: "metrics",
  docs: {
    summary: "Metrics for Prometheus",
    group: "service",
    answers: {
      200: {
        says: "Text in the format that was asked for",
        content: { "text/plain": null, "application/openmetrics-text": null },
      },
    },
  },
  async handle(c) {
    const format = formatOf(c);
    const now = Date.now();
    const storage = storageOf(c.env);
    const [adviser, purchases] = await Promise.all([
      adviserState(settings(c), c.env, now),
      storage.purchases.counts(now),
    ]);
    const facts = { counters: storage.counters, now, adviser, purchases, release: RELEASE };
    const text = await renderMetrics(facts, format);
    return c.body(text, 200, { "Content-Type": CONTENT_TYPES[format] });
  },
});

function formatOf(c: AppContext): ExpositionFormat {
  const wanted = preferredType(c, [MEDIA_TYPES.prometheus, MEDIA_TYPES.openmetrics]);
  return wanted === MEDIA_TYPES.openmetrics ? "openmetrics" : "prometheus";
}
