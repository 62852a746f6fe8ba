/** Simulated demand serves an item's next plans: for the items planned last as it is, for those before in bytes. */
import { expect, it } from "vitest";
import type { Prepared } from "../../src/replenishment/models/prepare.ts";
import { demandOnce, type KeptFor } from "../../src/replenishment/paths/keep-paths.ts";

const WANTED: KeptFor = {
  schedule: { start: [0, 1], duration: [1, 1], leadSteps: 1 } as unknown as KeptFor["schedule"],
  factors: [1, 1],
  seed: 1,
};

/** Each is an item of its own. */
const item = (): Prepared => ({}) as Prepared;
const never = (): Float32Array => {
  throw new Error("simulated again");
};

/** As many items as push an earlier one out of the warm ones. */
function planOthers(count: number): void {
  for (let n = 0; n < count; n++) demandOnce(item(), WANTED, () => Float32Array.of(n % 200));
}

it("is the same array while the item is among the last planned, and the same numbers after many others", () => {
  const [whole, large, broken] = [item(), item(), item()];
  const demand = demandOnce(whole, WANTED, () => Float32Array.of(0, 3, 255));
  demandOnce(large, WANTED, () => Float32Array.of(256));
  demandOnce(broken, WANTED, () => Float32Array.of(2.5));
  expect(demandOnce(whole, WANTED, never)).toBe(demand);
  planOthers(1_000);
  expect(demandOnce(whole, WANTED, never)).toEqual(demand);
  // What a byte cannot hold is simulated again.
  for (const other of [large, broken]) expect(() => demandOnce(other, WANTED, never)).toThrow("simulated again");
  planOthers(4_001);
  expect(demandOnce(whole, WANTED, never)).toEqual(demand);
});

it("is simulated again for other factors, however it is kept", () => {
  const other = { ...WANTED, factors: [1, 2] };
  const [warm, packed] = [item(), item()];
  for (const one of [packed, warm]) demandOnce(one, WANTED, () => Float32Array.of(1));
  expect(demandOnce(warm, other, () => Float32Array.of(2))).toEqual(Float32Array.of(2));
  planOthers(1_000);
  expect(demandOnce(packed, other, () => Float32Array.of(2))).toEqual(Float32Array.of(2));
  expect(demandOnce(packed, other, never)).toEqual(Float32Array.of(2));
});
