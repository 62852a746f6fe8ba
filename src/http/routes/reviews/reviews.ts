/** `GET /reviews`: the review queue from its projection, earliest deadline first. */
import { ReviewsQuery } from "../../../api/requests.ts";
import { ReviewsAnswer } from "../../../api/responses.ts";
import { reviewRowToWire } from "../../../api/to-wire.ts";
import { EVERYTHING } from "../../../storage/review-queue.ts";
import { storageOf } from "../../../storage/storage.ts";
import { storesOf } from "../../auth/store-bounds.ts";
import { decodeCursor, encodeCursor } from "../../kit/request/cursor.ts";
import { guarded, json } from "../../kit/route.ts";

export const getReviews = guarded({
  method: "GET",
  path: "/reviews",
  scope: "read",
  query: ReviewsQuery,
  docs: {
    summary: "The review queue, earliest deadline first",
    group: "reviews",
    answers: { 200: { says: "A page of reviews", content: json(ReviewsAnswer) } },
  },
  async handle(c, { query: { status, store_id, limit, cursor }, principal }) {
    const after = cursor === undefined ? null : decodeCursor("reviews", cursor);
    const filter = { ...EVERYTHING, store: store_id ?? "", stores: storesOf(principal) };
    const found = await storageOf(c.env).queue.reviews(status, filter, after, limit + 1, Date.now());
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return c.json({
      reviews: page.map((listed) => ({ ...reviewRowToWire(listed), status })),
      next_cursor: last === undefined ? null : encodeCursor("reviews", last),
    });
  },
});
