/**
 * A quantity as a person types it, read as their locale writes numbers: 1.200 is twelve hundred to a German, and 1,200
 * is 1.2. A number not written as we would show it is shown again for confirmation before it counts.
 */
import type { Formats } from "../shared/formats.ts";

const SPACES = /[\s_'’]/gu;
const LARGEST = 1e9;

/** Without spaces; a Japanese keyboard's wide digits and marks become the usual ones. */
function plainOf(text: string): string {
  return text.normalize("NFKC").replace(SPACES, "");
}

/** Null when it is not a number. */
export function readQuantity(text: string | null, { decimal, group }: Formats): number | null {
  const plain = plainOf(text ?? "");
  if (!/^[\d.,٫]+$/u.test(plain)) return null;
  const other = decimal === "," ? "." : ",";
  const separators = [...plain].filter((character) => !/\d/.test(character));
  const digits =
    separators.filter((character) => character === decimal).length <= 1 && isGrouped(plain, decimal, other, group)
      ? plain.replaceAll(other, "").replace(decimal, ".")
      : separators.length === 1
        ? plain.replace(other, ".")
        : null;
  if (digits === null || !/^(\d+\.?\d*|\.\d+)$/.test(digits)) return null;
  const quantity = Number(digits);
  return quantity <= LARGEST ? quantity : null;
}

/**
 * True for text that the locale can only mean as this number: plain digits, or as it would be shown, grouped or not.
 */
export function isAsShown(text: string, quantity: number, formats: Formats): boolean {
  const plain = plainOf(text);
  const shown = plainOf(formats.typed(quantity));
  return /^\d+$/.test(plain) || plain === shown || plain === shown.replaceAll(formats.group, "");
}

/** The other separator may only group the digits of the whole part. */
function isGrouped(plain: string, decimal: string, other: string, group: string): boolean {
  const [whole = "", fraction = ""] = plain.split(decimal);
  if (fraction.includes(other)) return false;
  if (!whole.includes(other)) return true;
  // A locale that groups by spaces or not at all reads the other separator as a decimal one.
  if (group !== other) return false;
  const groups = whole.split(other);
  return (
    groups.slice(1, -1).every((part) => /^\d{2,3}$/.test(part)) &&
    /^\d{3}$/.test(groups.at(-1) ?? "") &&
    groups[0] !== ""
  );
}
