/**
 * Signing in to a running server, of the build that is uploaded: by a link that a real mail server received, and by
 * Cloudflare Access's token.
 */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, expect, it, vi } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { openApiOf } from "../../src/http/kit/openapi-document.ts";
import { docsPage } from "../../src/http/pages/docs/docs-page.ts";
import { ROUTES } from "../../src/http/routes/index.ts";
import { inputJsonSchemas } from "../../src/mcp/input-schemas.ts";
import { workbookTables } from "../../src/reader/xlsx/workbook.ts";
import { ask, trigger } from "../support/black-box.ts";
import { httpPeer, type HttpPeer } from "../support/peers/http-peer.ts";
import { linksIn, smtpSink, type MailSink } from "../support/peers/mail-sink.ts";
import { uploadedBuild } from "../support/uploaded-build.ts";
import { ownFolder } from "../support/own-folder.ts";

const AUDIENCE = "a1b2c3";
const persistTo = ownFolder("sign-in");
let server: LocalServer | null = null;
let sink: MailSink | null = null;
let team: HttpPeer | null = null;
afterAll(async () => {
  await server?.stop();
  await sink?.close();
  await team?.close();
});

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

it("lets in whom a mailed link or Cloudflare Access names, and nobody else", async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
    true,
    ["sign", "verify"],
  );
  const jwk = { ...(await crypto.subtle.exportKey("jwk", publicKey)), kid: "team-1", alg: "RS256" };
  const issuer = (): string => team!.origin;
  const token = async (claims: Record<string, unknown>): Promise<string> => {
    const now = Math.floor(Date.now() / 1_000);
    const said = {
      iss: issuer(),
      aud: [AUDIENCE],
      iat: now - 10,
      exp: now + 600,
      email: "Ana@shop.example",
      ...claims,
    };
    const text = `${base64({ alg: "RS256", kid: "team-1", typ: "JWT" })}.${base64(said)}`;
    const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", privateKey, new TextEncoder().encode(text));
    return `${text}.${Buffer.from(signature).toString("base64url")}`;
  };
  sink = await smtpSink();
  team = await httpPeer(() => ({ status: 200, body: JSON.stringify({ keys: [jwk] }) }));
  server = await startLocalServer({
    persistTo,
    built: await uploadedBuild(persistTo),
    env: {
      REVIEW_EMAIL_TO: "everybody@shop.example",
      REVIEW_EMAIL_FROM: "shop@shop.example",
      LINK_SECRET: "link-secret-0123456789abcdefghijkl",
      MAIL_URL: sink.url,
      CF_ACCESS_TEAM_DOMAIN: team.origin,
      CF_ACCESS_AUD: AUDIENCE,
    },
  });
  const { origin } = new URL(server.url);
  await ask(server, "PUT", "/people/ana", { name: "Ana", email: "ana@shop.example" });

  const inboxAs = async (assertion: string): Promise<number> =>
    (await fetch(`${server!.url}/inbox`, { headers: { "Cf-Access-Jwt-Assertion": assertion } })).status;
  const good = await token({});
  expect(await inboxAs(good)).toBe(200);
  const past = Math.floor(Date.now() / 1_000) - 60;
  for (const claims of [
    { aud: ["other"] },
    { iss: "https://evil.example" },
    { exp: past },
    { email: "eve@shop.example" },
  ])
    expect([claims, await inboxAs(await token(claims))]).toEqual([claims, 401]);
  const [head, , signature] = good.split(".");
  expect(
    await inboxAs(`${head}.${base64({ iss: issuer(), aud: [AUDIENCE], email: "ana@shop.example" })}.${signature}`),
  ).toBe(401);
  expect(await inboxAs(`${base64({ alg: "none", kid: "team-1" })}.${good.split(".")[1]}.`)).toBe(401);

  for (const email of [
    "nobody@shop.example",
    "ana@shop.example",
    "ana@shop.example",
    "ana@shop.example",
    "ana@shop.example",
  ])
    expect(
      (
        await fetch(`${server.url}/sign-in`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ email }),
        })
      ).status,
      email,
    ).toBe(202);
  await vi.waitFor(() => expect(sink!.mails).toHaveLength(3), { timeout: 90_000 });
  const [link] = linksIn(sink.mails[0]!);
  expect(sink.mails.every(({ to }) => to === "ana@shop.example")).toBe(true);
  const clicked = await fetch(link!, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: origin },
    body: new URLSearchParams(),
  });
  expect([clicked.status, clicked.headers.get("set-cookie")]).toEqual([303, expect.stringContaining("HttpOnly")]);

  // A colleague is asked by their own mail; whoever asks sees no link.
  await ask(server, "PUT", "/people/ben", { name: "Ben", email: "ben@shop.example" });
  const asked = await trigger(server, "TEA", { current_stock: 1 });
  const path = `/reviews/${asked.body.workflow_id}/ask`;
  const answer = await ask(server, "POST", path, { person_id: "ben" });
  expect([answer.status, answer.body]).toEqual([200, { asked: true }]);
  expect(await askedByAssistant(server, asked.body.workflow_id, "ben")).toEqual({ asked: true });
  const toBen = (): readonly { readonly text: string }[] => sink!.mails.filter(({ to }) => to === "ben@shop.example");
  await vi.waitFor(() => expect(toBen()).toHaveLength(1), { timeout: 90_000 });
  expect((await ask(server, "POST", path, { person_id: "eve" })).status).toBe(422);
  const review = linksIn(sink.mails.find(({ to }) => to === "ben@shop.example")!).find((url) =>
    url.includes("/review/"),
  );
  const body = new URLSearchParams({ decision: "reject", revision: "1" });
  expect((await fetch(review!, { method: "POST", headers: { Origin: origin }, body })).status).toBe(200);
  const audit = await ask(server, "GET", `/audit/${asked.body.workflow_id}`);
  expect(audit.text).toContain("person:ben");
  expect((await ask(server, "POST", path, { person_id: "ben" })).status).toBe(409);
  expect(toBen()).toHaveLength(1);
});

it("answers from what the build made as the sources would: documents, schemas for assistants, workbooks", async () => {
  const { url } = server!;
  const document = await openApiOf(ROUTES);
  const openApi = await fetch(`${url}/openapi.json`);
  expect(openApi.headers.get("Content-Type")).toBe("application/json");
  expect(await openApi.json()).toEqual(JSON.parse(JSON.stringify(document)));
  const docs = await fetch(`${url}/docs`);
  expect(docs.headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
  expect(await docs.text()).toBe(docsPage(document));

  const assistant = await assistantOf(server!);
  const { tools } = await assistant.listTools();
  await assistant.close();
  const schemas = Object.fromEntries(tools.map(({ name, inputSchema }) => [name, inputSchema]));
  expect(schemas).toEqual(JSON.parse(JSON.stringify(inputJsonSchemas())));

  const headers = { Authorization: `Bearer ${server!.key}` };
  const workbook = await fetch(`${url}/purchase-orders?format=xlsx`, { headers });
  const bytes = new Uint8Array(await workbook.arrayBuffer());
  const source = {
    name: "purchase-orders.xlsx",
    size: bytes.length,
    async *slices() {
      yield bytes;
    },
  };
  const [table] = await workbookTables(source, undefined);
  const slices: unknown[] = [];
  for await (const rows of table!.slices()) slices.push(rows);
  expect(JSON.stringify(slices)).toContain('"supplier_id"');
});

/** By the protocol's own client, over HTTP. */
async function assistantOf({ url, key }: LocalServer): Promise<Client> {
  const assistant = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  const headers = { Authorization: `Bearer ${key}` };
  await assistant.connect(new StreamableHTTPClientTransport(new URL("/mcp", url), { requestInit: { headers } }));
  return assistant;
}

async function askedByAssistant(server: LocalServer, workflow_id: string, person_id: string): Promise<unknown> {
  const assistant = await assistantOf(server);
  const { structuredContent } = await assistant.callTool({
    name: "request_approval",
    arguments: { workflow_id, person_id },
  });
  await assistant.close();
  return structuredContent;
}
