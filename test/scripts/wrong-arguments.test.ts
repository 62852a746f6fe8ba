/** What a person mistypes, or a server that is not there: a sentence and exit code 1, never a stack trace. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runScript } from "../support/run-script.ts";

/** Another program on that port: pages, and refusals that are pages. */
let other: Server;
let elsewhere = "";
let nobody = "";
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-arguments-"));
  writeFileSync(join(folder, "sales.csv"), "date,product_id,units\n2026-01-01,A,3\n");
  other = createServer((request, answer) =>
    answer.writeHead(request.method === "GET" ? 200 : 501, { "Content-Type": "text/html" }).end("<html>hello</html>"),
  );
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
  nobody = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
  await new Promise((resolve) => gone.close(resolve));
});
afterAll(async () => {
  await new Promise((resolve) => other.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

it.each<[string, () => string[], string | RegExp]>([
  [
    "rebuild without a scheme",
    () => ["rebuild", "--url", "shop.example", "--key", "k"],
    /--url is the service's address/,
  ],
  ["rebuild of nobody", () => ["rebuild", "--url", nobody, "--key", "k"], /does not answer: connect ECONNREFUSED/],
  ["rebuild of another program", () => ["rebuild", "--url", elsewhere, "--key", "k"], /status 501, did not come from/],
  [
    "rebuild by a list that is not there",
    () => ["rebuild", "--url", nobody, "--key", "k", "--objects", "none"],
    /none can/,
  ],
  ["audit:verify without a scheme", () => ["audit-verify", "--url", "localhost:8787"], /not "localhost:8787"/],
  ["audit:verify of another program", () => ["audit-verify", "--url", elsewhere], /answers with a page/],
  [
    "replay by no season",
    () => ["replay", "--csv", join(folder, "sales.csv"), "--season", "none"],
    /is no season of npm/,
  ],
  ["export of no state", () => ["export"], /No server has kept its state in .+nothing/],
  [
    "migrate:postgres that freezes and only compares",
    () => ["migrate-postgres", "--to", "postgres://u@127.0.0.1:1/d", "--freeze", "--verify"],
    /One at a time: --freeze and --verify/,
  ],
])("%s", async (_what, args, says) => {
  const [name, ...flags] = args();
  const env = { API_KEY: "k", PERSIST_TO: join(folder, "nothing") };
  const { status, stdout, stderr } = await runScript([`scripts/${name}.ts`, ...flags], env);
  expect(stdout + stderr).toMatch(says);
  expect(stdout + stderr).not.toMatch(/^ {4}at /m);
  expect(status).toBe(1);
});
