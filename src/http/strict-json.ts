/**
 * JSON as strictly as two parsers would agree on it: what another parser might read differently is refused (RFC 8259
 * leaves repeated names undefined, and `__proto__` is a trap in many languages). `JSON.parse` does the parsing; one pass
 * over the text, once it is known to be JSON, looks at nesting and names. It costs about as much as the parse itself.
 */
import { Problem } from "./problem.ts";

/** The deepest honest body has four levels. */
const MOST_NESTED = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

export function parseStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem("malformed_request", "The body is not valid JSON.");
  }
  refuseAmbiguity(text);
  return value;
}

/** `text` is valid JSON, so a string that a colon follows is a name, and brackets match. */
function refuseAmbiguity(text: string): void {
  const names: Set<string>[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case OPEN_OBJECT:
        depth = deeper(depth);
        names[depth] = new Set();
        break;
      case OPEN_ARRAY:
        depth = deeper(depth);
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        depth--;
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (isName(text, end + 1)) addName(names[depth]!, JSON.parse(text.slice(at, end + 1)) as string);
        at = end;
        break;
      }
    }
  }
}

function deeper(depth: number): number {
  if (depth < MOST_NESTED) return depth + 1;
  throw new Problem("malformed_request", `The body is nested more than ${MOST_NESTED} levels deep.`);
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function isName(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === COLON;
}

function addName(names: Set<string>, name: string): void {
  if (names.has(name)) throw new Problem("malformed_request", `The name ${JSON.stringify(name).slice(0, 80)} stands twice in one object.`);
  if (name === "__proto__") throw new Problem("malformed_request", "The name __proto__ is not taken.");
  names.add(name);
}
