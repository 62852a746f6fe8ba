/** The OpenAPI document as a page for people: what there is, what it takes, what it answers. */
import { html } from "hono/html";
import { DOCS_STYLESHEET, FAVICON } from "../../../ui/generated/asset-paths.ts";
import { exampleOf, pathExample, rowsExample, type Json } from "./schema-example.ts";
import type { OpenApiDocument, OpenApiOperation } from "../../kit/openapi-document.ts";

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

export function docsPage(document: OpenApiDocument): string {
  const groups = document.tags;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => ({ path, method, operation })),
  );
  const of = (group: string): Operation[] => operations.filter(({ operation }) => operation.tags.includes(group));
  const { schemas } = document.components;
  return String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Stockwarden API</title>
          <link rel="icon" type="image/svg+xml" href="${FAVICON}" />
          <link rel="stylesheet" href="${DOCS_STYLESHEET}" />
        </head>
        <body>
          <main>
            <h1>Stockwarden API</h1>
            <p>
              Send a key as <code>Authorization: Bearer …</code> or <code>X-API-Key</code>. Errors are problem details
              (RFC 9457) with a stable <code>code</code>. The examples take the address from <code>$URL</code> and the
              key from <code>$KEY</code>. For programs: <a href="/openapi.json">openapi.json</a>.
            </p>
            <nav aria-label="Contents">
              ${groups.map(
                (group) =>
                  html`<h2><a href="#group-${group.name}">${group.description}</a></h2>
                    <ul>
                      ${of(group.name).map(
                        ({ path, method, operation }) =>
                          html`<li><a href="#${operation.operationId}">${method.toUpperCase()} ${path}</a></li>`,
                      )}
                    </ul>`,
              )}
            </nav>
            ${groups.map(
              (group) =>
                html`<h2 id="group-${group.name}">${group.description}</h2>
                  ${of(group.name).map((operation) => operationHtml(operation, schemas))}`,
            )}
            <h2>Shapes</h2>
            ${Object.entries(document.components.schemas).map(
              ([id, schema]) =>
                html`<section id="shape-${id}">
                  <details>
                    <summary><code>${id}</code></summary>
                    <pre tabindex="0">${JSON.stringify(schema, null, 2)}</pre>
                  </details>
                </section>`,
            )}
          </main>
        </body>
      </html>`,
  );
}

function operationHtml({ path, method, operation }: Operation, schemas: Json) {
  const { parameters = [], responses } = operation;
  const content = operation.requestBody?.content;
  const scope = operation.security[0]?.["bearer"]?.[0];
  const answer = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1].content?.[
    "application/json"
  ];
  return html`<section id="${operation.operationId}">
    <h3><code>${method.toUpperCase()} ${path}</code></h3>
    <p>${operation.summary}. <span class="dim">${scope === undefined ? "Open." : `Scope ${scope}.`}</span></p>
    <dl>
      ${parameters.map(
        (parameter) =>
          html`<dt><code>${parameter.name}</code></dt>
            <dd>
              ${codeMarked(textOf(parameter.schema))}
              <span class="dim">in the ${parameter.in}${parameter.required ? "" : ", may be left out"}</span>
            </dd>`,
      )}
      ${Object.entries(responses).map(
        ([status, { description }]) =>
          html`<dt>${status}</dt>
            <dd>${codeMarked(description)}</dd>`,
      )}
    </dl>
    <pre tabindex="0">${curlOf({ path, method, operation }, content, schemas)}</pre>
    ${answer === undefined ? "" : details("Answer, as an example", exampleOf((answer as Json)["schema"], schemas))}
    ${content === undefined ? "" : details("Body, as a schema", content)}
  </section>`;
}

function textOf(schema: Json): string {
  const text = schema["description"];
  return typeof text === "string" ? `${text}.` : "";
}

/** Descriptions are Markdown; code between backticks is all that they use of it. */
function codeMarked(text: string) {
  return text.split("`").map((part, at) => (at % 2 === 0 ? part : html`<code>${part}</code>`));
}

function details(title: string, value: unknown) {
  return html`<details>
    <summary>${title}</summary>
    <pre tabindex="0">${JSON.stringify(value, null, 2)}</pre>
  </details>`;
}

function curlOf({ path, method, operation }: Operation, content: Json | undefined, schemas: Json): string {
  const isOpen = operation.security.length === 0;
  const address = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(pathExample(name)));
  const [type, shape] = Object.entries(content ?? {})[0] ?? [];
  // What may be left out is left out.
  const body =
    operation.requestBody?.required === true ? bodyOf(path, type!, (shape as Json)["schema"], schemas) : null;
  return [
    `curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}"$URL${address}"`,
    ...(isOpen ? [] : ['-H "Authorization: Bearer $KEY"']),
    ...(body === null ? [] : [`-H "Content-Type: ${type}"`, `-d '${body}'`]),
  ].join(" \\\n  ");
}

function bodyOf(path: string, type: string, schema: unknown, schemas: Json): string {
  if (type === "application/json") return JSON.stringify(exampleOf(schema, schemas));
  return type === "text/csv" ? rowsExample(path) : "…";
}
