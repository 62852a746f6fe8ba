/** Every file of examples/ runs as its first lines say. */
import { spawn, type ChildProcess } from "node:child_process";
import { access, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { LocalServer } from "../../../scripts/lib/server/local-server.ts";
import { freePort } from "../../../scripts/lib/server/ports.ts";
import { ask, until } from "../../support/black-box.ts";
import { WEBHOOK_SECRET } from "../../support/peers/webhook-receiver.ts";
import { plainServer } from "../../support/plain-server.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const children: ChildProcess[] = [];
let server: LocalServer;
beforeAll(async () => {
  server = await plainServer();
});
afterAll(async () => {
  for (const child of children) child.kill();
  await ask(server, "DELETE", "/webhooks/example");
});

function run(
  file: string,
  env: Readonly<Record<string, string>>,
): { said: () => string; done: Promise<number | null> } {
  const child = spawn(process.execPath, ["--no-warnings", `examples/${file}`], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
  });
  children.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += String(text)));
  return { said: () => said, done: new Promise((done) => child.on("close", (code) => done(code))) };
}

it("a till reports its stock, and another system hears of the questions", async () => {
  const port = await freePort();
  const receiver = run("webhook-receiver.ts", { PORT: String(port), WEBHOOK_SECRET });
  await until(() => receiver.said().includes("listening"));
  const url = `http://127.0.0.1:${port}/`;
  await ask(server, "PUT", "/webhooks/example", { url, events: ["review.opened"], secret: WEBHOOK_SECRET });

  const till = run("report-stock.ts", { STOCKWARDEN_URL: server.url, STOCKWARDEN_KEY: server.key });
  expect([await till.done, till.said()]).toEqual([0, "sencha-100g: hold 0\nmatcha-30g: a person is asked\n"]);
  await until(() => receiver.said().includes("review.opened matcha-30g"));
  expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(400);
});

it("llms.txt names every page and every example, and nothing that is not there", async () => {
  const links = [...(await readFile(join(ROOT, "llms.txt"), "utf8")).matchAll(/\]\(([^)]+)\)/g)].map(
    ([, path]) => path!,
  );
  await Promise.all(links.map((path) => access(join(ROOT, path))));
  const pages = (await readdir(join(ROOT, "docs"))).filter((name) => name.endsWith(".md") && name !== "README.md");
  const examples = await readdir(join(ROOT, "examples"));
  expect(links).toEqual(
    expect.arrayContaining([...pages.map((name) => `docs/${name}`), ...examples.map((name) => `examples/${name}`)]),
  );
});

it("no example is without a run: vendure.mjs has its own, in a shop (npm run test:commerce)", async () => {
  expect((await readdir(join(ROOT, "examples"))).toSorted()).toEqual([
    "report-stock.ts",
    "vendure.mjs",
    "webhook-receiver.ts",
  ]);
});
