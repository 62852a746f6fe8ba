import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../../..");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

let home: string;
let shipped: string[];

/** What a command printed, also where it failed: a compiler says what is wrong on its output. */
async function outputOf(command: string, ...args: string[]): Promise<string> {
  return promisify(execFile)(command, args).then(
    ({ stdout }) => stdout,
    (error: { stdout: string; stderr: string }) => `${error.stdout}${error.stderr}`,
  );
}

/** A project that has installed the packed package and nothing else of ours. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "stockwarden-package-"));
  execFileSync("npm", ["pack", "--silent", "--pack-destination", home], { cwd: ROOT });
  const archive = readdirSync(home).find((file) => file.endsWith(".tgz"))!;
  const modules = join(home, "node_modules");
  mkdirSync(join(modules, "stockwarden"), { recursive: true });
  execFileSync("tar", ["-xzf", join(home, archive), "-C", join(modules, "stockwarden"), "--strip-components=1"]);
  symlinkSync(join(ROOT, "node_modules/zod"), join(modules, "zod"));
  writeFileSync(join(home, "package.json"), JSON.stringify({ type: "module" }));
  shipped = execFileSync("tar", ["-tzf", join(home, archive)], { encoding: "utf8" })
    .trim()
    .split("\n");
  // It compiles and packs, which a busy machine needs more than ten seconds for.
}, 120_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("the packed client", () => {
  it("ships the client and the declarations of the wire's shapes, and no other code", () => {
    const code = shipped.filter((file) => /\.(js|ts|json)$/.test(file) && file !== "package/package.json");
    expect(code.filter((file) => !/^package\/dist\/package\/(client\/|api\/.*\.d\.ts$)/.test(file))).toEqual([]);
    expect(code).toContain("package/dist/package/client/client.js");
  });

  it("type-checks in a project of somebody else, declarations included", async () => {
    writeFileSync(
      join(home, "use.ts"),
      `import { Stockwarden, type Workflow } from "stockwarden/client";
       const stock = new Stockwarden({ url: "http://localhost", key: "k" });
       export const workflow: Promise<Workflow> = stock.trigger({
         product_id: "A",
         current_stock: 1,
         safety_stock_level: 2,
       });
       export const quantity = async (): Promise<number | undefined> => (await workflow).decision?.recommended_quantity;
       // @ts-expect-error: a trigger without a count is none
       void stock.trigger({ product_id: "A" });`,
    );
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2024",
      lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
      types: [],
    };
    writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.ts"] }));
    expect(await outputOf(process.execPath, TSC, "-p", home)).toBe("");
  });

  it("runs in plain Node, with no dependency at all", async () => {
    const server = createServer((request, response) => {
      const body = { workflow_id: "w-1", authorization: request.headers.authorization };
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    writeFileSync(
      join(home, "run.js"),
      `import { Stockwarden } from "stockwarden/client";
       const stock = new Stockwarden({ url: "http://127.0.0.1:${port}", key: "k" });
       console.log(JSON.stringify(await stock.workflow("w-1")));`,
    );
    rmSync(join(home, "node_modules/zod"));
    const out = await outputOf(process.execPath, join(home, "run.js"));
    server.close();
    expect(JSON.parse(out)).toEqual({ workflow_id: "w-1", authorization: "Bearer k" });
    const parts = join(home, "node_modules/stockwarden/dist/package/client");
    const imported = readdirSync(parts)
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => [...readFileSync(join(parts, file), "utf8").matchAll(/^(?:im|ex)port .*from "(.+)";$/gm)])
      .map(([, from]) => from!);
    expect(imported.filter((from) => !from.startsWith("./"))).toEqual([]);
  });
});
