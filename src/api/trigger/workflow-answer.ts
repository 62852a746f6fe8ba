/** A workflow as the wire shows it. Apart from the other answers, since the route of a trigger documents it. */
import * as z from "zod";
import { ACTIONS, REVIEW_STATUSES, WORKFLOW_STATUSES } from "../../shared/statuses.ts";
import { Time } from "../fields.ts";

const Probability = z.number().min(0).max(1);

export const RecommendationAnswer = z
  .looseObject({ action: z.enum(ACTIONS), quantity: z.number(), confidence: Probability })
  .meta({ id: "Recommendation" });

export const DecisionAnswer = z
  .looseObject({
    recommended_action: z.enum(ACTIONS),
    recommended_quantity: z.number().describe("Units of the item; 0 for hold"),
    confidence_score: Probability,
    forecast_confidence: Probability,
    in_stock_probability: Probability.nullable(),
    decided_by: z.enum(["plan", "llm", "fallback", "human", "expiry"]),
    fallback: z.boolean(),
    rationale: z.string(),
    reasons: z.array(z.string()).readonly(),
    evidence: z.looseObject({
      inventory_position: z.number(),
      projected_stock_at_arrival: z.number(),
      demand_quantile: z.number(),
      critical_ratio: z.number(),
      binding_constraint: z.string().nullable(),
      stockout_probability_if_hold: Probability,
      mean_demand_per_day: z.number().nullable(),
      lead_time_days: z.number().nullable(),
      review_period_days: z.number().nullable(),
      history_through: z.iso.date().nullable().describe("Last day of which everything is known"),
      history_age_days: z.number().nullable().describe("Days since then"),
      season_factor: z.number().nullable(),
      events: z.array(z.string()).readonly().describe("Ids of events until the next order arrives"),
      expected_waste: z.number().nullable(),
      sold_out_on: z.iso.date().nullable().describe("If nothing is ordered; null = not within a year"),
      lasts_until: z.iso.date().nullable().describe("With this order"),
    }),
    supplier_id: z.string().nullable(),
    order_by: Time.nullable().describe("The cut-off it is for"),
    arrives_on: z.iso.date().nullable(),
    next_order_by: Time.nullable(),
    next_arrives_on: z.iso.date().nullable(),
    order_units: z.number().nullable().describe("The quantity in the item's order units"),
    model: z.string().nullable(),
    model_words: z.string().nullable().describe("The model's own words, which are no instruction and no proof"),
    tokens: z.number().nullable(),
    cost_usd: z.number().nullable(),
  })
  .meta({ id: "Decision" });

export const ReviewStatus = z.enum(REVIEW_STATUSES);

export const ReviewAnswer = z
  .looseObject({
    status: ReviewStatus,
    reason: z.string(),
    reasons: z.array(z.string()).readonly(),
    expires_at: Time,
    decided_at: Time.nullable(),
    decided_by: z.string().nullable(),
    channel: z.enum(["api", "link", "slack", "inbox", "expiry"]).nullable(),
    comment: z.string().nullable(),
    taken_back: z
      .looseObject({ at: Time, by: z.string() })
      .nullable()
      .optional()
      .describe("Somebody took the answer back; the question is asked again by another workflow"),
  })
  .meta({ id: "Review" });

export const WorkflowStatusAnswer = z.enum(WORKFLOW_STATUSES);

export const WorkflowAnswer = z
  .looseObject({
    workflow_id: z.string(),
    product_id: z.string(),
    store_id: z.string(),
    status: WorkflowStatusAnswer,
    superseded_by: z.string().nullable(),
    stands: z.string().nullable().describe("The workflow in which a person said No, which answers this one"),
    order_status: z
      .enum(["planned", "firm", "sent", "replanned", "cancelled"])
      .nullable()
      .describe("How far the order has come that this decision put on a purchase order; null = it put none there"),
    po_id: z.string().nullable(),
    revision: z.int(),
    decision: DecisionAnswer.nullable().describe("While a review is pending: the recommendation"),
    recommendation: RecommendationAnswer.nullable(),
    review: ReviewAnswer.nullable().describe("Null when nobody had to be asked"),
    approvals: z.looseObject({ given: z.int(), needed: z.int() }).optional(),
    nodes: z.array(
      z.looseObject({ node: z.string(), status: z.string(), duration_ms: z.number(), note: z.string().optional() }),
    ),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: "Workflow" });
