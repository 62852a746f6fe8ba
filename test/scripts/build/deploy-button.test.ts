/** Who deploys by the button sees what each binding and secret is for. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };

const bindings: Readonly<Record<string, { readonly description: string }>> = packageJson.cloudflare.bindings;
const wrangler = readFileSync(new URL("../../../wrangler.toml", import.meta.url), "utf8");

it("every binding of wrangler.toml is described, and no other", () => {
  const bound = [...wrangler.matchAll(/^(?:name|binding) = "([A-Z_]+)"$/gmu)].map(([, name]) => name!);
  const secrets = ["API_KEY", "KEY_PEPPER", "LINK_SECRET", "PUBLIC_URL"];
  expect(Object.keys(bindings).toSorted()).toEqual([...bound, ...secrets].toSorted());
});

it("the button asks for what has to be filled in, and ships no value of an example", () => {
  const example = readFileSync(new URL("../../../.dev.vars.example", import.meta.url), "utf8");
  const asked = [...example.matchAll(/^([A-Z_]+)=(.*)$/gmu)].map(([, name, value]) => [name, value]);
  expect(asked).toEqual([
    ["API_KEY", ""],
    ["KEY_PEPPER", ""],
    ["LINK_SECRET", ""],
    ["PUBLIC_URL", ""],
  ]);
});
