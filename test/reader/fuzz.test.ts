/** Files as they could come: what is read and what is left out are the file's, and nothing crashes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reading } from "../../src/reader/types.ts";
import { readAll, reading } from "./support.ts";

const RUNS = 300;

interface Line {
  readonly item: number;
  readonly day: number;
  readonly units: number;
  readonly kind: "sale" | "blank" | "total" | "bad_date" | "no_item" | "future";
}

const lines = fc.array(
  fc.record({
    item: fc.nat(6),
    day: fc.integer({ min: 0, max: 200 }),
    units: fc.oneof(
      fc.integer({ min: -5, max: 900 }),
      fc.integer({ min: 1, max: 99 }).map((tenths) => tenths / 10 + 1_000),
    ),
    kind: fc.constantFrom("sale", "sale", "sale", "sale", "sale", "blank", "total", "bad_date", "no_item", "future"),
  }) as fc.Arbitrary<Line>,
  { minLength: 6, maxLength: 40 },
);
const forms = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|", "^"),
  comma: fc.boolean(),
  encoding: fc.constantFrom("utf-8", "utf-8 with mark", "utf-16le", "windows-1252"),
  dates: fc.constantFrom("iso", "dotted", "day first", "month first", "words"),
  title: fc.boolean(),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  quoted: fc.boolean(),
  header: fc.constantFrom(
    ["item", "date", "units"],
    ["Artikel", "Datum", "Menge"],
    ["référence", "date de vente", "quantité"],
  ),
});
type Form = typeof forms extends fc.Arbitrary<infer T> ? T : never;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function dateText(day: number, form: Form["dates"]): string {
  const date = new Date(Date.UTC(2026, 0, 1) + day * 86_400_000);
  const [year, month, dom] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const two = (part: number): string => String(part).padStart(2, "0");
  if (form === "dotted") return `${two(dom)}.${two(month)}.${year}`;
  if (form === "day first") return `${two(dom)}/${two(month)}/${year}`;
  if (form === "month first") return `${two(month)}/${two(dom)}/${year}`;
  return form === "words" ? `${dom} ${MONTHS[month - 1]} ${year}` : `${year}-${two(month)}-${two(dom)}`;
}

function fileOf(rows: readonly Line[], form: Form): { text: string; units: number } {
  const { delimiter, lineEnd } = form;
  const comma = form.comma && delimiter !== ",";
  let units = 0;
  const cell = (text: string): string => (form.quoted ? `"${text}"` : text);
  const body = rows.map(({ item, day, units: sold, kind }) => {
    const number = kind === "blank" ? "" : comma ? String(sold).replace(".", ",") : String(sold);
    if (kind !== "blank") units += sold;
    const name = kind === "total" ? "Total" : kind === "no_item" ? "" : `Café ${item}`;
    const date =
      kind === "total" ? "" : kind === "bad_date" ? "soon" : dateText(kind === "future" ? day + 400 : day, form.dates);
    return [name, date, number].map(cell).join(delimiter);
  });
  // One date that shows the order, and one number that shows the mark.
  const telling = ["Café 9", dateText(30, form.dates), comma ? "0,5" : "0.5"].map(cell).join(delimiter);
  const title = form.title ? [`Sales of the shop`] : [];
  return {
    text: [...title, form.header.map(cell).join(delimiter), telling, ...body, ""].join(lineEnd),
    units: units + 0.5,
  };
}

function bytesOf(text: string, encoding: Form["encoding"]): Uint8Array {
  if (encoding === "utf-16le") return new Uint8Array(Buffer.from(`\uFEFF${text}`, "utf16le"));
  if (encoding === "windows-1252") return new Uint8Array(Buffer.from(text, "latin1"));
  return new TextEncoder().encode(encoding === "utf-8" ? text : `\uFEFF${text}`);
}

function accounted({ units, left_out }: Reading): number {
  return Math.round((units + left_out.units) * 1e6) / 1e6;
}

describe("any file", () => {
  it("is read to the last unit, whatever its delimiter, encoding, dates, marks and line ends", async () => {
    await fc.assert(
      fc.asyncProperty(lines, forms, async (rows, form) => {
        const { text, units } = fileOf(rows, form);
        // Said, since generated days can be whole weeks apart, and the reader then rightly asks what a row means.
        const bytes = bytesOf(text, form.encoding);
        const first = await reading(bytes, { period: "day" });
        // Names that lack in many rows may be written once for several: rightly asked, and here they are forgotten.
        const isAsked = first.questions.some(({ about }) => about === "labels");
        const found = isAsked ? await reading(bytes, { period: "day", itemColumn: form.header[0] }) : first;
        expect(found.status, found.problem ?? JSON.stringify(found.questions)).toBe("read");
        expect(accounted(found)).toBe(Math.round(units * 1e6) / 1e6);
        expect(found.left_out.reasons.reduce((sum, reason) => sum + reason.units, 0)).toBeCloseTo(
          found.left_out.units,
          5,
        );
        expect(found.delimiter).toBe(form.delimiter);
        const sold = rows.filter(({ kind }) => kind === "sale");
        expect(found.rows).toBe(sold.length + 1);
      }),
      { numRuns: RUNS },
    );
  });

  it("never crashes when it is mutilated, and hides no unit", async () => {
    const cuts = fc.array(
      fc.record({ at: fc.nat(2_000), kind: fc.constantFrom("delete", "insert", "cut"), byte: fc.nat(255) }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(lines, forms, cuts, async (rows, form, wounds) => {
        let bytes = [...bytesOf(fileOf(rows, form).text, form.encoding)];
        for (const { at, kind, byte } of wounds) {
          const place = at % Math.max(1, bytes.length);
          if (kind === "delete") bytes.splice(place, 1 + (byte % 9));
          else if (kind === "insert") bytes.splice(place, 0, byte);
          else bytes = bytes.slice(0, Math.max(20, place));
        }
        for (const { reading: found } of await readAll(new Uint8Array(bytes))) {
          expect(["read", "ask", "refused"]).toContain(found.status);
          if (found.status === "refused") expect(found.problem).not.toBeNull();
          if (
            found.status === "read" &&
            found.kind === "sales" &&
            !form.quoted &&
            form.encoding.startsWith("utf-8") &&
            form.lineEnd !== "\r"
          )
            expect(accounted(found)).toBeCloseTo(countedOtherwise(bytes, found, form), 5);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** The sum of the column of units, by splitting the text and nothing else. */
function countedOtherwise(bytes: readonly number[], found: Reading, form: Form): number {
  const text = new TextDecoder("utf-8").decode(new Uint8Array(bytes));
  const column = found.columns.find(({ role }) => role === "units")?.column;
  // A quotation mark hides what follows it from a count as simple as this one.
  if (column === undefined || text.includes('"')) return accounted(found);
  let sum = 0;
  for (const line of text.split(/\r\n|\r|\n/u).slice(found.header_line ?? 0)) {
    const cell = (line.split(found.delimiter ?? ",")[column - 1] ?? "").trim();
    const plain = form.comma && form.delimiter !== "," ? cell.replace(",", ".") : cell;
    if (/^-?\d+(?:\.\d+)?$/u.test(plain)) sum += Number(plain);
    else if (/\d/u.test(cell)) return accounted(found);
  }
  return sum;
}
