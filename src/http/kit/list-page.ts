/**
 * A page of a collection in the order of its ids: one more entry is read than is shown, and the cursor is the last
 * one's id.
 */
import type * as z from "zod";
import { name } from "../../api/fields.ts";
import { Problem } from "../../api/problems.ts";
import type { ListQuery } from "../../api/world/lists.ts";

export interface ListPage<T> {
  readonly entries: readonly T[];
  readonly nextCursor: string | null;
}

export async function listPage<T>(
  { limit, cursor }: z.output<typeof ListQuery>,
  read: (limit: number, after: string | null) => Promise<readonly T[]>,
  idOf: (entry: T) => string,
): Promise<ListPage<T>> {
  const found = await read(limit + 1, cursor === undefined ? null : idIn(cursor));
  const entries = found.slice(0, limit);
  return { entries, nextCursor: found.length > limit ? cursorOf(idOf(entries.at(-1)!)) : null };
}

function cursorOf(id: string): string {
  const bytes = new TextEncoder().encode(id);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function idIn(cursor: string): string {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    return name.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw new Problem("validation_failed", "The cursor was not issued by this service.", {
      errors: [{ pointer: "cursor", message: "is not a cursor of this service" }],
    });
  }
}
