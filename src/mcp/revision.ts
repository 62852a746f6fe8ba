/**
 * Which revision of the protocol a message follows. Since 2026-07-28 every request names its revision in `_meta` and
 * repeats it, its method and its tool in headers, which must agree; older clients shake hands by `initialize` first.
 */
import { INVALID_PARAMS, isObject, type Fault, type Json, type Message } from "./message.ts";

export const REVISION = "2026-07-28";
/** The newest first. */
export const OLDER_REVISIONS = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"];

export const META = {
  revision: "io.modelcontextprotocol/protocolVersion",
  capabilities: "io.modelcontextprotocol/clientCapabilities",
  server: "io.modelcontextprotocol/serverInfo",
} as const;

const HEADERS_DISAGREE = -32020;
const UNSUPPORTED_REVISION = -32022;
const UNSUPPORTED_OLDER = -32000;

export type Era = "present" | "older";

export function eraOf(message: Message, headers: Headers): Era | Fault {
  const header = headers.get("MCP-Protocol-Version");
  const isPresent = header !== null && header >= REVISION;
  const meta = isObject(message.params["_meta"]) ? message.params["_meta"] : {};
  if (META.revision in meta) return faultOf(message, meta, headers) ?? "present";
  if (isPresent && message.method === "initialize")
    return disagreement("initialize belongs to older revisions than the one that MCP-Protocol-Version names");
  if (isPresent && message.id === null) return header === REVISION ? "present" : unsupported(header);
  if (isPresent) return { code: INVALID_PARAMS, message: `params._meta needs ${META.revision}.` };
  if (header === null || message.method === "initialize" || OLDER_REVISIONS.includes(header)) return "older";
  const known = OLDER_REVISIONS.join(", ");
  return { code: UNSUPPORTED_OLDER, message: `The revision ${header} is not supported; these are: ${known}.` };
}

function faultOf({ method, id, params }: Message, meta: Json, headers: Headers): Fault | null {
  const revision = meta[META.revision];
  if (typeof revision !== "string")
    return { code: INVALID_PARAMS, message: `params._meta: ${META.revision} must be a string.` };
  if (id !== null && !isObject(meta[META.capabilities]))
    return { code: INVALID_PARAMS, message: `params._meta: ${META.capabilities} must be an object.` };
  const named = { revision: headers.get("MCP-Protocol-Version"), method: headers.get("Mcp-Method") };
  if (named.revision !== null && named.revision !== revision)
    return disagreement(`MCP-Protocol-Version names ${named.revision}, the body ${revision}`);
  if (named.method !== null && named.method !== method)
    return disagreement(`Mcp-Method names ${named.method}, the body ${method}`);
  if (revision !== REVISION) return unsupported(revision);
  if (id === null) return null;
  if (named.revision === null) return disagreement("the header MCP-Protocol-Version is missing");
  if (named.method === null) return disagreement("the header Mcp-Method is missing");
  return method === "tools/call" ? nameFault(params["name"], headers.get("Mcp-Name")) : null;
}

function nameFault(name: unknown, header: string | null): Fault | null {
  if (header === null) return typeof name === "string" ? disagreement("the header Mcp-Name is missing") : null;
  const decoded = decodedHeader(header);
  if (decoded === null) return disagreement("Mcp-Name is not valid base64");
  if (typeof name !== "string" || decoded === name) return null;
  return disagreement(`Mcp-Name names ${decoded}, the body ${name}`);
}

/** A name that a header cannot carry as it is comes as `=?base64?…?=`. Null = not base64 of UTF-8. */
function decodedHeader(value: string): string | null {
  const encoded = /^=\?base64\?(.*)\?=$/u.exec(value)?.[1];
  if (encoded === undefined) return value;
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function disagreement(what: string): Fault {
  return { code: HEADERS_DISAGREE, message: `Headers and body must agree: ${what}.` };
}

function unsupported(requested: string): Fault {
  return {
    code: UNSUPPORTED_REVISION,
    message: `The revision ${requested} is not supported.`,
    data: { supported: [REVISION], requested },
  };
}
