import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Generous on purpose: the machine that runs these may be busy, and speed is judged in benchmarks. */
const TEST_TIMEOUT_MS = 120_000;

export default defineConfig(async () => ({
  test: {
    // A crash test provokes errors by the dozen: logs are worth reading where a test failed.
    silent: "passed-only" as const,
    projects: [
      {
        test: {
          name: "pure",
          environment: "node",
          include: ["test/{replenishment,world,workflow,adviser,scripts,review,ui}/**/*.test.ts"],
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
                API_KEY: "test-root-key-0123456789abcdefghij",
                KEY_PEPPER: "test-pepper-0123456789abcdefghijkl",
                LINK_SECRET: "test-link-secret-0123456789abcdefg",
                PUBLIC_URL: "http://localhost:8787",
                // Logs are tested where they are asked for; elsewhere they would drown the report.
                LOG_LEVEL: "error",
              },
              // No test reaches a network: a request that would leave fails by name.
              outboundService: (request: { url: string }) => {
                throw new Error(`a test reached for ${request.url}`);
              },
            },
          }),
        ],
        test: {
          name: "edge",
          include: ["test/edge/**/*.test.ts"],
          testTimeout: TEST_TIMEOUT_MS,
          // Emptying the world after a test of five hundred objects takes its time.
          hookTimeout: TEST_TIMEOUT_MS,
          // Its files are ES modules in a package that does not say so: workerd takes them only bundled.
          server: { deps: { inline: ["itty-durable"] } },
        },
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
    ],
  },
}));
