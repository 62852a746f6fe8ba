/** Where a page of a list ends, as an opaque text: base64url of the list's name and of what the list is ordered by. */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import type { ItemIdentity } from "../../../storage/identity.ts";
import type { QueueCursor } from "../../../storage/review-queue.ts";

const QueuePlace = z.tuple([z.number(), z.string()]);
const ItemPlace = z.tuple([z.string(), z.string()]);
const IdPlace = z.tuple([name]);

/** Of a list by moment, then id. */
export function encodeCursor(list: string, { expiresAt, workflowId }: QueueCursor): string {
  return written(list, [expiresAt, workflowId]);
}

export function decodeCursor(list: string, cursor: string): QueueCursor {
  const [expiresAt, workflowId] = read(list, cursor, QueuePlace);
  return { expiresAt, workflowId };
}

/** Of a list of items by store, then product. */
export function encodeItemCursor(list: string, { storeId, productId }: ItemIdentity): string {
  return written(list, [storeId, productId]);
}

export function decodeItemCursor(list: string, cursor: string): ItemIdentity {
  const [storeId, productId] = read(list, cursor, ItemPlace);
  return { storeId, productId };
}

/** Of a list by id. */
export function encodeIdCursor(list: string, id: string): string {
  return written(list, [id]);
}

export function decodeIdCursor(list: string, cursor: string): string {
  return read(list, cursor, IdPlace)[0];
}

function written(list: string, place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString("base64url");
}

/** Throws the 422 of a text that is not one of this list's. */
function read<T extends readonly unknown[]>(list: string, cursor: string, shape: z.ZodType<T>): T {
  try {
    const place = shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()).slice(1));
    // What is no base64url, or no UTF-8, is read leniently: it comes out different, as does another list's.
    if (written(list, place) === cursor) return place;
  } catch {
    // Refused below.
  }
  throw new Problem("validation_failed", "The cursor was not issued for this list.", {
    errors: [{ pointer: "cursor", message: "is not a cursor of this list" }],
  });
}
