/** A real Prometheus as a child process, scraping one server every second. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../../scripts/lib/server/ports.ts";
import { until } from "../black-box.ts";

export interface Prometheus {
  /** Labels as JSON (sorted, without `job` and `instance`) -> value now. */
  query(expression: string): Promise<Map<string, number>>;
  /** One number: the query's only value, 0 when it has none. */
  value(expression: string): Promise<number>;
  stop(): Promise<void>;
}

export function isPrometheusInstalled(): boolean {
  return spawnSync("prometheus", ["--version"]).status === 0 && spawnSync("promtool", ["--version"]).status === 0;
}

export async function startPrometheus(
  folder: string,
  target: { readonly port: number; readonly key: string },
  changeRules: (rules: string) => string = (rules) => rules,
): Promise<Prometheus> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "rules.yml"), changeRules(readFileSync("ops/prometheus/rules.yml", "utf8")));
  writeFileSync(
    join(folder, "prometheus.yml"),
    JSON.stringify({
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      rule_files: ["rules.yml"],
      scrape_configs: [
        {
          job_name: "stockwarden",
          authorization: { credentials: target.key },
          static_configs: [{ targets: [`localhost:${target.port}`] }],
        },
      ],
    }),
  );
  const port = await freePort();
  const child = spawn("prometheus", [
    `--config.file=${join(folder, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--log.level=error",
  ]);
  const origin = `http://127.0.0.1:${port}`;
  await until(() =>
    fetch(`${origin}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );

  async function query(expression: string): Promise<Map<string, number>> {
    const response = await fetch(`${origin}/api/v1/query?query=${encodeURIComponent(expression)}`);
    const { status, data } = (await response.json()) as QueryAnswer;
    if (status !== "success" || data === undefined) throw new Error(`Prometheus refused ${expression}`);
    return new Map(data.result.map(({ metric, value }) => [labelsOf(metric), Number(value[1])]));
  }

  return {
    query,
    value: async (expression) => [...(await query(expression)).values()][0] ?? 0,
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

interface QueryAnswer {
  readonly status: string;
  readonly data?: {
    readonly result: readonly { readonly metric: Record<string, string>; readonly value: [number, string] }[];
  };
}

function labelsOf(metric: Readonly<Record<string, string>>): string {
  const own = Object.entries(metric).filter(([name]) => !["__name__", "job", "instance"].includes(name));
  return own
    .toSorted()
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
