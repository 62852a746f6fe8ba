/** The product or store that a cell names, or why it names none. */
import { TOTALS_ROW } from "../left-out.ts";
import { isTotalWord } from "../text/total-rows.ts";

export interface Unnamed {
  readonly kind: "blank" | "total" | "cut" | "long" | "dots";
}

export type Named = { readonly kind: "name"; readonly name: string } | Unnamed;

/** The item of a file that names none. */
export const ALL_SALES = "all sales";

/** The service's limit of a `product_id`. */
const LONGEST_NAME = 128;
/** `4.00638E+12`: what Excel leaves of a bar code; its digits are gone. */
const CUT = /^\d[.,]\d+E\+\d{2}$/iu;
/** What programs write for a cell without a value. "NaN" only as programs write it: "NAN" is a brand. */
const MISSING = new Set([
  ..."NULL,null,NaN,nan,N/A,n/a,#N/A,#NV,#REF!,#BEZUG!,#NAME?,#VALUE!,#WERT!,#DIV/0!".split(","),
  ..."(blank),(Leer),(vide),(en blanco),(vuoto),(vazio),(leeg),(puste)".split(","),
]);
const BREAKS = /\s*[\t\r\n]+\s*/gu;
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\p{Cc}]/gu;
/** Excel keeps leading zeros by a formula: `="00123"`. */
const FORMULA = /^="(.*)"$/u;
/** Shop systems keep them by an apostrophe in front: `'00123`. */
const APOSTROPHE = /^'(?=[\d=+@-])/u;

export function namedBy(cell: string): Named {
  const name = (FORMULA.exec(cell)?.[1] ?? cell.replace(APOSTROPHE, ""))
    .normalize("NFC")
    .replaceAll(BREAKS, " ")
    .replaceAll(INVISIBLE, "")
    .trim();
  if (name === "" || MISSING.has(name)) return { kind: "blank" };
  if (CUT.test(name)) return { kind: "cut" };
  if (isTotalWord(name)) return { kind: "total" };
  if (name === "." || name === "..") return { kind: "dots" };
  if (name.length > LONGEST_NAME) return { kind: "long" };
  return { kind: "name", name };
}

/** Why a row without a name is left out. */
export function unfitName({ kind }: Unnamed): string {
  return UNFIT[kind];
}

const UNFIT: Readonly<Record<Unnamed["kind"], string>> = {
  blank: "no item",
  total: TOTALS_ROW,
  cut: "an identifier that Excel cut (4.00638E+12): its digits are gone",
  dots: "a name of dots alone",
  long: "a name longer than 128 characters",
};

/** The item of a row: its code, else its name with sizes and colours. */
export function itemText(cells: readonly string[], item: readonly number[], variants: readonly number[]): string {
  for (const column of item.slice(0, -1)) {
    const code = cells[column] ?? "";
    if (code !== "") return code;
  }
  const last = item.at(-1);
  const name = last === undefined ? "" : (cells[last] ?? "");
  if (name === "" || variants.length === 0) return name;
  const parts = variants.map((column) => cells[column] ?? "").filter((part) => part !== "" && !isOnlyVariant(part));
  return parts.length === 0 ? name : `${name} - ${parts.join(" / ")}`;
}

/** Texts of Shopify and Square for a product without variants. */
function isOnlyVariant(part: string): boolean {
  return part === "Default Title" || part === "Regular";
}
