import { defineConfig } from "vitest/config";

/** A shop is installed, and two servers run. */
const TEST_TIMEOUT_MS = 480_000;

/** Apart from the other tests, since it installs a commerce server from the registry: `npm run test:commerce`. */
export default defineConfig({
  test: {
    environment: "node",
    include: ["test/commerce/**/*.test.ts"],
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    fileParallelism: false,
  },
});
