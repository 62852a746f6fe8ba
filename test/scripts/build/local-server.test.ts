import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLocalServer } from "../../../scripts/lib/server/local-server.ts";

let folder = "";
let other: Server;
let port = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-server-"));
  other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});

afterEach(() => {
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a local server", () => {
  it("does not start on a taken port, says which to choose and leaves no state", async () => {
    await expect(startLocalServer({ port, persistTo: folder })).rejects.toThrow(
      `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start.`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it("does not start with a half-set configuration and names what is missing", async () => {
    await expect(
      startLocalServer({ persistTo: folder, env: { WEBHOOK_URL: "https://shop.example.com/hook" } }),
    ).rejects.toThrow(/WEBHOOK_SECRET is not set/u);
  });
});
