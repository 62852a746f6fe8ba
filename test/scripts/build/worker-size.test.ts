import { expect, it } from "vitest";
import { builtWorker } from "../../../scripts/lib/build/built-worker.ts";
import { sizeOf } from "../../../scripts/lib/build/worker-size.ts";

/** Libraries that no trigger needs: each is loaded when it is first used. */
const LAZY = ["@modelcontextprotocol/server", "fflate", "nodemailer", "postgres", "write-excel-file"];

/**
 * Every isolate compiles the whole upload, whatever it runs of it: without PostgreSQL, which no deployment on D1
 * uploads.
 */
const UPLOAD_LIMIT = 350 * 1024;

it("a trigger evaluates no library that only mail, models, documents, assistants or error reports need", async () => {
  const { uploadGzip, evaluatedGzip, evaluatedPackages } = sizeOf(await builtWorker());
  expect(LAZY.filter((name) => evaluatedPackages.has(name))).toEqual([]);
  expect(evaluatedGzip).toBeLessThan(150 * 1024);
  // docs/decisions/upload-size.md lists what is in it.
  expect(uploadGzip).toBeLessThan(UPLOAD_LIMIT);
  // A namespace import leaves zod's forty locales out; `import { z }` brings them all.
  expect(evaluatedPackages.get("zod")).toBeLessThan(160_000);
});
