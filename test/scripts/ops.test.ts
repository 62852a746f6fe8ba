/** The files in ops/ and the runbooks agree with each other and with the metrics that exist. */
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exposedNames } from "../../src/metrics/gauges.ts";

const rules = readFileSync("ops/prometheus/rules.yml", "utf8");
const ruleTests = readFileSync("ops/prometheus/rules.test.yml", "utf8");
const dashboard = readFileSync("ops/grafana/stockwarden.json", "utf8");
const runbooks = readFileSync("docs/operations.md", "utf8");

const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name!);
const recorded = new Set([...rules.matchAll(/- record: (\S+)/g)].map(([, name]) => name!));
const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

describe("ops/", () => {
  it("refers only to metrics that exist", () => {
    for (const text of [rules, ruleTests, dashboard]) {
      const used = new Set(text.match(/(?<![\w:])inventory_\w+/g));
      expect([...used].filter((name) => !exposedNames().has(name))).toEqual([]);
    }
  });

  it("refers only to recorded series that a rule records", () => {
    const used = new Set([...(dashboard.match(/job:\w+:\w+/g) ?? []), ...(rules.match(/job:\w+:\w+/g) ?? [])]);
    expect([...used].filter((name) => !recorded.has(name))).toEqual([]);
  });

  it("shows every metric on the dashboard, directly or through a recorded series", () => {
    const shown = `${dashboard}${rules}`;
    const missing = [...exposedNames()]
      .map((name) => name.replace(/_(bucket|sum|count)$/, ""))
      .filter((name) => !shown.includes(name));
    expect(missing).toEqual([]);
  });

  it("tells of every metric in the operator's page", () => {
    const families = [...exposedNames()].map((name) => name.replace(/_(bucket|sum|count)$/, ""));
    expect(families.filter((name) => !runbooks.includes(`\`${name}\``))).toEqual([]);
  });

  it("tells of every event of the log in the operator's page", () => {
    const logged = globSync("src/**/*.{ts,tsx}").flatMap((file) => [
      ...readFileSync(file, "utf8").matchAll(/\blog\.(?:debug|info|warn|error)\(\s*["`](\w+)/g),
    ]);
    const events = new Set(logged.map(([, event]) => event!));
    expect(events.size).toBeGreaterThan(20);
    expect([...events].filter((event) => !runbooks.includes(`\`${event}`))).toEqual([]);
  });

  it.each(alerts)("tests %s both ways and has a runbook for it", (alert) => {
    expect(
      ruleTests.split(`alertname: ${alert}`).length,
      "quiet twice, then once before it fires and once firing",
    ).toBeGreaterThanOrEqual(4);
    expect(ruleTests).toMatch(new RegExp(`alertname: ${alert}\\n +exp_alerts:\\n +- exp_labels`));
    expect(rules).toContain(`runbook: docs/operations.md#${alert.toLowerCase()}`);
    expect(runbooks).toContain(`### ${alert}\n`);
  });

  it.runIf(hasPromtool)("passes promtool's own checks and unit tests of the rules", () => {
    execFileSync("promtool", ["check", "rules", "ops/prometheus/rules.yml"]);
    execFileSync("promtool", ["test", "rules", "ops/prometheus/rules.test.yml"]);
  });
});
