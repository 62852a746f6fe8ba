/**
 * Makes a small value that fits a JSON schema, for the API page: required properties and little else. A request with it
 * is accepted (`test/edge/http/documented.test.ts`).
 */

export type Json = Readonly<Record<string, unknown>>;

const DEEPEST = 6;
const BY_FORMAT: Readonly<Record<string, string>> = {
  date: "2026-12-03",
  "date-time": "2026-11-29T06:00:00Z",
  email: "ana@example.com",
  uri: "https://example.com/hook",
};

/** `schemas`: what `$ref` points to. */
export function exampleOf(schema: unknown, schemas: Json, depth = 0): unknown {
  const { $ref, enum: values, const: only, examples, anyOf, oneOf, allOf, type, ...rest } = (schema ?? {}) as Json;
  if (depth > DEEPEST) return null;
  if (typeof $ref === "string") return exampleOf(schemas[$ref.split("/").at(-1) ?? ""], schemas, depth + 1);
  if (Array.isArray(examples)) return examples[0];
  if (rest["default"] !== undefined && rest["default"] !== null) return rest["default"];
  if (only !== undefined) return only;
  if (Array.isArray(values)) return values[0];
  for (const choice of [anyOf, oneOf, allOf])
    if (Array.isArray(choice))
      return exampleOf(choice.find((one) => (one as Json)["type"] !== "null") ?? choice[0], schemas, depth + 1);
  switch (Array.isArray(type) ? type[0] : type) {
    case "object":
      return objectExample(rest, schemas, depth);
    case "array":
      return rest["items"] === undefined
        ? []
        : Array(Number(rest["minItems"]) || 1).fill(exampleOf(rest["items"], schemas, depth + 1));
    case "integer":
    case "number":
      return numberExample(rest);
    case "boolean":
      return true;
    case "string":
      return BY_FORMAT[String(rest["format"])] ?? "text";
    default:
      return null;
  }
}

/** The required properties, the first two where none is, and those that are required of what is new. */
function objectExample(schema: Json, schemas: Json, depth: number): Json {
  const properties = (schema["properties"] ?? {}) as Json;
  const required = (schema["required"] ?? []) as readonly string[];
  const shown = required.length > 0 ? required : Object.keys(properties).slice(0, 2);
  const names = new Set([...shown, ...NEEDED_WHEN_NEW.filter((name) => name in properties)]);
  return Object.fromEntries(
    [...names].map((name) => [name, NAMED[name] ?? exampleOf(properties[name], schemas, depth + 1)]),
  );
}

/** A schema lets them be left out, since what is stored may have them. */
const NEEDED_WHEN_NEW = ["safety_stock_level", "multiplier", "secret", "secrets"];

/** Names that say more than their type. */
const NAMED: Json = {
  product_id: "SKU-1",
  store_id: "tokyo-3",
  supplier_id: "uji-tea",
  current_stock: 12,
  safety_stock_level: 40,
  name: "Green tea",
  time_zone: "Asia/Tokyo",
  through: "2026-11-28",
  reviewer: "ana@example.com",
  domain: "my-shop.myshopify.com",
  secret: "a-secret-of-both-sides",
  secrets: ["a-secret-of-both-sides"],
};

/** Of bodies without a schema, by the last part of their path. */
const ROWS: Readonly<Record<string, string>> = {
  forecasts: "date,mean\n2026-12-03,12",
  history: "date,units\n2026-11-28,9",
  catalogue: "product_id,name,pack_size\nSKU-1,Green tea,12",
  sales: "product_id,date,units\nSKU-1,2026-11-28,9",
};

/** For a path that takes CSV. */
export function rowsExample(path: string): string {
  return ROWS[/(\w+)(\/\{\w+\})?$/.exec(path)![1]!] ?? "…";
}

function numberExample(schema: Json): number {
  const least = Number(schema["minimum"] ?? schema["exclusiveMinimum"] ?? 1);
  return Math.max(1, Number.isFinite(least) ? Math.ceil(least) : 1);
}

/** For a path: a placeholder that shows what belongs there. */
export function pathExample(name: string): string {
  return String(NAMED[name] ?? `{${name}}`);
}
