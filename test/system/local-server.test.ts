import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { isTaken } from "../../scripts/lib/server/ports.ts";
import { ownFolder } from "../support/own-folder.ts";

/** Everything that a settings file may get wrong. */
const KEY = `it's-$HOME-and-\${PATH}-#"twice"`;

const folder = ownFolder("server");
let server: LocalServer;

beforeAll(async () => {
  server = await startLocalServer({ persistTo: folder, env: { API_KEY: KEY } });
});

afterAll(async () => {
  await server.kill();
});

/** In order: each start costs seconds, so a test goes on where the one before it left the server. */
describe("a local server", () => {
  it("gets a setting as it was written, dollar signs and quotes included", async () => {
    expect(server.key).toBe(KEY);
    expect(await reviewsStatus()).toBe(200);
  });

  it("keeps its folder to itself", async () => {
    await expect(startLocalServer({ persistTo: folder })).rejects.toThrow(`in use by the Stockwarden at ${server.url}`);
    expect(await isTaken(server.port)).toBe(true);
  });

  it("frees its port when it crashes, and comes back there with its state", async () => {
    const { port } = server;
    await server.kill();
    expect(await isTaken(port)).toBe(false);
    server = await startLocalServer({ persistTo: folder, port, env: { API_KEY: KEY } });
    expect(await reviewsStatus()).toBe(200);
  });

  it("answers misconfigured when a test wants that", async () => {
    await server.stop();
    server = await startLocalServer({
      persistTo: folder,
      env: { SLACK_BOT_TOKEN: "xoxb-1" },
      allowMisconfigured: true,
    });
    const response = await fetch(`${server.url}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("SLACK_SIGNING_SECRET");
  });
});

async function reviewsStatus(): Promise<number> {
  const response = await fetch(`${server.url}/reviews?status=pending`, { headers: { "x-api-key": KEY } });
  await response.text();
  return response.status;
}
