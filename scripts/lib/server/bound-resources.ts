/** What `wrangler.toml` binds, checked before an upload: every name the Worker uses, and ids that are ids. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SETTING_NAMES } from "../../../src/config/settings-schema.ts";
import { StartupProblem } from "../command/startup-problem.ts";
import { ROOT } from "./wrangler-process.ts";

/** 32 hex digits; D1's are written with dashes. */
const ID = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/u;

/**
 * A renamed binding deploys well and fails in the first request; Cloudflare refuses a placeholder of an id only after
 * the whole upload, and does not say where it is.
 */
export function refuseUnfitResources(config = join(ROOT, "wrangler.toml")): void {
  const text = readFileSync(config, "utf8");
  const bound = new Set(valuesOf(text, "binding|name").map(([, value]) => value));
  const missing = neededBindings().filter((name) => !bound.has(name));
  if (missing.length > 0)
    throw new StartupProblem(
      `wrangler.toml binds nothing as ${missing.join(", ")}: the code asks for these names. Call the ` +
        `${missing.length === 1 ? "binding" : "bindings"} so again; what a resource itself is called does not matter.`,
    );
  const wrong = valuesOf(text, "(?:database_)?id").filter(([, id]) => !ID.test(id));
  if (wrong.length === 0) return;
  throw new StartupProblem(
    `wrangler.toml has ${wrong.map(([name, id]) => `${name} = "${id}"`).join(" and ")}: an id has 32 hex digits. ` +
      "Write the one that Wrangler printed when it made the resource (`npx wrangler kv namespace list`, " +
      "`npx wrangler d1 list`, `npx wrangler hyperdrive list`), or leave it out: the first deploy makes KV and D1.",
  );
}

function valuesOf(toml: string, names: string): (readonly [name: string, value: string])[] {
  const lines = toml.matchAll(new RegExp(String.raw`^\s*(${names})\s*=\s*["']([^"']*)["']`, "gmu"));
  return [...lines].map(([, name, value]) => [name!, value!] as const);
}

/** Those that the Deploy button describes; settings are described there as well. */
function neededBindings(): string[] {
  const { cloudflare } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    cloudflare: { bindings: Record<string, unknown> };
  };
  return Object.keys(cloudflare.bindings).filter((name) => !SETTING_NAMES.includes(name));
}
