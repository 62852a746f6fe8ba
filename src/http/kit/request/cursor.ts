/** Where a page of a list ends, as an opaque text. */
import * as z from "zod";
import type { QueueCursor } from "../../../storage/review-queue.ts";
import { Problem } from "../../../api/problems.ts";

const Cursor = z.tuple([z.number(), z.string()]);

export function encodeCursor(cursor: QueueCursor): string {
  return btoa(JSON.stringify([cursor.expiresAt, cursor.workflowId]))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

export function decodeCursor(text: string): QueueCursor {
  try {
    const [expiresAt, workflowId] = Cursor.parse(JSON.parse(atob(text.replaceAll("-", "+").replaceAll("_", "/"))));
    return { expiresAt, workflowId };
  } catch {
    throw new Problem("validation_failed", "The cursor was not issued by this service.", {
      errors: [{ pointer: "cursor", message: "is not a cursor of this service" }],
    });
  }
}
