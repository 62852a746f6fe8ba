import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Generous on purpose: the machine that runs these may be busy, and speed is judged in benchmarks. */
const TEST_TIMEOUT_MS = 120_000;

export default defineConfig(async () => ({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          environment: "node",
          include: ["test/{replenishment,workflow,scripts,review,pages}/**/*.test.ts"],
          testTimeout: TEST_TIMEOUT_MS,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations("migrations"),
              },
            },
          }),
        ],
        test: { name: "edge", include: ["test/edge/**/*.test.ts"], testTimeout: TEST_TIMEOUT_MS },
      },
      {
        test: {
          name: "system",
          environment: "node",
          include: ["test/system/**/*.test.ts"],
          testTimeout: TEST_TIMEOUT_MS,
          hookTimeout: TEST_TIMEOUT_MS,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "browser",
          environment: "node",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: TEST_TIMEOUT_MS,
          hookTimeout: TEST_TIMEOUT_MS,
          fileParallelism: false,
        },
      },
    ],
  },
}));
