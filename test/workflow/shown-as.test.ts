/** What a workflow keeps of names and formats, for lists, mails and pages that load nothing else. */
import { expect, test } from "vitest";
import { shelfFacts } from "../../src/workflow/asking/shelf.ts";
import { shownAs } from "../../src/workflow/asking/shown-as.ts";
import { aDecision, aSnapshot, aWorkflow } from "../support/builders/a-workflow.ts";
import { aStore, aSupplier, aWorld } from "../world/builders.ts";

test("nothing is kept where nothing differs from what a reader assumes", () => {
  expect(shownAs({}, aWorld())).toBeUndefined();
  expect(shownAs({}, aWorld({ store: aStore() }))).toBeUndefined();
});

test("what is named, and what the store writes otherwise, is kept", () => {
  const store = aStore({ name: "Ginza", timeZone: "Asia/Tokyo", locale: "ja", currency: "JPY" });
  const ofStore = { store: "Ginza", timeZone: "Asia/Tokyo", locale: "ja", currency: "JPY" };
  expect(shownAs({ name: "Milk", gtin: "4006381333931" }, aWorld({ store }))).toEqual({
    name: "Milk",
    gtin: "4006381333931",
    ...ofStore,
  });
  const supplier = aSupplier({ currency: "EUR" });
  expect(shownAs({}, aWorld({ store, supplier }))).toEqual({ ...ofStore, supplier: "acme", currency: "EUR" });
  expect(shownAs({}, aWorld({ supplier: aSupplier({ name: "Acme Ltd" }) }))).toEqual({ supplier: "Acme Ltd" });
});

test("an empty shelf is sold out on the day of the count, whatever the plan expects", () => {
  const { evidence } = aDecision();
  const decision = aDecision({ evidence: { ...evidence, soldOutOn: 30_000 } });
  const soldOutOn = (onHand: number) => {
    const { soldOutOn: day } = shelfFacts(aWorkflow({ snapshot: aSnapshot({ onHand }), decision }));
    return day;
  };
  const countedOn = Math.floor(aSnapshot().occurredAt / 86_400_000);
  expect([-1, 0, 1].map(soldOutOn)).toEqual([countedOn, countedOn, 30_000]);
});
