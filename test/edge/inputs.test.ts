/** What an item has in memory of its uploads, when loads and uploads meet. */
import { expect, it } from "vitest";
import { Inputs, type InputsDeps } from "../../src/item/inputs.ts";
import { settled } from "./support/item-life.ts";

const ITEM = { storeId: "main", productId: "SKU-1" };

/** Inputs whose loads end when the test says so, with the version it says. */
function heldInputs() {
  const loads: ((version: number) => void)[] = [];
  const inputs = new Inputs({
    store: {
      loadForDecision: () =>
        new Promise((resolve) => loads.push((inputsVersion) => resolve({ stored: { inputsVersion, terms: { packSize: inputsVersion } }, history: null }))),
      forecast: async () => null,
    } as Partial<InputsDeps["store"]> as InputsDeps["store"],
    cache: { get: async () => undefined, put: async () => undefined },
    now: () => 0,
    remembered: () => ({ version: 0, terms: null }),
    onFailure: (cause) => {
      throw cause;
    },
  });
  return { inputs, loads };
}

it("an upload that comes while the inputs are loaded has them loaded again, for all who wait", async () => {
  const { inputs, loads } = heldInputs();
  const before = inputs.load(ITEM);
  inputs.forget();
  const after = inputs.load(ITEM);
  loads[1]!(2);
  expect(await after).toMatchObject({ version: "2", terms: { packSize: 2 } });
  loads[0]!(1);
  expect(await before).toMatchObject({ version: "2", terms: { packSize: 2 } });
  expect(inputs.fresh()).toMatchObject({ version: "2" });
  expect(loads).toHaveLength(2);
});

it("what was read before an upload was heard of is not taken for what there is", async () => {
  const { inputs, loads } = heldInputs();
  const loaded = inputs.load(ITEM);
  inputs.forget();
  loads[0]!(1);
  await settled();
  expect(inputs.fresh()).toBeNull();
  expect(loads).toHaveLength(2);
  loads[1]!(2);
  expect(await loaded).toMatchObject({ version: "2" });
});
