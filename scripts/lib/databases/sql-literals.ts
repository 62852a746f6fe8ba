/** Values in the text of an SQLite statement, which Wrangler takes no parameters beside. */

/** D1 takes statements of up to 100 kB; a character has up to four bytes, and each is written as two digits. */
const PIECE_CHARACTERS = 10_000;
const PLAIN = /^[\w.:-]*$/;

export function literal(value: string | number | null): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toExponential();
  // As bytes where it is more than a name: quotes, semicolons and NUL mean nothing there.
  return PLAIN.test(value) ? `'${value}'` : `CAST(x'${Buffer.from(value).toString("hex")}' AS TEXT)`;
}

/** A long text as a sum of pieces in a table of their own, written by `before`. */
export function pieced(
  value: string | number | null,
  pieces: string,
  name: string,
): { readonly before: readonly string[]; readonly value: string } {
  if (typeof value !== "string" || value.length <= PIECE_CHARACTERS) return { before: [], value: literal(value) };
  const characters = [...value];
  const count = Math.ceil(characters.length / PIECE_CHARACTERS);
  const before = Array.from({ length: count }, (_, at) => {
    const piece = characters.slice(at * PIECE_CHARACTERS, (at + 1) * PIECE_CHARACTERS).join("");
    return `INSERT INTO ${pieces} VALUES (${literal(name)}, ${at}, ${literal(piece)})`;
  });
  return {
    before,
    value:
      `(SELECT group_concat(piece, '') FROM (SELECT piece FROM ${pieces} WHERE name = ${literal(name)} ` +
      "ORDER BY at))",
  };
}
