/**
 * Leaves out of zod what no schema of ours or of the MCP SDK asks for: its methods for formats of texts that occur
 * nowhere here, with what they are made of; code made from text, which Workers refuse to run; what follows circles in
 * a value, which JSON has none of; and what JSON Schemas are made by. An isolate makes fewer classes, and a schema is
 * made of fewer parts. Lines stay those of the source.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Methods of zod's schemas; `lean-zod.test.ts` finds each there, and `built-worker.test.ts` no call of one. */
export const UNCALLED: readonly string[] = [
  "email jwt emoji guid uuid uuidv4 uuidv6 uuidv7 nanoid cuid cuid2 ulid",
  "base64 base64url xid ksuid ipv4 ipv6 cidrv4 cidrv6 e164 slugify",
  "lowercase uppercase nonempty exactOptional nonoptional and prefault overwrite",
  "required exactPartial brand isOptional isNullable validateAsync decodeAsync encodeAsync",
  "safeEncode safeDecode safeEncodeAsync safeDecodeAsync passthrough keyof gte lte",
  "readonly multipleOf step",
].flatMap((names) => names.split(" "));

/** Each matches in zod; what comes in its place may refer to its groups. */
export const REPLACED: readonly (readonly [RegExp, string])[] = [
  // The names of a module instead of an object of them all, of which nothing could be left out.
  [/(?<=\{ util \} from ).+/, '"../core/util.js";'],
  [/\{ util \}(?= from)/, "* as util"],
  [/\bcore\.util\./g, "util."],
  [/core\.\$ZodObjectJIT\b/g, "core.$ZodObject"],
  [/^ {4}_ensureDefaultMemoizer\(\);$/gm, ""],
  [/^ {4}inst\._zod\.processJSONSchema = .*;$/gm, ""],
];

const SCHEMAS = /\/node_modules\/zod\/v4\/classic\/schemas\.js$/;

export const leanZod: Plugin = {
  name: "lean-zod",
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => ({ contents: lean(await readFile(path, "utf8")) }));
  },
};

export function lean(source: string): string {
  const replaced = REPLACED.reduce((text, [from, to]) => text.replaceAll(new RegExp(from, "gm"), to), source);
  return UNCALLED.reduce((text, name) => text.replaceAll(method(name), onlyLines), replaced);
}

/** A method in a literal, as zod's sources are formatted. */
export function method(name: string): RegExp {
  return new RegExp(`^ {4}(?:async )?${name}(?:\\(|: (?:async )?function ).*\\n(?: {8}.*\\n)* {4}\\},$`, "gm");
}

function onlyLines(text: string): string {
  return text.replaceAll(/.+/g, "");
}
