/** Units that are not all of one kind: packs beside what they hold, or cases and pieces of one item. */
import { hasAny, phrases, plainText } from "../text/words.ts";
import type { FileQuestion } from "../types.ts";
import { headerText, type Head } from "./head.ts";
import type { ListLayout } from "./layout.ts";

const PACKS = phrases(
  "pack,packs,case,cases,carton,cartons,box,boxes,pallet,pallets,Karton,Kartons,Kiste,Kisten,Packung,Packungen," +
    "colis,cartons,caisses,caja,cajas,cartone,cartoni,caixa,caixas,doos,dozen",
);
const IN_A_PACK = phrases(
  "per pack,per case,per carton,per box,per pallet,pack size,case size,case pack,je Karton,pro Karton,par colis," +
    "par carton,por caja,per cartone,por caixa,per doos,VPE,conversion factor,uom factor",
);
const UNIT_OF_MEASURE = new Set(
  phrases(
    "uom,unit,unit of measure,unit of measurement,sales unit,Einheit,ME,Mengeneinheit,Verkaufseinheit,unité,unidad," +
      "unidad de medida,unità,unità di misura,um,unidade,eenheid,jednostka,単位,单位,단위",
  ),
);

export function unitQuestion(head: Head, { item, units }: ListLayout): FileQuestion | null {
  if (units === null) return null;
  const packs = packQuestion(head, units, "--kind sales");
  if (packs !== null) return packs;
  const measures = head.classes.findIndex(({ plain }, column) => column !== units && UNIT_OF_MEASURE.has(plain));
  const pair = measures < 0 ? null : twoMeasures(head, item, measures);
  if (pair === null) return null;
  return question(
    `"${headerText(head.headers, measures)}" says ${pair} for one item. Is each of them one unit? If not, convert ` +
      "them into one first.",
  );
}

/** Packs beside what each holds; `flag` takes a pack for a unit. */
export function packQuestion(head: Head, units: number | null, flag: string): FileQuestion | null {
  if (units === null || !hasAny(head.classes[units]!.plain, PACKS)) return null;
  const each = head.facts.findIndex(
    ({ numbers, most }, column) =>
      column !== units && numbers > 0 && most > 1 && hasAny(head.classes[column]!.plain, IN_A_PACK),
  );
  if (each < 0) return null;
  return question(
    `"${headerText(head.headers, units)}" counts packs, and "${headerText(head.headers, each)}" says what each ` +
      "holds. Is a pack what you count and order? If not, export single units.",
    flag,
  );
}

/** The first two measures that rows of one item have. */
function twoMeasures({ rows }: Head, item: readonly number[], column: number): string | null {
  const seen = new Map<string, string>();
  for (const { cells } of rows) {
    const name = cells[item.find((at) => (cells[at] ?? "") !== "") ?? -1];
    const measure = cells[column] ?? "";
    if (name === undefined || measure === "" || /^-?[\d.,]+$/u.test(measure)) continue;
    const before = seen.get(name);
    if (before === undefined) seen.set(name, measure);
    else if (plainText(before) !== plainText(measure)) return `"${before}" and "${measure}"`;
  }
  return null;
}

function question(text: string, flag = "--kind sales"): FileQuestion {
  return { about: "unit", text, choices: [{ flag, means: "each counts as one unit" }] };
}
