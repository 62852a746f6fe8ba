/** Long texts in pieces: a row of an object's SQLite holds at most 2 MB, and a character takes up to three bytes. */

const PIECE_CHARACTERS = 500_000;

/** At least one piece; joined, they are the text. */
export function piecesOf(text: string): string[] {
  const pieces = [text.slice(0, PIECE_CHARACTERS)];
  for (let at = PIECE_CHARACTERS; at < text.length; at += PIECE_CHARACTERS)
    pieces.push(text.slice(at, at + PIECE_CHARACTERS));
  return pieces;
}
