import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/**
 * A folder of a test file's own, called for where the file or a `describe` begins. It is removed when the tests are
 * over, after what they registered later: servers in it have stopped by then.
 */
export function ownFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `stockwarden-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}
