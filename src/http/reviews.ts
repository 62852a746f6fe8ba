/** `GET /reviews`: the review queue from its projection, earliest deadline first. */
import { storageOf } from "../storage/storage.ts";
import { readQuery } from "./body.ts";
import type { AppContext } from "./context.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { ReviewsQuery } from "./schemas.ts";
import { reviewRowToWire } from "./wire.ts";

export async function getReviews(c: AppContext): Promise<Response> {
  const { status, limit, cursor } = readQuery(c, ReviewsQuery);
  const found = await storageOf(c.env).workflows.reviews(status, limit + 1, cursor === undefined ? null : decodeCursor(cursor), Date.now());
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return c.json({
    reviews: page.map((workflow) => ({ ...reviewRowToWire(workflow), status })),
    next_cursor: last?.review == null ? null : encodeCursor({ expiresAt: last.review.expiresAt, workflowId: last.id }),
  });
}
