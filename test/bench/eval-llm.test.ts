import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpointOf } from "../../bench/llm/endpoint.ts";
import { costOfOrder, questionOf, readScenarios, SCENARIOS_FILE } from "../../bench/llm/scenarios.ts";
import { type ScriptedLlm, startScriptedLlm } from "../support/peers/scripted-llm.ts";

let server: ScriptedLlm;
beforeAll(async () => {
  server = await startScriptedLlm();
});
afterAll(() => server.close());

async function evaluate(env: Record<string, string>, ...args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ["bench/llm/main.ts", ...args], {
    env: { PATH: process.env["PATH"], ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, output };
}

describe("the evaluation of a model", () => {
  it("asks about every scenario and reports scores in pairs, agreement, calls and cost", async () => {
    const before = server.requests.length;
    const { code, output } = await evaluate(
      { OPENAI_BASE_URL: server.baseUrl("right"), OPENAI_MODEL: "gpt-4o-mini" },
      "--games",
      "0",
    );
    const scenarios = readScenarios(SCENARIOS_FILE);
    expect({ code, requests: server.requests.length - before }).toEqual({ code: 0, requests: scenarios.length });
    for (const kind of new Set(scenarios.map((scenario) => scenario.kind)))
      expect(output).toMatch(new RegExp(`^${kind} `, "m"));
    expect(output).toMatch(/paired difference .*: alone [+-]\d/);
    expect(output).toContain(`outcomes: advice ${scenarios.length}`);
    expect(output).toMatch(/cost 0\.0\d+ USD/);
  });

  it("leaves the plan where it is when every call fails, and counts the faults", async () => {
    const { output } = await evaluate(
      { OPENAI_BASE_URL: server.baseUrl("insufficient-quota") },
      "--games",
      "0",
      "--concurrency",
      "1",
    );
    expect(output).toMatch(/alone \+0\.00 \[\+0\.00, \+0\.00\]/);
    expect(output).toMatch(/outcomes: quota 5, circuit_open \d+/);
  });

  it("spends no more than its budget", async () => {
    const env = { OPENAI_BASE_URL: server.baseUrl("right"), OPENAI_MODEL: "gpt-4o", LLM_DAILY_BUDGET_USD: "0.05" };
    expect((await evaluate(env, "--games", "0")).output).toMatch(/budget_exhausted \d+/);
  });

  it("says what is missing when no endpoint is set", async () => {
    const { code, output } = await evaluate({});
    expect(code).toBe(1);
    expect(output).toContain("Set OPENAI_API_KEY, or OPENAI_BASE_URL");
    expect(endpointOf({ OPENAI_BASE_URL: "nonsense" })).toMatchObject({
      ok: false,
      problem: expect.stringContaining("OPENAI_BASE_URL"),
    });
  });
});

describe("the scenarios", () => {
  it("each have a truth that the right move gets nearer to", () => {
    for (const [index, scenario] of readScenarios(SCENARIOS_FILE).entries()) {
      const question = questionOf(scenario, index);
      const planned = question.plan.quantity;
      expect(planned, scenario.id).toBeGreaterThan(0);
      const step = Math.max(1, Math.round(planned * 0.2));
      const cost = (quantity: number) => costOfOrder(scenario, question, quantity);
      if (scenario.expect === "raise") expect(cost(planned + step), scenario.id).toBeLessThan(cost(planned));
      if (scenario.expect === "lower") expect(cost(planned - step), scenario.id).toBeLessThan(cost(planned));
      if (scenario.expect === "keep") expect(scenario.demand, scenario.id).toBe(1);
    }
  });

  it("cover many kinds of notes and many languages", () => {
    const scenarios = readScenarios(SCENARIOS_FILE);
    expect(new Set(scenarios.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(10);
    expect(new Set(scenarios.map(({ language }) => language)).size).toBeGreaterThanOrEqual(8);
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
  });
});
