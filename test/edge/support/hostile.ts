/**
 * What hostile and careless clients send. Bodies are broken by a generator that reads the schemas, and kept only where
 * the schema does refuse them; texts that no generator of values can make are a hand-kept corpus.
 */
import * as fc from "fast-check";
import { z } from "zod";

/** Values that are wrong in nearly every field, or at the edge of what a number or a text can be. */
const JUNK: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  0.1,
  1e9 + 1,
  -1e9 - 1,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  2 ** 53 + 2,
  1e308,
  5e-324,
  -5e-324,
  "",
  " ",
  "0",
  "NaN",
  "Infinity",
  "null",
  ".",
  "..",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00x",
  "\u2028",
  "\u202e",
  "\ufeff",
  "x".repeat(129),
  "x".repeat(3_000),
  "😀".repeat(129),
  "'; DROP TABLE items; --",
  "<script>alert(1)</script>",
  "${jndi:ldap://x}",
  "{{7*7}}",
  "../../etc/passwd",
  "%00",
  "2026-02-30T00:00:00Z",
  "2026-01-01",
  "0000-00-00T00:00:00Z",
  "+275761-01-01T00:00:00Z",
  [],
  [[]],
  [null],
  {},
  { $ne: null },
  { toString: 1 },
  { constructor: { prototype: {} } },
  { length: 1e9 },
  ["restock"],
  [1, 2, 3],
];

const NAMES = [
  "constructor",
  "toString",
  "hasOwnProperty",
  "prototype",
  "$where",
  "",
  " ",
  "product_id ",
  "Product_Id",
  "productId",
  "\u0000",
  "x".repeat(300),
  "id",
  "scope",
  "admin",
];

const junk = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...JUNK) },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.double() },
);

/** Bodies that `schema` refuses, near to the good one and far from it. */
export function brokenBodies(
  schema: z.ZodType,
  good: Readonly<Record<string, unknown>>,
  count: number,
  seed: number,
): string[] {
  const fields = Object.keys((z.toJSONSchema(schema, { io: "input" }) as { properties?: object }).properties ?? good);
  const broken = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(fc.constantFrom(...fields), junk).map(([name, value]) => ({ ...good, [name]: value })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...fields, ...NAMES), fc.constantFrom(...fields, ...NAMES), junk, junk)
        .map(([a, b, x, y]) => ({ ...good, [a]: x, [b]: y })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom(...NAMES), junk).map(([name, value]) => ({ ...good, [name]: value })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...Object.keys(good), "")
        .map((name) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))),
    },
    { weight: 1, arbitrary: junk },
  );
  const refused = broken
    .map((value) => JSON.stringify(value))
    .filter((text) => text !== undefined && !schema.safeParse(JSON.parse(text)).success);
  return fc.sample(refused, { numRuns: count, seed });
}

export type Payload = string | Uint8Array<ArrayBuffer>;

/**
 * Texts that are no good body of any JSON route: each is 400, whatever the schema. `good` is the text of a good body.
 */
export function malformedTexts(good: string): Record<string, Payload> {
  const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);
  const spliced = (...values: number[]): Uint8Array<ArrayBuffer> => {
    const text = new TextEncoder().encode(good);
    return Uint8Array.from([...text.slice(0, 3), ...values, ...text.slice(3)]);
  };
  const first = /^\{("[^"]+":)/.exec(good)![1]!;
  const escapedFirst = first.replace(
    /"(.)/,
    (_, letter: string) => `"\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return {
    nothing: "",
    spaces: "   ",
    "a byte order mark": `\ufeff${good}`,
    "two byte order marks": `\ufeff\ufeff${good}`,
    "UTF-16": Uint8Array.from(
      [...`\ufeff${good}`].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
    ),
    "a lone continuation byte": spliced(0x80),
    "an overlong slash": spliced(0xc0, 0xaf),
    "a surrogate in UTF-8": spliced(0xed, 0xa0, 0x80),
    "above the last code point": spliced(0xf4, 0x90, 0x80, 0x80),
    "a cut sequence": bytes(...new TextEncoder().encode(good), 0xe2, 0x82),
    "only 0xff": bytes(0xff, 0xfe, 0xfd),
    "a NUL byte": spliced(0),
    "a NUL byte behind": `${good}\u0000`,
    "the first name twice": `{${first}1,${good.slice(1)}`,
    "the first name twice, once escaped": `{${escapedFirst}1,${good.slice(1)}`,
    __proto__: `{"__proto__":{"admin":true},${good.slice(1)}`,
    "__proto__, escaped": `{"\\u005f_proto__":null,${good.slice(1)}`,
    "deep arrays": "[".repeat(30_000) + "]".repeat(30_000),
    "deep objects": `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
    "deep and unfinished": "[".repeat(60_000),
    "two bodies": `${good}${good}`,
    "a cut body": good.slice(0, -1),
    "a trailing comma": `${good.slice(0, -1)},}`,
    "a comment": `/* hi */${good}`,
    "single quotes": good.replaceAll('"', "'"),
    NaN: '{"current_stock":NaN}',
    Infinity: '{"current_stock":-Infinity}',
    hexadecimal: '{"current_stock":0x10}',
    "a leading zero": '{"current_stock":007}',
    "a plus": '{"current_stock":+1}',
    "a raw line break in a text": `{"product_id":"a\nb",${good.slice(1)}`,
    "a bad escape": '{"product_id":"\\x41"}',
    XML: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "a form": "product_id=SKU-1&current_stock=1",
    "a gzip": bytes(0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  };
}

/** Numbers as texts, for JSON that no `JSON.stringify` writes. */
export const ODD_NUMBERS = [
  "1e400",
  "-1e400",
  "-0",
  "-0.0",
  "0e0e",
  "9007199254740993",
  "1e-400e",
  "123456789012345678901234567890",
  "1E999999999",
];

export const BROKEN_CSV: readonly Payload[] = [
  "",
  "\n",
  "date",
  "date,units",
  "date,mean",
  "date,units\n",
  "units,date\n1,2026-01-01,3",
  "date,units\n2026-01-01,",
  "date,units\n2026-01-01,1e400",
  "date,units\n2026-01-01,0x10",
  "date,units\n2026-01-01,Infinity",
  "date,units\n2026-01-01,NaN",
  "date,units\n2026-02-30,1",
  "date,units\n01/02/2026,1",
  "date,units\n2026-1-1,1",
  "date,units,units\n2026-01-01,1,1",
  "date,units,in_stock\n2026-01-01,1,2",
  'date,units\n"2026-01-01,1',
  "date,units,__proto__\n2026-01-01,1,1",
  "date,units,constructor\n2026-01-01,1,1",
  "date,units\n2026-01-01,1,2,3",
  "date;units\n2026-01-01,1",
  "date,units\n2026-01-01,--1",
  "date,units\n2026-01-01,1_000",
  "date,units\n2026-01-01,=1+1",
  "\u0000",
  "date,units\n2026-01-01\u0000,1",
  `date,units\n${"1\n".repeat(60_000)}`,
  `date,units\n${",".repeat(100_000)}`,
  `${"a,".repeat(50_000)}\n1`,
  `date,units\n2026-01-01,${"9".repeat(400)}`,
  "date,mean,p10,p90\n2026-01-01,1,5,2",
  "date,mean\n2026-01-01,1\n2026-01-01,2",
  "date,mean\n2026-01-01,-1",
  Uint8Array.from([0xff, 0xfe]),
  Uint8Array.from([...new TextEncoder().encode("date,units\n2026-01-01,1"), 0xc3]),
];
