import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { freePort } from "./scripts/lib/server/ports.ts";
import { eagerImports } from "./test/support/eager-imports.ts";
import { testUrl } from "./test/support/peers/postgres-server.ts";

/** Generous on purpose: the machine that runs these may be busy. */
const TEST_TIMEOUT_MS = 300_000;

/** Apart from the other tests, since it needs a PostgreSQL (Debian's, or one on the path): `npm run test:postgres`. */
export default defineConfig(async () => {
  const port = await freePort();
  return {
    test: {
      silent: "passed-only" as const,
      // Here and not in the project that uses it, whose modules are resolved for workerd.
      globalSetup: ["test/postgres/server.ts"],
      provide: { postgresPort: port },
      projects: [
        {
          plugins: [
            eagerImports(),
            cloudflareTest({
              wrangler: { configPath: "./wrangler.toml" },
              miniflare: {
                hyperdrives: { HYPERDRIVE: testUrl(port) },
                bindings: {
                  API_KEY: "test-root-key-0123456789abcdefghij",
                  PUBLIC_URL: "http://localhost:8787",
                  LOG_LEVEL: "error",
                },
              },
            }),
          ],
          test: {
            name: "storage",
            include: ["test/postgres/storage.test.ts"],
            testTimeout: TEST_TIMEOUT_MS,
            hookTimeout: TEST_TIMEOUT_MS,
            server: { deps: { inline: ["itty-durable"] } },
          },
        },
        {
          test: {
            name: "service",
            environment: "node",
            include: ["test/postgres/{service,migrate,cut-over}.test.ts"],
            testTimeout: TEST_TIMEOUT_MS,
            hookTimeout: TEST_TIMEOUT_MS,
          },
        },
      ],
    },
  };
});
