import { defineConfig } from "vitest/config";

/** A minute of scraping, two starts of the server, and a busy machine. */
const TEST_TIMEOUT_MS = 300_000;

/** Apart from the other tests, since it needs a Prometheus: `npm run test:prometheus`. */
export default defineConfig({
  test: {
    environment: "node",
    include: ["test/prometheus/**/*.test.ts"],
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    // The files wait most of the time: for scrapes, a cut-off, and for windows of rules to pass.
    maxWorkers: 2,
  },
});
