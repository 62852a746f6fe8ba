/** `GET /reviews`: the review queue from its projection, earliest deadline first. */
import { z } from "zod";
import { d1WorkflowLog, type QueueCursor } from "../storage/workflow-log.ts";
import { readQuery } from "./body.ts";
import type { AppContext } from "./context.ts";
import { Problem } from "./problem.ts";
import { ReviewsQuery } from "./schemas.ts";
import { reviewRowToWire } from "./wire.ts";

const Cursor = z.tuple([z.number(), z.string()]);

export async function getReviews(c: AppContext): Promise<Response> {
  const { status, limit, cursor } = readQuery(c, ReviewsQuery);
  const found = await d1WorkflowLog(c.env.DB).reviews(status, limit + 1, cursor === undefined ? null : decode(cursor), Date.now());
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return c.json({
    reviews: page.map((workflow) => ({ ...reviewRowToWire(workflow), status })),
    next_cursor: last?.review == null ? null : encode({ expiresAt: last.review.expiresAt, workflowId: last.id }),
  });
}

function encode(cursor: QueueCursor): string {
  return btoa(JSON.stringify([cursor.expiresAt, cursor.workflowId])).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(text: string): QueueCursor {
  try {
    const [expiresAt, workflowId] = Cursor.parse(JSON.parse(atob(text.replaceAll("-", "+").replaceAll("_", "/"))));
    return { expiresAt, workflowId };
  } catch {
    throw new Problem("validation_failed", "The cursor is not one that this service gave.", {
      errors: [{ pointer: "cursor", message: "is not a cursor of this service" }],
    });
  }
}
