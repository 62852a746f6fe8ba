/** What the service answers about its keys and its health. Open objects, as in responses.ts. */
import * as z from "zod";
import { Time } from "./fields.ts";
import { warnings } from "./world/warnings.ts";

const keyFields = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  rate_class: z.enum(["standard", "bulk"]),
  stores: z.array(z.string()).nullable().describe("The stores that the key is bound to; null: all of them"),
  created_at: Time,
  created_by: z.string(),
  expires_at: Time.nullable(),
  revoked_at: Time.nullable(),
  last_used_at: Time.nullable().describe("To the hour"),
};

export const KeyAnswer = z.looseObject(keyFields).meta({ id: "Key" });
export type KeyAnswer = z.output<typeof KeyAnswer>;
export const NewKeyAnswer = z.looseObject({ ...keyFields, key: z.string().describe("Shown this once"), warnings });
export const KeysAnswer = z.looseObject({ keys: z.array(KeyAnswer), next_cursor: z.string().nullable() });

export const HealthAnswer = z.looseObject({ status: z.literal("ok") });
export const ReadinessAnswer = z.looseObject({
  status: z.enum(["ready", "not_ready"]),
  parts: z.array(z.looseObject({ part: z.string(), ok: z.boolean(), error: z.string().optional() })).optional(),
});

export const RebuildAnswer = z.looseObject({
  items: z.int(),
  failed: z.array(z.looseObject({ store_id: z.string(), product_id: z.string() })),
  next_cursor: z.string().nullable(),
});

export const ObjectRebuildAnswer = z.looseObject({
  items: z.int(),
  /** Ids of the objects that could not send all they keep. */
  failed: z.array(z.string()),
});

export const BulkRedeliveryAnswer = z.looseObject({
  workflows: z.int(),
  deliveries: z.int(),
  /** Workflows whose item could not be reached, or keeps them no longer. */
  failed: z.array(z.string()),
  next_cursor: z.string().nullable(),
});
