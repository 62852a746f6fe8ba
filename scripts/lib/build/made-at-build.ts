/**
 * What a build makes instead of the Worker: the API's documents, as static assets, and JSON Schemas, as constants. So
 * no isolate compiles what makes them, nor the documentation of each route, nor zod's writer of JSON Schemas.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { madeOnce } from "../../../src/shared/made-once.ts";

const ROOT = join(import.meta.dirname, "../../..");

interface Made {
  readonly ASSETS: Readonly<Record<string, string>>;
  readonly MODULES: Readonly<Record<string, Readonly<Record<string, () => unknown>>>>;
}

/** As `documents.ts` exports it. */
export const madeAtBuild = madeOnce(async (): Promise<Made> => {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["scripts/lib/build/documents.ts"],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "es2024",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    logLevel: "error",
  });
  const text = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return (await import(`data:text/javascript;base64,${text}`)) as Made;
});

export const withMadeAtBuild: Plugin = {
  name: "with-made-at-build",
  async setup(build) {
    for (const [path, functions] of Object.entries((await madeAtBuild()).MODULES)) {
      const contents = Object.entries(functions)
        .map(([name, make]) => `export const ${name} = () => (${JSON.stringify(make())});`)
        .join("\n");
      build.onLoad({ filter: new RegExp(`/${path.replaceAll(".", "\\.")}$`) }, () => ({ contents, loader: "ts" }));
    }
    build.onLoad({ filter: /\/src\/http\/kit\/made-documents\.ts$/ }, async ({ path }) => ({
      contents: await readFile(path.replace("made-documents", "document-files")),
      loader: "ts",
    }));
  },
};
