/** The Worker's entry: requests, the sweep, and the Durable Object classes. */
import { createApp } from "./app.ts";
import type { Env } from "./env.ts";
import { sweep } from "./http/sweep.ts";

export { ItemObject } from "./item/item.ts";
export { CollectorObject } from "./storage/collector.ts";

const app = createApp();

export default {
  fetch: app.fetch,
  async scheduled(_controller, env) {
    await sweep(env, Date.now());
  },
} satisfies ExportedHandler<Env>;
