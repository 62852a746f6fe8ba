import { beforeAll, expect, it } from "vitest";
import { openApiOf, openApiPath, type OpenApiDocument } from "../../../src/http/kit/openapi-document.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { furnish } from "../support/furnished.ts";
import { withKey } from "../support/keys.ts";
import { askQuietly } from "../support/quiet-app.ts";
import { ROOT_KEY, useWorld } from "../support/world.ts";

useWorld();

const FROM_OUR_PAGE = { "Sec-Fetch-Site": "same-origin" };
const NAMES = ["NEW", "%00", "x".repeat(300), `${"0".repeat(64)}-1`];

let document: OpenApiDocument;
beforeAll(async () => {
  document = await openApiOf(ROUTES);
});

/** Everything that a client may get wrong before its request does anything. */
function headersOf(type: string | undefined): Readonly<Record<string, string>>[] {
  const content = type === undefined ? {} : { "Content-Type": type };
  return [
    content,
    { ...withKey("sw_unknown"), ...content },
    { ...withKey(ROOT_KEY), ...content },
    { ...withKey(ROOT_KEY), ...content, ...FROM_OUR_PAGE },
    { Accept: "text/html,*/*;q=0.8", ...content },
    ...(type === undefined ? [] : [{ ...withKey(ROOT_KEY), "Content-Type": "image/png", ...FROM_OUR_PAGE }]),
  ];
}

it("every answer has a status and a media type that the OpenAPI document lists for its route", async () => {
  const unlisted: string[] = [];
  for (const { method, path } of ROUTES) {
    const operation = document.paths[openApiPath(path)]![method.toLowerCase()]!;
    const type = Object.keys(operation.requestBody?.content ?? {})[0];
    for (const name of path.includes(":") ? NAMES : [""]) {
      for (const headers of headersOf(type ?? (path === "/mcp" ? "text/plain" : undefined))) {
        const at = `${path.replaceAll(/:\w+(\{[^}]*\})?/gu, name)}${method === "GET" ? "?limit=0" : ""}`;
        const answer = await askQuietly(method, at, headers, method === "GET" || type === undefined ? null : "[]");
        const given = (answer.headers.get("Content-Type") ?? "").split(";")[0]!;
        const text = await answer.text();
        const listed = operation.responses[answer.status];
        const isListed = text === "" ? listed !== undefined : listed?.content?.[given] !== undefined;
        if (answer.status === 401) expect(answer.headers.get("WWW-Authenticate"), path).toContain("Bearer");
        if (!isListed) unlisted.push(`${method} ${path} ${answer.status} ${given} (${JSON.stringify(headers)})`);
      }
    }
  }
  expect([...new Set(unlisted)]).toEqual([]);
});

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Places of a value whose fields its schema does not list. */
function unlistedIn(value: unknown, schema: Schema, at: string): string[] {
  if (schema.$ref !== undefined) {
    const named = document.components.schemas[schema.$ref.split("/").at(-1)!] as Schema;
    return unlistedIn(value, named, at);
  }
  // One that fits is enough: the others are null, or another shape.
  if (schema.anyOf !== undefined) {
    const each = schema.anyOf.map((choice) => unlistedIn(value, choice, at));
    return each.toSorted((a, b) => a.length - b.length)[0]!;
  }
  if (Array.isArray(value)) return value.flatMap((item) => unlistedIn(item, schema.items ?? {}, `${at}[]`));
  if (value === null || typeof value !== "object" || schema.properties === undefined) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const listed = schema.properties![name];
    return listed === undefined ? [`${at}.${name}`] : unlistedIn(field, listed, `${at}.${name}`);
  });
}

it("every field of what is read is in the OpenAPI document, so a generated client has a type for it", async () => {
  const placeOf = await furnish();
  const unlisted: string[] = [];
  let read = 0;
  for (const route of ROUTES.filter(({ method }) => method === "GET")) {
    const answer = await askQuietly("GET", placeOf(route), withKey(ROOT_KEY));
    const listed = document.paths[openApiPath(route.path)]!["get"]!.responses[answer.status]?.content;
    const { schema } = (listed?.["application/json"] ?? {}) as { readonly schema?: Schema };
    const text = await answer.text();
    if (schema === undefined || !answer.headers.get("Content-Type")!.startsWith("application/json")) continue;
    unlisted.push(...unlistedIn(JSON.parse(text), schema, `GET ${route.path} `));
    read++;
  }
  expect(read).toBeGreaterThan(25);
  expect([...new Set(unlisted)]).toEqual([]);
});
