/** People over the wire. */
import * as z from "zod";
import { PERMISSIONS } from "../shared/statuses.ts";
import { cost, day, label, MOST_ENTRIES, name, orDefault, MAX_LABEL, isDistinct, isRange, NO_RANGE } from "./fields.ts";
import { warnings } from "./world/warnings.ts";

const MAX_ADDRESS = 254;

export const emailAddress = z
  .email("must be an address like ana@example.com")
  .max(MAX_ADDRESS)
  .transform((address) => address.toLowerCase());

export const PersonBody = z
  .strictObject({
    name: label(MAX_LABEL),
    email: emailAddress,
    slack_user: z
      .string()
      .regex(/^[A-Z0-9]{2,32}$/, "must be a Slack user id like U012AB3CD")
      .nullish(),
    stores: z.array(name).min(1).max(MOST_ENTRIES).nullish().describe("Null or absent: all stores"),
    may: orDefault(
      z.array(z.enum(PERMISSIONS)).refine(isDistinct, "must not repeat a permission").meta({ uniqueItems: true }),
      ["review"],
    ),
    value_limit: cost
      .nullish()
      .describe("Order value, in the store's currency, above which this person's approval does not suffice"),
    away: z.strictObject({ from: day, to: day, delegate: name }).refine(isRange, NO_RANGE).nullish(),
  })
  .meta({ id: "PersonSettings" });

export const PersonAnswer = z
  .looseObject({
    person_id: z.string(),
    name: z.string(),
    email: z.string(),
    slack_user: z.string().nullable(),
    stores: z.array(z.string()).nullable(),
    may: z.array(z.enum(PERMISSIONS)),
    value_limit: z.number().nullable(),
    away: z.looseObject({ from: z.iso.date(), to: z.iso.date(), delegate: z.string() }).nullable(),
    warnings,
  })
  .meta({ id: "Person" });

export const PeopleAnswer = z.looseObject({ people: z.array(PersonAnswer), next_cursor: z.string().nullable() });

export const SessionsAnswer = z.looseObject({
  sessions: z.array(
    z
      .looseObject({
        session_id: z.string(),
        person_id: z.string().nullable(),
        key_id: z.string().nullable(),
        created_at: z.iso.datetime(),
        expires_at: z.iso.datetime(),
      })
      .meta({ id: "Session" }),
  ),
  next_cursor: z.string().nullable(),
});
