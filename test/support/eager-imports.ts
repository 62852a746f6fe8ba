/**
 * Makes the lazy imports of `src/` static. Vite's runner fetches a lazily imported module through the request or
 * object that asks for it, also when it is loaded already, and others wait for the same fetch: where the first one
 * ends meanwhile, as by a crash, they would wait for ever. In the bundle a lazy import only evaluates what is there;
 * the system tests run that.
 */
import { join } from "node:path";
import type { Plugin } from "vitest/config";

const SOURCES = join(import.meta.dirname, "../../src/");
const LAZY = /\bimport\(("[^"]+")\)/g;

export function eagerImports(): Plugin {
  return {
    name: "eager-imports",
    // After the types are gone: `typeof import("…")` is one of them.
    enforce: "post",
    transform(code, id) {
      if (!id.startsWith(SOURCES)) return null;
      const specifiers = [...new Set([...code.matchAll(LAZY)].map(([, specifier]) => specifier!))];
      if (specifiers.length === 0) return null;
      const nameOf = (specifier: string): string => `__eager_${specifiers.indexOf(specifier)}`;
      // On the first line, so that every line keeps its number.
      const imports = specifiers.map((specifier) => `import * as ${nameOf(specifier)} from ${specifier};`).join("");
      return {
        code: imports + code.replaceAll(LAZY, (_, specifier: string) => `Promise.resolve(${nameOf(specifier)})`),
        map: null,
      };
    },
  };
}
