import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { LogReader, matches, pretty } from "../../scripts/lib/log/readable-log.ts";

const decision = {
  timestamp: "2040-01-02T03:04:05.678Z",
  level: "info",
  event: "inventory_decision",
  request_id: "f81cba58-2d47-44d5-8426-c2aa7a242f30",
  workflow_id: `9e2b6b2d${"0".repeat(56)}-12`,
  product_id: "SKU-1",
  store_id: "tokyo-3",
  action: "restock",
  quantity: 120,
  rationale: "runs out soon",
};

describe("npm run tail", () => {
  it("reads the bare log lines of a local server and passes over the rest", () => {
    const reader = new LogReader();
    expect(reader.push(`[wrangler:info] Ready\n${JSON.stringify(decision)}\n{"not":`)).toEqual([decision]);
    expect(reader.push("1}\n")).toEqual([]);
  });

  it("reads the events of wrangler tail, which stand over several lines, in whatever pieces they arrive", () => {
    const event = {
      outcome: "ok",
      logs: [{ message: [JSON.stringify(decision)], level: "info" }],
      exceptions: [{ name: "Error", message: "boom", timestamp: 0 }],
    };
    const text = `${JSON.stringify(event, null, 2)}\n`;
    const reader = new LogReader();
    const lines = [...text].flatMap((character) => reader.push(character));
    expect(lines).toEqual([
      decision,
      expect.objectContaining({ level: "error", event: "uncaught_exception", error: "boom" }),
    ]);
    expect(new LogReader().push(`${JSON.stringify(event)}\n`)).toHaveLength(2);
  });

  it.each([
    [{}, true],
    [{ store: "tokyo-3", item: "SKU-1", workflow: "9e2b6b2d", level: "info" }, true],
    [{ store: "main" }, false],
    [{ item: "SKU-2" }, false],
    [{ workflow: "8b7e524b" }, false],
    [{ level: "debug" }, true],
    [{ level: "warn" }, false],
  ])("with %j shows this line: %s", (filter, shown) => {
    expect(matches(decision, filter)).toBe(shown);
  });

  it("prints nothing that a terminal would obey", () => {
    const error = "\u001b]0;owned\u0007\u009b2J";
    const shown = pretty({ level: "error", event: "failure", error: "PLAIN" });
    expect(pretty({ level: "error", event: "failure", error })).toBe(
      shown.replace("PLAIN", String.raw`"\u001b]0;owned\u0007\u009b2J"`),
    );
    const stack = `Error: ${error}\n    at item`;
    expect(pretty({ event: "failure", stack })).toContain(String.raw`Error: \u001b]0;owned\u0007\u009b2J` + "\n    at");
  });

  it("prints time, level, event, item and workflow first, then the other fields", () => {
    expect(stripVTControlCharacters(pretty(decision))).toBe(
      "03:04:05.678 INFO  inventory_decision tokyo-3/SKU-1 9e2b6b2d…-12 request_id=f81cba58… action=restock " +
        'quantity=120 rationale="runs out soon"',
    );
    expect(pretty(decision, true)).toContain(decision.workflow_id);
  });
});
