/** What a person sees when a command of this project ends badly. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

it("a refusal of the service is a sentence and its fields, without a stack trace", () => {
  const program = `
    import { StockwardenError } from "./src/client/client.ts";
    import { runProgram } from "./scripts/lib/command/startup-problem.ts";
    const problem = { type: "", title: "The request is not valid", status: 422, detail: "Some fields are not valid.",
      instance: "/", code: "validation_failed", request_id: "1",
      errors: [{ pointer: "/current_stock", message: "is too big" }] };
    await runProgram(async () => { throw new StockwardenError(problem, null); });`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", program], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toContain(
    "The service refused this. The request is not valid: Some fields are not valid.\n  /current_stock: is too big\n",
  );
  expect(stderr).not.toContain("    at ");
});
