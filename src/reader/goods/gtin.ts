/** Bar codes of the GS1 family: 8, 12, 13 or 14 digits, the last one a check digit. */

export function gtinOf(text: string): string | null {
  const digits = text.replaceAll(/[\s'’="-]/gu, "");
  if (!/^(?:\d{8}|\d{12,14})$/u.test(digits)) return null;
  const sum = [...digits]
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0 ? digits : null;
}
