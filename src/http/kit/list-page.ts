/**
 * A page of a collection in the order of its ids: one more entry is read than is shown, and the cursor is the id of the
 * last one shown. Entries that the caller may not see are read past, since a cursor must not name them either (I19).
 */
import type * as z from "zod";
import type { ListQuery } from "../../api/world/lists.ts";
import { decodeIdCursor, encodeIdCursor } from "./request/cursor.ts";

export interface ListPage<T> {
  readonly entries: readonly T[];
  readonly nextCursor: string | null;
}

/** Entries read at once where some are hidden: a caller who sees one of thousands of stores costs few reads. */
const READ_PAST = 500;

export async function listPage<T>(
  list: string,
  { limit, cursor }: z.output<typeof ListQuery>,
  read: (limit: number, after: string | null) => Promise<readonly T[]>,
  idOf: (entry: T) => string,
  maySee?: (entry: T) => boolean,
): Promise<ListPage<T>> {
  const size = maySee === undefined ? limit + 1 : Math.max(limit + 1, READ_PAST);
  const seen: T[] = [];
  let found: readonly T[];
  let after = cursor === undefined ? null : decodeIdCursor(list, cursor);
  do {
    found = await read(size, after);
    seen.push(...(maySee === undefined ? found : found.filter(maySee)));
    after = found.length === 0 ? null : idOf(found.at(-1)!);
  } while (seen.length <= limit && found.length === size);
  const entries = seen.slice(0, limit);
  return { entries, nextCursor: seen.length > limit ? encodeIdCursor(list, idOf(entries.at(-1)!)) : null };
}
