/**
 * Measures the Worker that `npm run deploy` uploads: all of it, and the part that an isolate evaluates before it
 * answers a trigger.
 */
import { gzipSync } from "node:zlib";
import type { BuiltModule } from "./built-worker.ts";

export interface WorkerSize {
  /** Bytes after gzip of every module. */
  readonly uploadGzip: number;
  /** Bytes after gzip of what the entry imports statically: the rest is loaded when first used. */
  readonly evaluatedGzip: number;
  /** npm packages among the evaluated modules, and bytes of each before gzip. */
  readonly evaluatedPackages: ReadonlyMap<string, number>;
}

export function sizeOf(modules: readonly BuiltModule[]): WorkerSize {
  const evaluated = evaluatedModules(modules);
  return {
    uploadGzip: gzipOf(modules),
    evaluatedGzip: gzipOf(evaluated),
    evaluatedPackages: packagesIn(evaluated),
  };
}

/** Compressed together, as one upload is. */
function gzipOf(modules: readonly BuiltModule[]): number {
  return gzipSync(modules.map(({ code }) => code).join("")).length;
}

function evaluatedModules(modules: readonly BuiltModule[]): readonly BuiltModule[] {
  const byName = new Map(modules.map((module) => [module.name, module]));
  const seen = new Set<BuiltModule>();
  const waiting = modules.slice(0, 1);
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (seen.has(module)) continue;
    seen.add(module);
    for (const name of module.imports) waiting.push(byName.get(name)!);
  }
  return [...seen];
}

function packagesIn(modules: readonly BuiltModule[]): ReadonlyMap<string, number> {
  const packages = new Map<string, number>();
  for (const { sources } of modules) {
    for (const [file, bytes] of sources) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
      if (name !== undefined) packages.set(name, (packages.get(name) ?? 0) + bytes);
    }
  }
  return packages;
}
