/** What the service answers about an item: settings, orders, receipts, forecasts. Open objects, as in responses.ts. */
import * as z from "zod";
import { settingAnswers } from "./settings-body.ts";
import { DecisionAnswer, WorkflowStatusAnswer } from "./trigger/workflow-answer.ts";
import { Time, Day, identity } from "./fields.ts";

export const ProductSettingsAnswer = z.looseObject({
  ...identity,
  ...settingAnswers,
  warnings: z.array(z.string()),
});

const Supposed = z.looseObject({
  decision: DecisionAnswer,
  asks_for_review: z.array(z.string()).describe("Why a person would be asked; empty = nobody would be"),
});

export const WhatIfAnswer = z.looseObject({
  ...identity,
  counted_at: Time.nullable().describe("Of the newest count; null = nothing was counted"),
  present: Supposed.nullable().describe("The present plan; null where nothing was counted"),
  supposed: Supposed,
  difference: z
    .looseObject({ quantity: z.number(), confidence: z.number() })
    .nullable()
    .describe("The supposed plan minus the present one"),
});

export const CatalogueAnswer = z.looseObject({
  items: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  warnings: z.array(z.string()).optional(),
});

const openOrder = {
  quantity: z.number().describe("Still outstanding"),
  placed_at: Time.nullable().describe("Null while its purchase order is not sent"),
  expected_at: Time,
  workflow_id: z.string().nullable().describe("Null for an order that no decision made"),
  reference: z.string().nullable(),
  po_id: z.string().nullable(),
  order_status: z.enum(["planned", "firm", "sent"]).nullable(),
  changes: z
    .array(
      z.looseObject({
        at: Time,
        by: z.string(),
        reason: z.string().nullable(),
        quantity: z.number(),
        expected_at: Time,
        reference: z.string().nullable(),
      }),
    )
    .optional()
    .describe("What was said of it since"),
};

export const ProductAnswer = z
  .looseObject({
    ...identity,
    ...settingAnswers,
    settings: z.looseObject(settingAnswers).nullable(),
    open_orders: z.array(z.looseObject(openOrder)),
    confidence_record: z
      .looseObject({
        scored: z.number().describe("Decisions whose outcome became known"),
        waiting: z.number(),
        mean_confidence: z.number().nullable(),
        within_tolerance: z.number().nullable().describe("Share that was right, to compare with the mean confidence"),
        brier: z.number().nullable(),
        in_stock: z.number().nullable(),
      })
      .nullable(),
    decisions: z.array(
      z.looseObject({
        workflow_id: z.string(),
        status: WorkflowStatusAnswer,
        decision: DecisionAnswer.nullable(),
        created_at: Time,
        updated_at: Time,
      }),
    ),
  })
  .meta({ id: "Product" });

export const ReceiptAnswer = z.looseObject({
  ...identity,
  received: z.number(),
  applied_to_open_orders: z.number(),
  closed: z.array(
    z.looseObject({
      workflow_id: z.string().nullable().describe("Null for an order that no decision made"),
      quantity: z.number(),
    }),
  ),
  over_delivered: z.number().describe("Units beyond what was on order"),
  replayed: z.boolean(),
});

export const OpenOrderAnswer = z.looseObject({ ...identity, ...openOrder });

export const ForecastUploadAnswer = z.looseObject({
  ...identity,
  points: z.int(),
  first_date: Day,
  last_date: Day,
  uploaded_at: Time,
});

export const ForecastAnswer = z.looseObject({
  ...identity,
  source: z.string(),
  uploaded_at: Time,
  age_seconds: z.number(),
  points: z.array(
    z.looseObject({
      date: Day,
      mean: z.number(),
      p10: z.number().optional(),
      p50: z.number().optional(),
      p90: z.number().optional(),
      std: z.number().optional(),
    }),
  ),
});
