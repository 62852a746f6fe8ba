/**
 * Leaves documentation out of the Worker: that of routes, and what schemas say of themselves. Only the OpenAPI document
 * and JSON Schemas read it, and a build makes those beside the Worker. Each `docs` of a route's declaration, and each
 * `.describe(…)` and `.meta(…)` of a schema, is overwritten by blanks, so that lines and columns stay those of the
 * source.
 */
import { readFile } from "node:fs/promises";
import { parse } from "@swc/core";
import type { Loader, Plugin } from "esbuild";
import { withPureCalls } from "./pure-schemas.ts";

/** Places in swc's trees count bytes from 1. */
const FIRST_PLACE = 1;
/** Modules whose constants are schemas and routes: making them has no effect but themselves. */
const HAS_SCHEMAS = /\/src\/(?:api|http\/routes)\/.*\.ts$/;
const DOCS = "docs:";
const DESCRIBING: ReadonlySet<unknown> = new Set(["describe", "meta"]);
const [LINE_END, BLANK, COMMA] = [10, 32, 44];

export const withoutDocs: Plugin = {
  name: "without-docs",
  setup(build) {
    build.onLoad({ filter: /\/src\/(?:api|http|mcp|adviser\/words)\/.*\.tsx?$/ }, async ({ path }) => {
      const loader: Loader = path.endsWith("x") ? "tsx" : "ts";
      const kept = await blanked(await readFile(path), loader);
      return { contents: HAS_SCHEMAS.test(path) ? await withPureCalls(kept) : kept, loader };
    });
  },
};

/** The source without `docs: …` in any object, and without calls of `describe` and `meta`. */
export async function blanked(source: Buffer, loader: "ts" | "tsx"): Promise<Buffer> {
  if (![DOCS, ".describe(", ".meta("].some((text) => source.includes(text))) return source;
  const tree = await parse(source.toString(), { syntax: "typescript", tsx: loader === "tsx", target: "es2024" });
  const kept = Buffer.from(source);
  for (const { start, end } of placesOfDocs(tree)) {
    const from = start - FIRST_PLACE;
    let to = end - FIRST_PLACE;
    if (source.toString("utf8", from, from + DOCS.length) === DOCS) {
      while (kept[to] === BLANK || kept[to] === LINE_END) to++;
      if (kept[to] === COMMA) to++;
    } else if (!/^\s*\.(?:describe|meta)\(/.test(source.toString("utf8", from, to)))
      throw new Error("swc counts places in another way now");
    for (let at = from; at < to; at++) if (kept[at] !== LINE_END) kept[at] = BLANK;
  }
  return kept;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Call {
  readonly type: string;
  readonly span: Span;
  readonly callee?: {
    readonly type: string;
    readonly object?: { readonly span?: Span; readonly expression?: unknown };
    readonly property?: { readonly value?: unknown };
  };
}

interface Property {
  readonly type: string;
  readonly key?: { readonly value?: unknown; readonly span: Span };
  readonly value?: { readonly span?: Span; readonly expression?: unknown };
}

function placesOfDocs(node: unknown): readonly Span[] {
  if (Array.isArray(node)) return node.flatMap(placesOfDocs);
  if (typeof node !== "object" || node === null) return [];
  const { type, key, value } = node as Property;
  if (type === "KeyValueProperty" && key?.value === "docs" && value?.span !== undefined)
    return [{ start: key.span.start, end: value.span.end }];
  const { span, callee } = node as Call;
  if (type === "CallExpression" && callee?.object?.span !== undefined && DESCRIBING.has(callee.property?.value))
    return [{ start: callee.object.span.end, end: span.end }, ...placesOfDocs(callee.object)];
  return Object.values(node).flatMap(placesOfDocs);
}
