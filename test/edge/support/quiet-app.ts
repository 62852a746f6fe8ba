/**
 * The app over the real bindings, for tens of thousands of requests: without its request log, and with a rate counter
 * that always says yes, in place of the platform's. The limits have a test of their own.
 */
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createApp } from "../../../src/app.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";

/** Of its own, since the isolate remembers addresses whose keys failed in other tests. */
const ADDRESS = "192.0.2.25";
const app = createApp(ROUTES);
const unlimited = { limit: async () => ({ success: true }) };
const quiet = { ...env, LOG_LEVEL: "error", LIMITER: unlimited, LIMITER_BULK: unlimited, AUTH_LIMITER: unlimited };

export async function askQuietly(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: BodyInit | null = null,
): Promise<Response> {
  return app.fetch(
    new Request(`http://localhost:8787${path}`, { method, headers: { "CF-Connecting-IP": ADDRESS, ...headers }, body }),
    quiet,
    createExecutionContext(),
  );
}
