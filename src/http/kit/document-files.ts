/**
 * `/openapi.json` and `/docs` as static assets, which a build makes beside the Worker (`scripts/lib/build/upload.ts`).
 * So no isolate compiles what makes them, nor the documentation of each route.
 */
import type { Documents } from "./made-documents.ts";

export function documentsOf(): Documents {
  return { openApi: (assets) => fileOf(assets, "openapi.txt"), docs: (assets) => fileOf(assets, "docs.txt") };
}

/** The names end in `.txt`: the platform would send a reader of `docs.html` on to `docs`. */
async function fileOf(assets: Fetcher, name: string): Promise<ReadableStream> {
  const { status, body } = await assets.fetch(`https://assets.invalid/documents/${name}`);
  if (status !== 200 || body === null) throw new Error(`the asset documents/${name} is missing: ${status}`);
  return body;
}
