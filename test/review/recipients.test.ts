import { describe, expect, it } from "vitest";
import { toStore } from "../../src/api/world/store-facts.ts";
import { recipientsOf } from "../../src/review/asking/recipients.ts";
import { waitsForMorning } from "../../src/review/asking/waits-for-morning.ts";
import { aReview } from "../support/builders/a-workflow.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";

const T0 = Date.parse("2040-03-01T06:00:00Z");
const DAY = T0 / 86_400_000 - 0.25;
const person = (personId: string, delegate: string | null = null) => ({
  personId,
  name: personId.toUpperCase(),
  email: `${personId}@shop.example`,
  away: delegate === null ? null : { from: DAY, to: DAY + 3, delegate },
});
const PEOPLE = [person("ana", "ben"), person("ben"), person("cleo")];
const asked = (reviewers: string[] | null, now = T0): string[] =>
  recipientsOf(
    { store: { ...toStore("s", {}), reviewers }, people: PEOPLE },
    ["all@shop.example", "Ana@shop.example"],
    now,
  ).map(({ address, person: id, insteadOf }) => `${address} ${id} ${insteadOf}`);

describe("who is asked by mail", () => {
  it("are the store's reviewers, by id or address", () => {
    expect(asked(["cleo", "dan@else.example"])).toEqual(["cleo@shop.example cleo null", "dan@else.example null null"]);
  });

  it("are their delegates as well, while they are away", () => {
    expect(asked(["ana"])).toEqual(["ana@shop.example ana null", "ben@shop.example ben ANA"]);
    expect(asked(["ana"], T0 + 96 * HOUR_MS)).toEqual(["ana@shop.example ana null"]);
    expect(asked(["ana", "ben"])).toEqual(["ana@shop.example ana null", "ben@shop.example ben null"]);
  });

  it("are everybody's addresses where the store names nobody, or nobody who is left", () => {
    const everybody = ["all@shop.example null null", "ana@shop.example ana null", "ben@shop.example ben ANA"];
    expect(asked(null)).toEqual(everybody);
    expect(asked(["gone"])).toEqual(everybody);
  });
});

describe("a question", () => {
  const store = { reviewAt: 6 * 60, timeZone: "UTC" };
  const question = (expiresAt: number, runId?: string) => ({
    revision: 1,
    review: aReview({ expiresAt }),
    ...(runId === undefined ? {} : { runId }),
  });

  it("waits for the morning mail that comes an hour before its deadline or earlier", () => {
    const now = T0 - 2 * HOUR_MS;
    expect(waitsForMorning(question(T0 + 2 * HOUR_MS), store, now)).toBe(true);
    expect(waitsForMorning(question(T0 + HOUR_MS), store, now)).toBe(false);
    expect(waitsForMorning(question(T0 + 2 * HOUR_MS), { ...store, reviewAt: null }, now)).toBe(false);
    expect(waitsForMorning(question(T0 + 2 * HOUR_MS), null, now)).toBe(false);
  });

  it("of a run is in the mail after it, but for one that is due within the hour", () => {
    expect(waitsForMorning(question(T0 + 4 * HOUR_MS, "run"), store, T0)).toBe(true);
    expect(waitsForMorning(question(T0 + HOUR_MS, "run"), store, T0)).toBe(false);
  });

  it("that changed after an answer is told at once", () => {
    expect(waitsForMorning({ ...question(T0 + 9 * HOUR_MS, "run"), revision: 2 }, store, T0)).toBe(false);
  });
});
