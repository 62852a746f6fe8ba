/** Bundled by `made-at-build.ts`, since Node reads no JSX. */
import { replyJsonSchema } from "../../../src/adviser/words/reply-json-schema.ts";
import { documentsOf } from "../../../src/http/kit/made-documents.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { inputJsonSchemas } from "../../../src/mcp/input-schemas.ts";

const documents = documentsOf(() => ROUTES);
const noAssets = {} as Fetcher;

/** By path below the folder of assets. */
export const ASSETS = {
  "documents/openapi.txt": await documents.openApi(noAssets),
  "documents/docs.txt": await documents.docs(noAssets),
};

/** By the module's path: its functions, which take nothing and return JSON. */
export const MODULES = {
  "src/adviser/words/reply-json-schema.ts": { replyJsonSchema },
  "src/mcp/input-schemas.ts": { inputJsonSchemas },
};
