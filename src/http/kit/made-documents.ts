/**
 * `/openapi.json` and `/docs`, made from the route table when first asked for. In the build that is uploaded,
 * `document-files.ts` is in its place.
 */
import { madeOnce } from "../../shared/made-once.ts";
import { docsPage } from "../pages/docs/docs-page.ts";
import { openApiOf } from "./openapi-document.ts";
import type { Route } from "./route.ts";

export interface Documents {
  /** JSON. */
  readonly openApi: (assets: Fetcher) => Promise<string | ReadableStream>;
  /** HTML. */
  readonly docs: (assets: Fetcher) => Promise<string | ReadableStream>;
}

export function documentsOf(all: () => readonly Route[]): Documents {
  const document = madeOnce(async () => openApiOf(all()));
  const text = madeOnce(async () => JSON.stringify(await document()));
  const page = madeOnce(async () => docsPage(await document()));
  return { openApi: () => text(), docs: () => page() };
}
