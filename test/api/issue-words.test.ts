/** A refused field is answered in the words of the service, whichever check of the schema refused it. */
import { expect, test } from "vitest";
import * as z from "zod";
import { label } from "../../src/api/fields.ts";
import { PersonBody } from "../../src/api/person-shape.ts";
import { VerdictBody } from "../../src/api/requests.ts";
import { SettingsBody } from "../../src/api/settings-body.ts";
import { TriggerBody } from "../../src/api/trigger/trigger-request.ts";
import { StoreBody } from "../../src/api/world/store-shape.ts";
import { SupplierBody } from "../../src/api/world/supplier-shape.ts";

const trigger = { product_id: "SKU-1", current_stock: 12 };
const person = { name: "Ana", email: "ana@shop.example" };

test.each<[z.ZodType, unknown, string]>([
  [TriggerBody, { current_stock: 12 }, "is required"],
  [TriggerBody, { ...trigger, current_stock: "12" }, "must be a number"],
  [TriggerBody, { ...trigger, product_id: 4 }, "must be text"],
  [TriggerBody, { ...trigger, backfill: "yes" }, "must be true or false"],
  [TriggerBody, { ...trigger, lots: {} }, "must be a list"],
  [TriggerBody, [], "must be an object"],
  [TriggerBody, { ...trigger, on_order: -1 }, "must be at least 0"],
  [TriggerBody, { ...trigger, on_order: 1e9 + 1 }, "must be at most 1000000000"],
  [TriggerBody, { ...trigger, service_level: 0 }, "must be above 0"],
  [TriggerBody, { ...trigger, service_level: 1 }, "must be below 1"],
  [TriggerBody, { ...trigger, notes: "x".repeat(2_001) }, "must have at most 2000 characters"],
  [VerdictBody, { decision: "perhaps" }, "must be one of approve, reject, modify"],
  [VerdictBody, { decision: "approve", revision: 1.5 }, "must be a whole number"],
  [SettingsBody, { unmet: "kept" }, "must be one of lost, backorder"],
  [StoreBody, { open_days: [] }, "must have at least 1 entry"],
  [StoreBody, { closed: Array(401).fill("2040-03-01") }, "must have at most 400 entries"],
  [SupplierBody, { emails: ["nobody"] }, "must be an address like ana@example.com"],
  [PersonBody, { ...person, email: "nobody" }, "must be an address like ana@example.com"],
  [label(10), " ", "must not be empty"],
  [label(10), "a\nb", "must be printable"],
])("%#: %o is told what to do", (schema, body, message) => {
  expect(schema.safeParse(body).error?.issues.map((issue) => issue.message)).toEqual([message]);
});
