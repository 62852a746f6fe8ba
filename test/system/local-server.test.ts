import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/local-server.ts";
import { isTaken } from "../../scripts/ports.ts";

let folder = "";
let server: LocalServer | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-server-"));
});

afterEach(async () => {
  await server?.kill();
  server = null;
  rmSync(folder, { recursive: true, force: true });
});

describe("a local server", () => {
  it("comes back after a crash on the same port, with the same key and state", async () => {
    const first = await startLocalServer({ persistTo: folder });
    await first.kill();
    expect(await isTaken(first.port)).toBe(false);
    server = await startLocalServer({ persistTo: folder, port: first.port });
    expect(server.key).toBe(first.key);
    const response = await fetch(`${server.url}/reviews?status=pending`, { headers: { authorization: `Bearer ${server.key}` } });
    expect(response.status).toBe(200);
    await response.text();
  });

  it("keeps its folder to itself", async () => {
    server = await startLocalServer({ persistTo: folder });
    await expect(startLocalServer({ persistTo: folder })).rejects.toThrow(`in use by the Stockwarden at ${server.url}`);
    expect(await isTaken(server.port)).toBe(true);
  });

  it("answers misconfigured when a test wants that", async () => {
    server = await startLocalServer({ persistTo: folder, env: { SLACK_BOT_TOKEN: "xoxb-1" }, allowMisconfigured: true });
    const response = await fetch(`${server.url}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("SLACK_SIGNING_SECRET");
  });

  it("passes a setting on as it was written, dollar signs and quotes included", async () => {
    const key = `it's $HOME and \${PATH}`;
    server = await startLocalServer({ persistTo: folder, env: { API_KEY: key } });
    const response = await fetch(`${server.url}/reviews?status=pending`, { headers: { "x-api-key": key } });
    expect(response.status).toBe(200);
    await response.text();
  });
});
