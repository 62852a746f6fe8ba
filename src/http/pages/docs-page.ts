/** The OpenAPI document as a page for people: what there is, what it takes, what it answers. */
import { html, raw } from "hono/html";
import type { OpenApiDocument, OpenApiOperation } from "../kit/openapi-document.ts";

export const DOCS_STYLE = `
:root { color-scheme: light dark; --line: #8884; --dim: #777; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; }
h2 { margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 0; }
section { border-top: 1px solid var(--line); padding: 0.8rem 0; }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.8rem; border: 1px solid var(--line); border-radius: 6px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; margin: 0.4rem 0; }
dd { margin: 0; } .dim { color: var(--dim); }
`;

interface Parameter {
  readonly name: string;
  readonly in: string;
}

export function docsPage(document: OpenApiDocument): string {
  const groups = document.tags as readonly { readonly name: string; readonly description: string }[];
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Stockwarden API</title>
          ${raw(`<style>${DOCS_STYLE}</style>`)}
        </head>
        <body>
          <h1>Stockwarden API</h1>
          <p>
            Send a key as <code>Authorization: Bearer …</code> or <code>X-API-Key</code>. Errors are problem details
            (RFC 9457) with a stable <code>code</code>. For programs: <a href="/openapi.json">openapi.json</a>.
          </p>
          ${groups.map(
            (group) =>
              html`<h2>${group.description}</h2>
                ${operations.filter(({ operation }) => operation.tags.includes(group.name)).map(({ path, method, operation }) => operationHtml(path, method, operation))}`,
          )}
          <h2>Shapes</h2>
          ${Object.entries(document.components.schemas).map(
            ([id, schema]) =>
              html`<section id="shape-${id}">
                <details>
                  <summary><code>${id}</code></summary>
                  <pre>${JSON.stringify(schema, null, 2)}</pre>
                </details>
              </section>`,
          )}
        </body>
      </html>`,
  );
}

function operationHtml(path: string, method: string, operation: OpenApiOperation) {
  const parameters = (operation.parameters ?? []) as readonly Parameter[];
  const body = operation.requestBody as { readonly content: object } | undefined;
  const answers = operation.responses as Readonly<Record<string, { readonly description: string }>>;
  const scope = (operation.security as readonly Readonly<Record<string, readonly string[]>>[])[0]?.bearer?.[0];
  return html`<section id="${operation.operationId}">
    <h3><code>${method.toUpperCase()} ${path}</code></h3>
    <div>${operation.summary} <span class="dim">${scope === undefined ? "· open" : `· scope ${scope}`}</span></div>
    <dl>
      ${parameters.map(
        (parameter) =>
          html`<dt><code>${parameter.name}</code></dt>
            <dd class="dim">in the ${parameter.in}</dd>`,
      )}
      ${Object.entries(answers).map(
        ([status, answer]) =>
          html`<dt>${status}</dt>
            <dd>${answer.description}</dd>`,
      )}
    </dl>
    ${
      body === undefined
        ? ""
        : html`<details>
            <summary>Body</summary>
            <pre>${JSON.stringify(body.content, null, 2)}</pre>
          </details>`
    }
  </section>`;
}
