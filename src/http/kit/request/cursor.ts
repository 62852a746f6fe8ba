/** Where a page of a list ends, as an opaque text: base64url of what the list is ordered by. */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import type { ItemIdentity } from "../../../storage/identity.ts";
import type { QueueCursor } from "../../../storage/review-queue.ts";

const QueuePlace = z.tuple([z.number(), z.string()]);
const ItemPlace = z.tuple([z.string(), z.string()]);

/** Of a list by moment, then id. */
export function encodeCursor({ expiresAt, workflowId }: QueueCursor): string {
  return written(JSON.stringify([expiresAt, workflowId]));
}

export function decodeCursor(cursor: string): QueueCursor {
  return read(cursor, (place) => {
    const [expiresAt, workflowId] = QueuePlace.parse(JSON.parse(place));
    return { expiresAt, workflowId };
  });
}

/** Of a list of items by store, then product. */
export function encodeItemCursor({ storeId, productId }: ItemIdentity): string {
  return written(JSON.stringify([storeId, productId]));
}

export function decodeItemCursor(cursor: string): ItemIdentity {
  return read(cursor, (place) => {
    const [storeId, productId] = ItemPlace.parse(JSON.parse(place));
    return { storeId, productId };
  });
}

/** Of a list by id. */
export function encodeIdCursor(id: string): string {
  return written(id);
}

export function decodeIdCursor(cursor: string): string {
  return read(cursor, (place) => name.parse(place));
}

function written(place: string): string {
  return Buffer.from(place).toString("base64url");
}

/** Throws the 422 of a text that is not one of ours. */
function read<T>(cursor: string, placeIn: (text: string) => T): T {
  const text = Buffer.from(cursor, "base64url").toString();
  try {
    // What is no base64url, or no UTF-8, is read leniently: it comes out different.
    if (written(text) === cursor) return placeIn(text);
  } catch {
    // Refused below.
  }
  throw new Problem("validation_failed", "The cursor was not issued by this service.", {
    errors: [{ pointer: "cursor", message: "is not a cursor of this service" }],
  });
}
