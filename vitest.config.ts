import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { eagerImports } from "./test/support/eager-imports.ts";
import { LONG_SYSTEM_TESTS } from "./test/support/long-tests.ts";
import { WhereTimeWent } from "./test/support/where-time-went.ts";

/** `npm run test:thorough`: every system test, and full counts (test/support/counts.ts). */
const thorough = process.env.THOROUGH === "1";

/** Generous on purpose: the machine that runs these may be busy, and speed is judged in benchmarks. */
const TEST_TIMEOUT_MS = 120_000;
/** A server may take a minute to start beside others, and some tests start it again. */
const SYSTEM_TIMEOUT_MS = 600_000;

const FIXED_SEED = ["test/support/fixed-seed.ts"];
const SEED = 20_261_129;

/** Of properties; see test/support/fixed-seed.ts. */
function seedOf(setting: string | undefined): number | null {
  return setting === "random" ? null : Number(setting ?? SEED);
}

export default defineConfig(async () => ({
  test: {
    // A crash test provokes errors by the dozen: logs are worth reading where a test failed.
    silent: "passed-only" as const,
    // In CI, where each run's time is watched.
    ...(process.env.CI === undefined ? {} : { reporters: ["default", new WhereTimeWent()] }),
    provide: { thorough, seed: seedOf(process.env.SEED), makeFixture: process.env.MAKE_FIXTURE === "1" },
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "pure",
          environment: "node",
          include: ["test/**/*.test.ts"],
          // Those have a project or a configuration of their own.
          exclude: ["test/{edge,system,browser,postgres,prometheus,commerce}/**"],
          setupFiles: FIXED_SEED,
          testTimeout: TEST_TIMEOUT_MS,
          hookTimeout: TEST_TIMEOUT_MS,
          // Pure tests leave nothing behind, so their files share two processes and the modules in them.
          isolate: false,
        },
      },
      {
        plugins: [
          eagerImports(),
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
          setupFiles: FIXED_SEED,
          testTimeout: TEST_TIMEOUT_MS,
          // Emptying the world after a test of five hundred objects takes its time.
          hookTimeout: TEST_TIMEOUT_MS,
          // Two runtimes share the files: `useWorld` empties them after each test.
          isolate: false,
          // Its files are ES modules in a package that does not say so: workerd takes them only bundled.
          server: { deps: { inline: ["itty-durable"] } },
        },
      },
      {
        test: {
          name: "system",
          environment: "node",
          include: ["test/system/**/*.test.ts"],
          exclude: thorough ? [] : LONG_SYSTEM_TESTS,
          setupFiles: FIXED_SEED,
          globalSetup: ["test/support/plain-server-folder.ts"],
          // The files of a process share a server (test/support/plain-server.ts).
          isolate: false,
          testTimeout: SYSTEM_TIMEOUT_MS,
          hookTimeout: SYSTEM_TIMEOUT_MS,
        },
      },
    ],
  },
}));
