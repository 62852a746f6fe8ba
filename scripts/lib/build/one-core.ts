/**
 * Keeps all that the entry evaluates in one module. esbuild makes a module of each set of sources that the same entries
 * and dynamic imports share: 79 of them, of which no minifier sees two at once. Here each of our dynamic imports also
 * imports the entry, which is evaluated by then, so that everything of the entry's belongs to the same set.
 */
import { resolve } from "node:path";
import type { Plugin } from "esbuild";

const LAZY = "lazy";
const ASKED = "asked";

export function oneCore(root: string, entry: string): Plugin {
  const core = resolve(root, entry);
  return {
    name: "one-core",
    setup(build) {
      build.onResolve({ filter: /^\./ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind !== "dynamic-import" || pluginData === ASKED) return undefined;
        const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: ASKED });
        return found.errors.length > 0 || found.external ? found : { path: found.path, namespace: LAZY };
      });
      // What nobody imports from it would be left out: the package has no side effects.
      build.onResolve({ filter: /^core$/, namespace: LAZY }, () => ({ path: core, sideEffects: true }));
      build.onLoad({ filter: /.*/, namespace: LAZY }, ({ path }) => ({
        contents: `import "core"; export * from ${JSON.stringify(path)};`,
        resolveDir: root,
      }));
    },
  };
}
