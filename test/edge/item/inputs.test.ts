/** What an item has in memory of its uploads, when loads and uploads meet. */
import { expect, it } from "vitest";
import { Inputs, type InputsDeps } from "../../../src/item/knowledge/inputs.ts";
import { settled } from "../support/item-life.ts";

const ITEM = { storeId: "main", productId: "SKU-1" };

/** Inputs whose loads end when the test says so, with the version it says; `cached` is what the cache has under any. */
function heldInputs(remembered = 0, cached: null | undefined = undefined) {
  const loads: ((version: number) => void)[] = [];
  const calls: string[] = [];
  const inputs = new Inputs({
    store: {
      loadForDecision: () =>
        new Promise((resolve) =>
          loads.push((inputsVersion) =>
            resolve({ stored: { inputsVersion, terms: { packSize: inputsVersion } }, history: null }),
          ),
        ),
      forecast: async () => (calls.push("store"), null),
    } as Partial<InputsDeps["store"]> as InputsDeps["store"],
    cache: {
      get: async (_, version) => (calls.push(`get ${version}`), cached),
      put: async (_, version) => void calls.push(`put ${version}`),
    },
    now: () => 0,
    remembered: () => ({ version: remembered, terms: null }),
    onFailure: (cause) => {
      throw cause;
    },
  });
  return { inputs, loads, calls };
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

it.each([
  { what: "is cached under the version that is remembered", remembered: 3, cached: null, calls: ["get 3"] },
  { what: "is cached under a newer version", remembered: 2, cached: null, calls: ["get 2", "get 3"] },
  { what: "is not cached", remembered: 3, cached: undefined, calls: ["get 3", "store", "put 3"] },
])("a forecast that $what takes no more questions than it must", async ({ remembered, cached, calls }) => {
  const held = heldInputs(remembered, cached);
  const loaded = held.inputs.load(ITEM);
  held.loads[0]!(3);
  expect((await loaded).forecast).toBeNull();
  expect(held.calls).toEqual(calls);
});
