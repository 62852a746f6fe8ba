/**
 * JSON on which any two parsers agree: whatever another parser might read differently is refused (RFC 8259
 * leaves repeated names undefined, and `__proto__` is a trap in many languages). `JSON.parse` does the parsing; one
 * pass over the text, once it is known to be JSON, looks at nesting and names. Most triggers do not need it.
 */
import { Problem } from "../../../api/problems.ts";

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
    throw new Problem("malformed_request", `The body ${faultOf(text)}.`);
  }
  if (!isFlatWithoutRepeats(text, value)) refuseAmbiguity(text);
  return value;
}

function faultOf(text: string): string {
  if (text === "") return "is empty, and should be JSON";
  return text.startsWith("\uFEFF") ? "begins with a byte order mark, which JSON does not allow" : "is not valid JSON";
}

/** Each name has a colon, so an object with as many colons as names repeats none. False = not known. */
function isFlatWithoutRepeats(text: string, value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const members = value as Readonly<Record<string, unknown>>;
  let unmatched = 0;
  for (const name in members) {
    const isNested = typeof members[name] === "object" && members[name] !== null;
    if (isNested || name === "__proto__") return false;
    unmatched--;
  }
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) unmatched++;
  return unmatched === 0;
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
        if (isName(text, end + 1)) addName(names[depth]!, nameIn(text, at, end));
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

/** The position of the quotation mark that closes the string: the next one that no backslash escapes. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

/** Read as JSON only where it holds an escape, which honest names do not. */
function nameIn(text: string, start: number, end: number): string {
  const written = text.slice(start + 1, end);
  return written.includes("\\") ? (JSON.parse(`"${written}"`) as string) : written;
}

function isName(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === COLON;
}

function addName(names: Set<string>, name: string): void {
  if (names.has(name))
    throw new Problem("malformed_request", `The name ${JSON.stringify(name).slice(0, 80)} is repeated in one object.`);
  if (name === "__proto__") throw new Problem("malformed_request", "The name __proto__ is not allowed.");
  names.add(name);
}
