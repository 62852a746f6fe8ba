/** Ids of databases, namespaces and Hyperdrives that somebody wrote into `wrangler.toml`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StartupProblem } from "../command/startup-problem.ts";
import { ROOT } from "./wrangler-process.ts";

/** 32 hex digits; D1's are written with dashes. */
const ID = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/u;

/** Cloudflare refuses a placeholder only after the whole upload, and without a word of where it is. */
export function refusePlaceholderIds(config = join(ROOT, "wrangler.toml")): void {
  const wrong = [...readFileSync(config, "utf8").matchAll(/^\s*((?:database_)?id)\s*=\s*["']([^"']*)["']/gmu)]
    .filter(([, , id]) => !ID.test(id!))
    .map(([, name, id]) => `${name} = "${id}"`);
  if (wrong.length === 0) return;
  throw new StartupProblem(
    `wrangler.toml has ${wrong.join(" and ")}: an id has 32 hex digits. Write the one that Wrangler printed when it ` +
      "made the resource (`npx wrangler kv namespace list`, `npx wrangler d1 list`, `npx wrangler hyperdrive list`), " +
      "or leave the line out: the first deploy makes KV and D1.",
  );
}
