import { expect, it } from "vitest";
import { concurrently } from "../../src/shared/concurrently.ts";

it("never runs more at once than allowed, and returns the results in the order of the values", async () => {
  let running = 0;
  let most = 0;
  const results = await concurrently([5, 1, 4, 2, 3], 2, async (value, index) => {
    running++;
    most = Math.max(most, running);
    for (let turn = 0; turn < value; turn++) await Promise.resolve();
    running--;
    return `${index}:${value}`;
  });
  expect(results).toEqual(["0:5", "1:1", "2:4", "3:2", "4:3"]);
  expect(most).toBe(2);
});

it("rejects with the first failure, and begins nothing after it", async () => {
  const begun: number[] = [];
  const work = concurrently([1, 2, 3, 4], 1, async (value) => {
    begun.push(value);
    if (value === 2) throw new Error("no");
  });
  await expect(work).rejects.toThrow("no");
  expect(begun).toEqual([1, 2]);
});

it("does nothing without values", async () => {
  expect(await concurrently([], 8, async () => "never")).toEqual([]);
});
