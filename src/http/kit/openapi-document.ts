/** The OpenAPI 3.1 document, made from the route table and from the schemas that validate. */
import * as z from "zod";
import { ProblemAnswer } from "../../api/responses.ts";
import { PROBLEMS, type ProblemCode } from "../../api/problems.ts";
import { ONCE, ONCE_PROBLEMS } from "./once.ts";
import { GROUPS, type Content, type Route, type RouteDocs } from "./route.ts";

type Json = Record<string, unknown>;

export interface OpenApiDocument extends Json {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Json; readonly securitySchemes: Json };
}

export interface OpenApiOperation extends Json {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  /** Scopes by scheme; empty = open. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Json };
  /** By status. */
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}

interface OpenApiParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Json;
}

interface OpenApiResponse {
  readonly description: string;
  readonly content?: Json;
}

const OPEN_PROBLEMS: readonly ProblemCode[] = ["malformed_request", "misconfigured", "unavailable"];
const KEY_PROBLEMS: readonly ProblemCode[] = ["unauthorized", "forbidden", "rate_limited"];
const BODY_PROBLEMS: readonly ProblemCode[] = ["payload_too_large", "unsupported_media_type", "validation_failed"];

export async function openApiOf(routes: readonly Route[]): Promise<OpenApiDocument> {
  const schemas: Json = {};
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: await operationOf(route, schemas) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Stockwarden",
      version: "1",
      summary: "Restock decisions; a person is asked when the service is not sure enough",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: Object.entries(GROUPS).map(([tag, description]) => ({ name: tag, description })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
    },
  };
}

/** `/workflows/:workflow_id` as `/workflows/{workflow_id}`. */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)(\{[^}]*\})?/g, "{$1}");
}

async function operationOf(route: Route, schemas: Json): Promise<OpenApiOperation> {
  const { docs, scope } = route;
  const parameters = [
    ...parametersOf(route.params, "path", schemas),
    ...parametersOf(route.query, "query", schemas),
    ...parametersOf(route.headers, "header", schemas),
  ];
  return {
    operationId: operationId(route),
    summary: docs.summary,
    tags: [docs.group],
    security:
      scope === "open"
        ? []
        : scope === "any"
          ? [{ bearer: [] }, { apiKey: [] }]
          : [{ bearer: [scope] }, { apiKey: [scope] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(docs.body === undefined
      ? {}
      : {
          requestBody: { required: docs.bodyOptional !== true, content: await contentOf(docs.body, "input", schemas) },
        }),
    responses: { ...problemsOf(route, schemas), ...(await answersOf(docs, schemas)) },
  };
}

/** Made from method and path, so renaming a handler keeps it: `get_workflows_workflow_id`. */
function operationId({ method, path }: Route): string {
  return [method.toLowerCase(), ...path.split(/[^\w]+/)].filter(Boolean).join("_");
}

function parametersOf(
  object: z.ZodObject | undefined,
  place: OpenApiParameter["in"],
  schemas: Json,
): OpenApiParameter[] {
  return Object.entries(object?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === "path",
    schema: schemaOf(schema as z.ZodType, "input", schemas),
  }));
}

async function answersOf(docs: RouteDocs, schemas: Json): Promise<OpenApiOperation["responses"]> {
  const answers: Record<string, OpenApiResponse> = {};
  for (const [status, { says, content }] of Object.entries(docs.answers))
    answers[status] = {
      description: says,
      ...(content === undefined ? {} : { content: await contentOf(content, "output", schemas) }),
    };
  return answers;
}

/** A page shows most of its errors as a page; those that come before the route are problems there too. */
function problemsOf({ scope, docs, params, query, headers }: Route, schemas: Json): OpenApiOperation["responses"] {
  const codes: readonly ProblemCode[] = [
    ...OPEN_PROBLEMS,
    ...(scope === "open" ? [] : KEY_PROBLEMS),
    ...(docs.body === undefined ? [] : BODY_PROBLEMS),
    ...((query ?? params) === undefined ? [] : ["validation_failed" as const]),
    // Of a key that is bound to other stores (store-bounds.ts).
    ...(scope !== "open" && [params, query, bodyOf(docs)].some((named) => named?.shape["store_id"] !== undefined)
      ? ["not_found" as const]
      : []),
    ...(headers === ONCE ? ONCE_PROBLEMS : []),
    ...(docs.problems ?? []),
  ];
  const isPage = Object.values(docs.answers).some(({ content }) => content?.["text/html"] !== undefined);
  const byStatus = Map.groupBy(new Set(codes), (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, sameStatus]) => [
      status,
      {
        description: sameStatus.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join("; "),
        content: {
          "application/problem+json": { schema: schemaOf(ProblemAnswer, "output", schemas) },
          ...(isPage ? { "text/html": { schema: plainSchema("text/html") } } : {}),
        },
      },
    ]),
  );
}

/** What is sent as JSON, as far as it is an object. */
function bodyOf({ body }: RouteDocs): z.ZodObject | undefined {
  const schema = body?.["application/json"];
  return schema instanceof z.ZodObject ? schema : undefined;
}

async function contentOf(content: Content, io: "input" | "output", schemas: Json): Promise<Json> {
  const shown: Record<string, unknown> = {};
  for (const [type, schema] of Object.entries(content)) {
    const loaded = typeof schema === "function" ? await schema() : schema;
    shown[type] = { schema: loaded === null ? plainSchema(type) : schemaOf(loaded, io, schemas) };
  }
  return shown;
}

function plainSchema(mediaType: string): Json {
  return { type: mediaType === "application/json" ? "object" : "string" };
}

/** A schema with an id is listed once among the components and referenced from there. */
function schemaOf(schema: z.ZodType, io: "input" | "output", schemas: Json): Json {
  const {
    $schema: _,
    $defs,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => simplify(jsonSchema, io),
  }) as Json & { $defs?: Json };
  for (const [id, definition] of Object.entries($defs ?? {})) schemas[id] = inComponents(definition);
  return inComponents(own) as Json;
}

/**
 * Answers may gain fields, which JSON Schema allows unless it is told otherwise; said explicitly, a generated client
 * would take a mistyped field for one. A whole number needs no bounds of its own, and its default is no text.
 */
function simplify(schema: Json, io: "input" | "output"): void {
  if (io === "output" && schema["properties"] !== undefined) delete schema["additionalProperties"];
  if (schema["type"] === "integer" && schema["default"] !== undefined) schema["default"] = Number(schema["default"]);
  if (schema["minimum"] === Number.MIN_SAFE_INTEGER) delete schema["minimum"];
  if (schema["maximum"] === Number.MAX_SAFE_INTEGER) delete schema["maximum"];
}

function inComponents(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
