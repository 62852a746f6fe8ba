import { beforeAll, expect, it } from "vitest";
import readme from "../../../README.md?raw";
import apiPage from "../../../docs/api.md?raw";
import connectPage from "../../../docs/connect.md?raw";
import mcpPage from "../../../docs/mcp.md?raw";
import peoplePage from "../../../docs/people.md?raw";
import runsPage from "../../../docs/runs.md?raw";
import worldPage from "../../../docs/world.md?raw";
import { docsPage } from "../../../src/http/pages/docs/docs-page.ts";
import { openApiOf, openApiPath, type OpenApiDocument } from "../../../src/http/kit/openapi-document.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { furnish } from "../support/furnished.ts";
import { withKey } from "../support/keys.ts";
import { askQuietly } from "../support/quiet-app.ts";
import { ROOT_KEY, useWorld } from "../support/world.ts";

useWorld();

const PAGES_WITH_COMMANDS = [readme, apiPage, connectPage, mcpPage, peoplePage, runsPage, worldPage];
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

/** A page's form, a shop's signature and a protocol have senders of their own; nobody can make up an object's id. */
const NOT_BY_HAND =
  /^\/(import|inbox|items|decisions|orders|order-link|review|sign-in|slack|connect|mcp|projections)\b/;
const COMMAND = /^curl +(?:-X (?<method>[A-Z]+) +)?"?(?:\$URL|localhost:8787)(?<path>[^"\s]*)"?(?<rest>[^]*)$/;
const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#39;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};
const ITS_FILE = "date,units\n2026-11-28,9";

/** Fields of an answer that its operation does not list. */
function unlistedOf(method: string, path: string, answer: Response, text: string): string[] {
  if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("application/json")) return [];
  const [place] = path.split("?");
  const listed = Object.keys(document.paths)
    .filter((each) => new RegExp(`^${each.replaceAll(/\{[^}]*\}/g, "[^/]+")}$`).test(place!))
    .map((each) => document.paths[each]![method.toLowerCase()]?.responses[answer.status]?.content)
    .find((content) => content !== undefined);
  const { schema = { properties: {} } } = (listed?.["application/json"] ?? {}) as { readonly schema?: Schema };
  return unlistedIn(JSON.parse(text), schema, `${method} ${place} `);
}

/** What the service says against it; null where it is accepted, or its placeholders name nothing. */
async function refusalOf(command: string): Promise<string | null> {
  const { method = "GET", path, rest } = COMMAND.exec(command)!.groups as Record<string, string>;
  if (NOT_BY_HAND.test(path!)) return null;
  const type = /-H ["']Content-Type: ([^"']*)["']/.exec(rest!)?.[1];
  const body = /-d '([^']*)'/.exec(rest!)?.[1] ?? (rest!.includes("@sales.csv") ? ITS_FILE : null);
  const headers = { ...withKey(ROOT_KEY), ...(type === undefined ? {} : { "Content-Type": type }) };
  const answer = await askQuietly(method, path!, headers, body);
  const text = await answer.text();
  const isRefused = [400, 413, 415, 422].includes(answer.status) || text.includes('"code":"validation_failed"');
  const unlisted = unlistedOf(method, path!, answer, text);
  return isRefused || unlisted.length > 0 ? `${command}\n${unlisted.join(" ")} ${text.slice(0, 500)}` : null;
}

async function refusalsOf(commands: readonly string[]): Promise<string[]> {
  const refusals: string[] = [];
  for (const command of commands) refusals.push((await refusalOf(command)) ?? "");
  return refusals.filter((refusal) => refusal !== "");
}

it("a request copied from the reference page is accepted, but for what its placeholders name", async () => {
  const commands = [...docsPage(document).matchAll(/<pre[^>]*>(curl [^]*?)<\/pre>/g)].map(([, text]) =>
    text!.replaceAll(/&#?\w+;/g, (entity) => ENTITIES[entity] ?? entity),
  );
  expect(commands.filter((command) => command.includes("-d '")).length).toBeGreaterThan(40);
  expect(await refusalsOf(commands)).toEqual([]);
});

it("a batch that is sent again answers with fields that the document lists", async () => {
  const headers = { ...withKey(ROOT_KEY), "Content-Type": "application/json", "Idempotency-Key": "batch-1" };
  const body = JSON.stringify({ triggers: [{ product_id: "SKU-1", current_stock: 90, safety_stock_level: 40 }, {}] });
  for (const isReplayed of [undefined, true]) {
    const answer = await askQuietly("POST", "/inventory-triggers", headers, body);
    const text = await answer.text();
    const { results } = JSON.parse(text) as { results: { idempotency_replayed?: boolean; problem?: unknown }[] };
    expect(results[0]!.idempotency_replayed).toBe(isReplayed);
    expect(unlistedOf("POST", "/inventory-triggers", answer, text)).toEqual([]);
  }
});

it("a request copied from the README or another page is accepted as it is written", async () => {
  const commands = PAGES_WITH_COMMANDS.flatMap((page) => [...page.matchAll(/^curl [^]*?(?=^curl |^```|^#)/gm)])
    .map(([command]) => command)
    // Secrets and ids of the reader's own, and headers that a line before has.
    .filter((command) => !command.includes("…") && !command.includes("$WORKFLOW_ID"));
  expect(commands.length).toBeGreaterThan(7);
  expect(await refusalsOf(commands)).toEqual([]);
});
