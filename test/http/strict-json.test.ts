import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrictJson } from "../../src/http/kit/request/strict-json.ts";

describe("strict JSON", () => {
  it("reads what JSON.parse reads, spaced and escaped as it may be", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        if (text.includes("__proto__")) return;
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("finds a repeated name, however it is written and wherever it is", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.jsonValue({ maxDepth: 3 }),
        fc.constantFrom("", " ", "\n\t "),
        (name, value, space) => {
          fc.pre(name !== "__proto__" && !JSON.stringify(value).includes("__proto__"));
          const units = Array.from({ length: name.length }, (_, at) => name.charCodeAt(at));
          const escaped = `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("")}"`;
          const twice = `[{${JSON.stringify(name)}${space}:${JSON.stringify(value)},${escaped}${space}:1}]`;
          expect(() => parseStrictJson(twice)).toThrow(/is repeated/);
          expect(() => parseStrictJson(twice.slice(1, -1))).toThrow(/is repeated/);
        },
      ),
    );
  });

  it("lets the same name appear in different objects, and as a text beside itself", () => {
    const text = '{"a":{"a":"a"},"b":[{"a":1},{"a":"a:\\"a\\":1,\\\\"}],"c":"a"}';
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it("is not misled by a colon in a text, and takes no __proto__", () => {
    expect(parseStrictJson('{"at":"09:00","n":1}')).toEqual({ at: "09:00", n: 1 });
    expect(() => parseStrictJson('{"a":1,"b":"09:00","a":2}')).toThrow(/is repeated/);
    for (const text of ['{"__proto__":1}', '{"a":1,"\\u005f_proto__":2}'])
      expect(() => parseStrictJson(text), text).toThrow(/__proto__/);
  });

  it.each([
    ["", "The body is empty, and should be JSON."],
    ["\uFEFF{}", "The body begins with a byte order mark, which JSON does not allow."],
    ["{", "The body is not valid JSON."],
  ])("says what is wrong with %j", (text, problem) => {
    expect(() => parseStrictJson(text)).toThrow(problem);
  });

  it("takes 32 levels and not 33", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(() => parseStrictJson(nested(32))).not.toThrow();
    expect(() => parseStrictJson(nested(33))).toThrow(/more than 32 levels/);
  });

  it("is not slowed by backslashes", () => {
    const started = performance.now();
    parseStrictJson(`["${"\\\\".repeat(500_000)}"]`);
    parseStrictJson(`["${'\\"'.repeat(500_000)}"]`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
