/**
 * A server without special settings for the system tests that need no other: the test files of one worker process share
 * it, one after the other, each with stores of its own. It starts when the first of them asks, and ends with the
 * process.
 */
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";

export interface PlainServer extends LocalServer {
  readonly persistTo: string;
}

let started: Promise<PlainServer> | null = null;

export function plainServer(): Promise<PlainServer> {
  started ??= start();
  return started;
}

async function start(): Promise<PlainServer> {
  const persistTo = mkdtempSync(join(inject("plainServers"), "state-"));
  return { ...(await startLocalServer({ persistTo })), persistTo };
}
