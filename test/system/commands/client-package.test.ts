import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { ownFolder } from "../../support/own-folder.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

/** A customer's program, type-checked and run against a stand-in for the service. */
const PROGRAM = `
import { Stockwarden, StockwardenError, type Workflow } from "stockwarden/client";
const decision = { recommended_action: "restock", recommended_quantity: 40 };
const answer = { workflow_id: "w-1", status: "completed", decision };
const stock = new Stockwarden({ url: "https://stock.shop.example", key: "k", fetch: async (request) => {
  if (request.headers.get("Authorization") !== "Bearer k") throw new Error("no key was sent");
  return Response.json(answer);
} });
const workflow: Workflow = await stock.trigger({ product_id: "SKU-1", current_stock: 12, safety_stock_level: 40 });
const quantity: number | undefined = workflow.decision?.recommended_quantity;
console.log(quantity, typeof StockwardenError);
// @ts-expect-error a trigger without a stock count does not compile
void (() => stock.trigger({ product_id: "SKU-1", safety_stock_level: 40 }));
// @ts-expect-error nor does a field that the service would refuse
void (() => stock.trigger({ product_id: "SKU-1", current_stock: 1, safety_stock_level: 40, curent_stock: 2 }));
`;

const folder = ownFolder("customer");
beforeAll(() => {
  const npm = (args: string[], cwd: string): string =>
    execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  npm(["pack", "--silent", "--pack-destination", folder], ROOT);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  mkdirSync(join(folder, "node_modules/stockwarden"), { recursive: true });
  execFileSync("tar", [
    "-xzf",
    join(folder, tarball),
    "-C",
    join(folder, "node_modules/stockwarden"),
    "--strip-components",
    "1",
  ]);
  symlinkSync(join(ROOT, "node_modules/zod"), join(folder, "node_modules/zod"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "program.ts"), PROGRAM);
});

it("the packed client is typed for a strict customer, and runs", () => {
  const options = {
    strict: true,
    target: "ES2024",
    module: "NodeNext",
    moduleResolution: "NodeNext",
    lib: ["ES2024", "DOM", "DOM.AsyncIterable"],
    types: [],
    outDir: "out",
    skipLibCheck: false,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["program.ts"] }));
  const checked = execFileSync(process.execPath, [TSC, "-p", folder], { encoding: "utf8" });
  expect(checked).toBe("");
  expect(execFileSync(process.execPath, [join(folder, "out/program.js")], { encoding: "utf8" })).toBe("40 function\n");
});
