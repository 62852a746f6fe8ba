import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { Stockwarden } from "../../src/client/client.ts";
import { createApp } from "../../src/app.ts";
import { openApiOf, openApiPath } from "../../src/http/kit/openapi-document.ts";
import { ROUTES } from "../../src/http/routes/index.ts";

const document = await openApiOf(ROUTES);
const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

describe("the OpenAPI document", () => {
  it("is clean for a public linter with its recommended rules", async () => {
    const problems = await lintFromString({
      source: JSON.stringify(document),
      config: await createConfig({ extends: ["recommended"] }),
    });
    expect(
      problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ""}`),
    ).toEqual([]);
  });

  it("knows every route that the app serves, and no other", () => {
    // Middleware and the answers to wrong methods are mounted for all methods.
    const served = createApp(ROUTES)
      .routes.filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${openApiPath(path)}`);
    expect([...new Set(served)].toSorted()).toEqual(documented.toSorted());
  });

  const scopesOf = ({ scope }: (typeof ROUTES)[number]): string[] => (scope === "any" ? [] : [scope]);

  it("says of every guarded route which scope it asks for, and of no open one", () => {
    for (const route of ROUTES) {
      const operation = document.paths[openApiPath(route.path)]?.[route.method.toLowerCase()];
      expect(operation?.security, route.path).toEqual(
        route.scope === "open" ? [] : [{ bearer: scopesOf(route) }, { apiKey: scopesOf(route) }],
      );
    }
  });

  it("says of every route that is done once that its key may clash, or still be at work", () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const once = operations.filter(({ parameters }) => parameters?.some(({ name }) => name === "Idempotency-Key"));
    expect(once.length).toBeGreaterThan(15);
    const said = once.map(({ responses }) => `${responses["422"]?.description} ${responses["409"]?.description}`);
    const silent = once.filter(
      (_, at) => !said[at]!.includes("idempotency_mismatch") || !said[at]!.includes("idempotency_in_progress"),
    );
    // A batch answers each trigger by itself.
    expect(silent.map(({ operationId }) => operationId)).toEqual([
      "post_inventory_triggers",
      "post_import_inventory_triggers",
    ]);
  });

  it("says in JSON Schema's words what a sender must keep to, so a generated client knows it, too", () => {
    const parameter = (path: string, named: string) =>
      document.paths[path]!["get"]!.parameters!.find(({ name }) => name === named)!.schema;
    expect(parameter("/stores", "limit")).toEqual({ type: "integer", minimum: 1, maximum: 200, default: 50 });
    expect(parameter("/stores/{store_id}", "store_id")).toMatchObject({ minLength: 1, maxLength: 128 });
    const schemas = document.components.schemas as Record<string, { properties: Record<string, unknown> }>;
    expect(schemas["EventSettings"]!.properties["from"]).toMatchObject({ type: "string", format: "date" });
    expect(JSON.stringify(schemas["StoreSettings"]!.properties["open_days"])).toContain('"uniqueItems":true');
  });

  it("says that a store may not be found, wherever the body names one that a key may not see", () => {
    const schemas = document.components.schemas;
    const bodies = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map(({ requestBody, responses }) => {
        const { schema } = (requestBody?.content["application/json"] ?? {}) as { schema?: { $ref?: string } };
        const shape = schema?.$ref === undefined ? schema : schemas[schema.$ref.split("/").at(-1)!];
        return { path, shape, notFound: responses["404"]?.description };
      }),
    );
    const named = bodies.filter(({ shape }) => JSON.stringify(shape ?? {}).includes('"properties":{"store_id"'));
    const one = bodies.find(({ path }) => path === "/inventory-trigger")!;
    expect(named.length).toBeGreaterThan(1);
    for (const { path, notFound } of [one, ...named]) expect(notFound, path).toContain("`not_found`");
  });

  it("closes what is sent, and leaves answers open for fields to come", () => {
    expect(document.components.schemas["Trigger"]).toMatchObject({ additionalProperties: false });
    for (const answer of ["Workflow", "PurchaseOrder", "Store"])
      expect(document.components.schemas[answer]).not.toHaveProperty("additionalProperties");
  });

  it("is spoken whole by the typed client", async () => {
    const asked: string[] = [];
    const stock = new Stockwarden({
      url: "http://localhost",
      key: "k",
      fetch: async (request) => {
        asked.push(`${request.method} ${new URL(request.url).pathname}`);
        return Response.json({});
      },
    });
    for (const name of methodsOf(stock)) {
      const method: unknown = Reflect.get(stock, name);
      if (name === "constructor" || typeof method !== "function") continue;
      const call: unknown = Reflect.apply(method, stock, name === "triggers" ? [[]] : ["a", "b", "c", "d"]);
      if (name === "triggers") await (call as AsyncIterator<unknown>).next().catch(() => undefined);
      else await call;
    }
    const isSpoken = (operation: string): boolean => {
      const shape = new RegExp(`^${operation.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
      return asked.some((one) => shape.test(one));
    };
    const forPrograms = ROUTES.filter(({ scope }) => scope !== "open" && scope !== "metrics")
      .map(({ method, path }) => `${method} ${openApiPath(path)}`)
      .filter((operation) => operation !== "POST /mcp");
    expect(forPrograms.filter((operation) => !isSpoken(operation))).toEqual([]);
  });

  it("takes null for every field of a body that may be left out", () => {
    const strict = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody }]) =>
        Object.values(requestBody?.content ?? {}).flatMap(({ schema }: any) =>
          refusesNull(schema).map((field) => `${method.toUpperCase()} ${path} ${field}`),
        ),
      ),
    );
    expect(strict).toEqual([]);
  });

  it("takes its bodies from the schemas that validate", () => {
    const { schemas } = document.components;
    expect(schemas.Trigger).toMatchObject({
      additionalProperties: false,
      required: ["product_id", "current_stock"],
    });
  });
});

/** The fields of a body, at any depth, that may be absent and yet not null. */
function refusesNull(sent: any, at = ""): string[] {
  const schema = resolved(sent);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const fields = Object.entries<any>(schema.properties ?? {});
  return [
    ...parts.flatMap((part) => refusesNull(part, at)),
    ...(schema.items === undefined ? [] : refusesNull(schema.items, `${at}/0`)),
    ...fields.flatMap(([name, field]) => [
      ...(schema.required?.includes(name) || takesNull(field) ? [] : [`${at}/${name}`]),
      ...refusesNull(field, `${at}/${name}`),
    ]),
  ];
}

function takesNull(sent: any): boolean {
  const schema = resolved(sent);
  return [schema.type].flat().includes("null") || [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some(takesNull);
}

function resolved(schema: any): any {
  return schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.split("/").at(-1)];
}

/** With those that its class inherits. */
function methodsOf(object: object): string[] {
  const names: string[] = [];
  for (let at: object = Object.getPrototypeOf(object); at !== Object.prototype; at = Object.getPrototypeOf(at))
    names.push(...Object.getOwnPropertyNames(at));
  return names;
}
