/** `GET /reviews`: the review queue from its projection, earliest deadline first. */
import { EVERYTHING } from "../../storage/review-queue.ts";
import { storageOf } from "../../storage/storage.ts";
import { readQuery } from "../kit/body.ts";
import type { AppContext } from "../kit/context.ts";
import { decodeCursor, encodeCursor } from "../kit/cursor.ts";
import { ReviewsQuery } from "../../api/requests.ts";
import { reviewRowToWire } from "../../api/to-wire.ts";

export async function getReviews(c: AppContext): Promise<Response> {
  const { status, limit, cursor } = readQuery(c, ReviewsQuery);
  const found = await storageOf(c.env).queue.reviews(
    status,
    EVERYTHING,
    cursor === undefined ? null : decodeCursor(cursor),
    limit + 1,
    Date.now(),
  );
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return c.json({
    reviews: page.map((listed) => ({ ...reviewRowToWire(listed), status })),
    next_cursor: last === undefined ? null : encodeCursor(last),
  });
}
