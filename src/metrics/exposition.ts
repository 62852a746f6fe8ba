/**
 * Prometheus text format 0.0.4 and OpenMetrics 1.0, which differ in three places: counter names, content type, the end.
 */

export type ExpositionFormat = "prometheus" | "openmetrics";

export const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  prometheus: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

export interface Sample {
  /** Appended to the family's name: `_bucket`, `_sum`, `_count` of a histogram. */
  readonly suffix?: string;
  readonly labels: string;
  readonly value: number;
}

export interface SampledFamily {
  readonly type: "counter" | "gauge" | "histogram";
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

export function render(families: readonly SampledFamily[], format: ExpositionFormat): string {
  const lines: string[] = [];
  for (const { type, name, help, samples } of families) {
    const described = format === "openmetrics" && type === "counter" ? name.replace(/_total$/, "") : name;
    lines.push(`# HELP ${described} ${escapeText(help)}`, `# TYPE ${described} ${type}`);
    for (const { suffix = "", labels, value } of samples) lines.push(`${name}${suffix}${labels} ${value}`);
  }
  if (format === "openmetrics") lines.push("# EOF");
  return `${lines.join("\n")}\n`;
}

/** `{a="1",b="2"}`, or nothing without labels. */
export function labelSet(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeText(value).replaceAll('"', '\\"')}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** OpenMetrics wants `1.0` where Prometheus takes `1` too; one spelling keeps the series the same in both formats. */
export function bucketBound(upperBound: number): string {
  if (upperBound === Infinity) return "+Inf";
  return Number.isInteger(upperBound) ? upperBound.toFixed(1) : String(upperBound);
}

function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
