import { existsSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { builtWorker, type BuiltModule } from "../../../scripts/lib/build/built-worker.ts";
import { UNCALLED } from "../../../scripts/lib/build/lean-zod.ts";
import { UNREACHED } from "../../../scripts/lib/build/left-out.ts";

const NODE_MODULES = join(import.meta.dirname, "../../../node_modules");

let modules: readonly BuiltModule[] = [];
beforeAll(async () => {
  modules = await builtWorker();
});

it("every module that a build leaves out is one of its library, and takes next to nothing", () => {
  const left = Object.keys(UNREACHED);
  expect(left.filter((file) => !existsSync(join(NODE_MODULES, file)))).toEqual([]);
  const kept = modules.flatMap(({ sources }) => [...sources]);
  const large = kept.filter(([source, bytes]) => bytes > 200 && left.some((file) => source.endsWith(`/${file}`)));
  expect(large).toEqual([]);
});

it("holds no schemas of the SDK for assistants that only its list of all schemas names", () => {
  const code = modules.map((module) => module.code).join("");
  expect(code).toContain("tools/list");
  expect(code).not.toContain("client_secret_expires_at");
  expect(code).not.toContain("claims_parameter_supported");
});

it("calls no method of zod's schemas that a build leaves out", () => {
  const code = modules.map((module) => module.code).join("");
  expect(UNCALLED.filter((name) => code.includes(`.${name}(`))).toEqual([]);
  expect(code).not.toContain("$ZodJWT");
  expect(code).toContain("$ZodEnum");
});

it("has the entry first, and imports only its own modules", () => {
  const names = modules.map(({ name }) => name);
  expect(names[0]).toBe("index.js");
  const imported = modules.flatMap(({ code }) => [...code.matchAll(/"\.\/([\w.-]+\.js)"/gu)].map(([, name]) => name));
  expect(new Set(imported)).toEqual(new Set(names.slice(1)));
});

it("its source maps lead to the line of our source", () => {
  const text = "No route matches this path.";
  const { code, sourceMap } = modules.find((module) => module.code.includes(text))!;
  const before = code.slice(0, code.indexOf(text)).split("\n");
  const payload = JSON.parse(sourceMap) as SourceMapPayload;
  const found = new SourceMap(payload).findEntry(before.length - 1, before.at(-1)!.length);
  if (!("originalSource" in found)) throw new Error("no entry");
  expect(found.originalSource).toMatch(/src\/app\.ts$/);
  const source = payload.sourcesContent[payload.sources.indexOf(found.originalSource)]!;
  expect(source.split("\n")[found.originalLine]).toContain(text);
});

it("evaluates its own sources in one module", () => {
  const [entry] = modules;
  const evaluated = modules.filter(({ name }) => entry!.imports.includes(name));
  const holding = evaluated.filter(({ sources }) => [...sources.keys()].some((source) => source.startsWith("src/")));
  expect(holding.map(({ sources }) => sources.has("src/index.ts"))).toEqual([true]);
});
