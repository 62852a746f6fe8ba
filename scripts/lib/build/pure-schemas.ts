/**
 * Marks what makes a module's constants as calls without side effects, so that esbuild leaves those schemas out that
 * only the API's documents name. Lines stay those of the source.
 */
import { parse } from "@swc/core";

/** Places in swc's trees count bytes from 1. */
const FIRST_PLACE = 1;
const PURE = Buffer.from("/*@__PURE__*/");
/** What they hold is called later, or never: there a call may be made for its effect. */
const CALLED_LATER = /Function|Method|Getter|Setter|Class/;

interface Node {
  readonly type?: string;
  readonly span?: { readonly start: number };
  readonly callee?: Node;
  readonly object?: Node;
  readonly arguments?: unknown;
  readonly body?: readonly unknown[];
  readonly declaration?: Node;
  readonly declarations?: readonly { readonly init?: unknown }[];
}

/** The source with a mark before each call that makes a constant of the module. */
export async function withPureCalls(source: Buffer): Promise<Buffer> {
  const tree = (await parse(source.toString(), { syntax: "typescript", target: "es2024" })) as unknown as Node;
  const constants = (tree.body ?? []).flatMap((statement) => {
    const { type, declaration, declarations } = statement as Node;
    return (type === "ExportDeclaration" ? declaration?.declarations : declarations) ?? [];
  });
  const marked: Buffer[] = [];
  let done = 0;
  for (const place of [...new Set(constants.flatMap(({ init }) => callsIn(init)))].toSorted((a, b) => a - b)) {
    marked.push(source.subarray(done, place), PURE);
    done = place;
  }
  return Buffer.concat([...marked, source.subarray(done)]);
}

function callsIn(node: unknown): readonly number[] {
  if (Array.isArray(node)) return node.flatMap(callsIn);
  if (typeof node !== "object" || node === null) return [];
  const { type, span } = node as Node;
  if (type !== undefined && CALLED_LATER.test(type)) return [];
  const inside = Object.values(node).flatMap(callsIn);
  // The calls of a chain begin at one place, where one mark is for all of them.
  return type === "CallExpression" && span !== undefined ? [span.start - FIRST_PLACE, ...inside] : inside;
}
