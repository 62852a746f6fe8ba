/**
 * What a record has that a template has not, as JSON, and the record made of both again.
 *
 * - An object: positions and values in turn, [3,"SKU-1",7,…]; a member that the record lacks is {}.
 * - A list: each entry beside the template's, of which the last one repeats; an entry that is equal is {}.
 * - A value that the template has not the shape for: {"":value}. Anything else is the value itself.
 *
 * Objects have their members in the template's order, so the JSON comes back to the letter.
 */

/** What texts that begin with @ mean in one record. */
export interface Meanings {
  readonly id: string;
  readonly at: unknown;
  readonly reason: unknown;
}

export type Template = Leaf | ObjectTemplate | ListTemplate;

interface Leaf {
  readonly kind: "leaf";
  readonly value: unknown;
  /** Of a text with @. */
  readonly means: ((record: Known) => unknown) | null;
}
interface ObjectTemplate {
  readonly kind: "object";
  readonly keys: readonly string[];
  readonly of: readonly Template[];
}
interface ListTemplate {
  readonly kind: "list";
  readonly of: readonly Template[];
}

/** The meanings, taken apart once a record. */
interface Known extends Meanings {
  readonly object: string;
  readonly seq: number;
}

const MEANS: Readonly<Record<string, (record: Known) => unknown>> = {
  "@id": ({ id }) => id,
  "@seq": ({ seq }) => seq,
  "@at": ({ at }) => at,
  "@reason": ({ reason }) => reason,
};
/** Equal to the template. */
const SAME = {};

export function templateOf(value: unknown): Template {
  if (Array.isArray(value)) return { kind: "list", of: value.map(templateOf) };
  if (typeof value === "object" && value !== null)
    return { kind: "object", keys: Object.keys(value), of: Object.values(value).map(templateOf) };
  return { kind: "leaf", value, means: MEANS[value as string] ?? null };
}

function knownOf(meanings: Meanings): Known {
  const end = meanings.id.lastIndexOf("-");
  return { ...meanings, object: meanings.id.slice(0, end + 1), seq: Number(meanings.id.slice(end + 1)) };
}

export function differenceFrom(template: Template, record: unknown, meanings: Meanings): unknown {
  return difference(template, record, knownOf(meanings));
}

function difference(template: Template, value: unknown, known: Known): unknown {
  if (typeof value !== "object" || value === null) return scalar(template, value, known);
  if (Array.isArray(value)) return template.kind === "list" ? listed(template, value, known) : { "": value };
  return template.kind === "object"
    ? membered(template, value as Readonly<Record<string, unknown>>, known)
    : { "": value };
}

function scalar(template: Template, value: unknown, known: Known): unknown {
  if (template.kind === "leaf" && value === (template.means === null ? template.value : template.means(known)))
    return SAME;
  if (typeof value !== "string") return value;
  if (known.object !== "" && value.startsWith(known.object)) return `@${value.slice(known.object.length)}`;
  return value.startsWith("@") ? { "": value } : value;
}

function listed({ of }: ListTemplate, values: readonly unknown[], known: Known): unknown {
  if (of.length === 0) return values.length === 0 ? SAME : { "": values };
  let isSame = values.length === of.length;
  const out: unknown[] = [];
  for (const value of values) {
    const one = difference(of[Math.min(out.length, of.length - 1)]!, value, known);
    if (one !== SAME) isSame = false;
    out.push(one);
  }
  return isSame ? SAME : out;
}

function membered({ keys, of }: ObjectTemplate, object: Readonly<Record<string, unknown>>, known: Known): unknown {
  const out: unknown[] = [];
  let at = 0;
  // A record's objects are plain: this makes no lists of their names and values.
  for (const name in object) {
    const value = object[name];
    if (value === undefined) continue;
    for (; keys[at] !== name; at++) {
      if (at === keys.length) return { "": object };
      out.push(at, SAME);
    }
    const one = difference(of[at]!, value, known);
    if (one !== SAME) out.push(at, one);
    at++;
  }
  for (; at < keys.length; at++) out.push(at, SAME);
  return out.length === 0 ? SAME : out;
}

export function rebuiltFrom(template: Template, difference: unknown, meanings: Meanings): unknown {
  return rebuilt(template, difference, knownOf(meanings));
}

function rebuilt(template: Template, given: unknown, known: Known): unknown {
  if (typeof given === "string") return given.startsWith("@") ? known.object + given.slice(1) : given;
  if (typeof given !== "object" || given === null) return given;
  if (!Array.isArray(given)) return "" in given ? given[""] : equal(template, known);
  if (template.kind === "list")
    return given.map((one, at) => rebuilt(template.of[Math.min(at, template.of.length - 1)]!, one, known));
  return template.kind === "object" ? withMembers(template, given, known) : given;
}

function equal(template: Template, known: Known): unknown {
  if (template.kind === "leaf") return template.means === null ? template.value : template.means(known);
  if (template.kind === "list") return template.of.map((one) => equal(one, known));
  return withMembers(template, [], known);
}

function withMembers({ keys, of }: ObjectTemplate, given: readonly unknown[], known: Known): unknown {
  const object: Record<string, unknown> = {};
  let next = 0;
  keys.forEach((key, at) => {
    if (given[next] !== at) {
      object[key] = equal(of[at]!, known);
      return;
    }
    const value = given[next + 1];
    next += 2;
    if (!isAbsent(value)) object[key] = rebuilt(of[at]!, value, known);
  });
  return object;
}

function isAbsent(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("" in value);
}
