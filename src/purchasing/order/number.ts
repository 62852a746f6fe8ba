/**
 * The number by which a supplier knows an order: short enough for the phone, different for every store and supplier.
 */

/** Leaves out letters and digits that are easily confused. */
const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LETTERS_OF_OBJECT = 5;
/** Hexadecimal digits of the object's id, a hash, for these letters: five bits each. */
const DIGITS = 12;

/** @param count from 1, within the object. */
export function purchaseNumber(objectId: string, count: number): string {
  let rest = Number.parseInt(objectId.slice(0, DIGITS), 16);
  let letters = "";
  for (let at = 0; at < LETTERS_OF_OBJECT; at++) {
    letters += LETTERS[rest % LETTERS.length];
    rest = Math.floor(rest / LETTERS.length);
  }
  return `PO-${letters}-${String(count).padStart(4, "0")}`;
}

/** The count within a number. */
export function countIn(number: string): number {
  return Number(number.slice(number.lastIndexOf("-") + 1));
}
