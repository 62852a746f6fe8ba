/** Runs over the wire. */
import * as z from "zod";
import { name, orDefault, Time } from "./fields.ts";

export const RunBody = z
  .strictObject({
    store_id: orDefault(name, "main"),
    supplier_id: name.nullish().describe("Only items of this supplier; null or absent: every item"),
  })
  .meta({ id: "RunRequest" });

const Count = z.int().min(0);

export const RunAnswer = z
  .looseObject({
    run_id: z.string(),
    store_id: z.string(),
    supplier_id: z.string().nullable(),
    status: z.enum(["running", "done"]),
    items: Count.describe("Items looked at so far"),
    decided: Count,
    unchanged: Count.describe("Nothing new is known since they were last decided"),
    restock: Count.describe("Of the decided: orders that no person was needed for"),
    waiting: Count.describe("Of the decided: questions that wait for a person"),
    skipped: z.array(z.looseObject({ product_id: z.string(), why: z.string() })).describe("At most the first 1,000"),
    failed: Count.describe("Items that could not be reached; asked again for a day, they move to what they answer"),
    started_at: Time,
    finished_at: Time.nullable(),
  })
  .meta({ id: "Run" });
