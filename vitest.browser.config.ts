import { defineConfig } from "vitest/config";

/** A browser, a server and every peer on one busy machine. */
const TEST_TIMEOUT_MS = 300_000;

/**
 * Apart from the other tests, since it needs a Chromium (Debian's, or the one that CHROMIUM names):
 * `npm run test:browser`.
 */
export default defineConfig({
  test: {
    environment: "node",
    include: ["test/browser/**/*.test.ts"],
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    maxWorkers: 2,
  },
});
