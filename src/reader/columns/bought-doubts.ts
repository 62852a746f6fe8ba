/** Lists with item, date and units that may not be sales: what the shop ordered, received or moved. */
import { SOLD } from "../text/vocabulary.ts";
import { hasAny, phrases, plainText } from "../text/words.ts";
import type { FileQuestion } from "../types.ts";
import { headerText, type Head } from "./head.ts";

const SUPPLIER = phrases(
  "supplier,vendor no,vendor number,vendor name,Lieferant,Lieferanten,Kreditor,fournisseur,proveedor,fornitore," +
    "fornecedor,leverancier,dostawca,dodavatel,leverantör,leverandør,tedarikçi,поставщик,仕入先,供应商,공급업체",
);
/** Words of a purchase where a supplier is named beside them: an order of a customer may have them, too. */
const PURCHASE = phrases(
  "po,purchase order,expected,eta,delivery date,arrival,received,outstanding,Bestellmenge,Liefertermin,Lieferdatum," +
    "bestellt,geliefert,date de livraison,quantité commandée,fecha de entrega,cantidad pedida,data consegna,data di " +
    "consegna,quantità ordinata,data de entrega,leverdatum",
);
/** Units that came or are still to come. */
const TO_COME = phrases(
  "received,outstanding,backorder,to receive,open qty,open quantity,offene Menge,offen,eingegangen,Wareneingang," +
    "Zugang,reçu,reçue,reçus,recibido,recibida,recibidas,ricevuto,ricevuta,recebido,recebida,ontvangen,przyjęte",
);
const RECEIPT = phrases(
  "goods receipt,goods receipts,goods received,grn,receipt of goods,received date,date received,received on," +
    "Wareneingang,Wareneingangsdatum,Wareneingangsnummer,Eingangsdatum,bon de réception,date de réception," +
    "fecha de recepción,data ricezione,data de recebimento,ontvangstdatum",
);
/** Units that left without a customer. */
const LOST = phrases(
  "wasted,waste,written off,write off,spoiled,damaged,scrapped,discarded,Schwund,Bruch,verdorben,abgeschrieben," +
    "perte,pertes,casse,merma,mermas,sprechi,scarti,perdas,derving,straty",
);
/** What a column says of each row where goods come and go, and nothing is called a sale. */
const MOVES = new Set(
  phrases(
    "in,out,stock in,stock out,receipt,issue,Zugang,Abgang,Eingang,Ausgang,Zubuchung,Abbuchung,entrée,sortie,entrada," +
      "salida,saída,entrata,uscita,carico,scarico,inkomend,uitgaand,przyjęcie,wydanie,příjem,výdej",
  ),
);
/** Codes of movements, such as SAP's 101 and 601. */
const MOVEMENT_CODE = phrases(
  "BwA,Bewegungsart,movement type,mvt,mvt type,movement code,type de mouvement,code mouvement,clase de movimiento," +
    "tipo movimento,tipo de movimento",
);
const PLACES: readonly (readonly [from: readonly string[], to: readonly string[]])[] = [
  [phrases("from,from store,from location,from outlet,source location"), phrases("to,to store,to location,to outlet")],
  [phrases("von,von Filiale,von Lager"), phrases("nach,an,an Filiale,nach Lager")],
];

/** Classes of columns whose "Out" or "Entrada" is no movement: what a product is called, or whether it was there. */
const NO_MOVES = new Set(["item_code", "item_name", "in_stock", "stock"]);
/** Share of rows that a column says something of, to say it of each. */
const MOST_ROWS = 0.9;

/** Of stock that was corrected; a sale has none. */
const REASON = phrases("reason,adjustment reason,reason code,Grund,motif,motivo,reden,powód,理由,原因");

/** What says so without the column of units. Null = nothing. `--kind sales` settles it. */
export function boughtQuestion(head: Head): FileQuestion | null {
  const find = (words: readonly string[], whole = false): number =>
    head.classes.findIndex(
      ({ plain, class: name }, column) =>
        name !== "money" &&
        head.facts[column]!.filled > 0 &&
        (whole ? words.includes(plain) : plain !== "" && hasAny(plain, words)),
    );
  const movement = find(MOVEMENT_CODE, true);
  if (movement >= 0 && head.facts[movement]!.numbers > 0)
    return question(
      `${named(head, movement)} says by a number what each row moved, such as "${head.facts[movement]!.example}".`,
      "Are all rows sales? If not, keep the rows of sales alone, with units above 0.",
    );
  const moves = head.facts.findIndex(
    (_, column) =>
      isOfMost(head, column) &&
      !NO_MOVES.has(head.classes[column]!.class) &&
      head.rows.every(({ cells }) => isMove(cells[column] ?? "")),
  );
  if (moves >= 0)
    return question(
      `${named(head, moves)} says of each row that goods came or went, such as "${head.facts[moves]!.example}".`,
      "Are all rows sales? If not, keep the rows of sales alone, with units above 0.",
    );
  const reason = find(REASON, true);
  if (reason >= 0 && isOfMost(head, reason))
    return question(`${named(head, reason)} says why each row is there, such as "${head.facts[reason]!.example}".`);
  if (saysSold(head)) return null;
  const receipt = find(RECEIPT);
  if (receipt >= 0) return looksBought(head, [receipt]);
  for (const [from, to] of PLACES) {
    const ends = [find(from, true), find(to, true)];
    if (ends.every((column) => column >= 0))
      return question(`${ends.map((column) => named(head, column)).join(" and ")} look like goods that were moved.`);
  }
  const [supplier, purchase] = [find(SUPPLIER), find(PURCHASE)];
  const isToCustomers = head.classes.some(({ class: name }) => name === "person");
  return supplier < 0 || purchase < 0 || isToCustomers ? null : looksBought(head, [supplier, purchase]);
}

/** What the column of units says of itself. */
export function notSoldQuestion(head: Head, units: number | null): FileQuestion | null {
  if (units === null) return null;
  const { plain } = head.classes[units]!;
  if (hasAny(plain, SOLD)) return null;
  if (hasAny(plain, TO_COME)) return looksBought(head, [units]);
  return hasAny(plain, LOST) ? question(`${named(head, units)} looks like goods that were lost.`) : null;
}

function looksBought(head: Head, columns: readonly number[]): FileQuestion {
  const names = columns.map((column) => named(head, column)).join(" and ");
  return question(`${names} ${columns.length === 1 ? "looks" : "look"} like goods that were ordered or received.`);
}

/** A day's sheet counts what came beside what was sold: only the latter is read. */
function saysSold({ classes, facts }: Head): boolean {
  return classes.some(
    ({ class: name, plain }, column) => name !== "money" && facts[column]!.numbers > 0 && hasAny(plain, SOLD),
  );
}

function isOfMost({ facts, rows }: Head, column: number): boolean {
  return facts[column]!.filled > 0 && facts[column]!.filled >= rows.length * MOST_ROWS;
}

function isMove(cell: string): boolean {
  return cell === "" || MOVES.has(plainText(cell));
}

function named({ headers }: Head, column: number): string {
  return `"${headerText(headers, column)}"`;
}

function question(why: string, ask = "Is this a list of sales? If not, leave it out of the import."): FileQuestion {
  return { about: "row_kind", text: `${why} ${ask}`, choices: [{ flag: "--kind sales", means: "they are sales" }] };
}
