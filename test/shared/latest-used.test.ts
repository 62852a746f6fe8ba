/** What was not used for longest is taken out first, in whatever order entries come, are used and go. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { LatestUsed } from "../../src/shared/latest-used.ts";

const key = fc.nat(6);
const step = fc.oneof(
  fc.record({ do: fc.constant("set" as const), key }),
  fc.record({ do: fc.constant("delete" as const), key }),
  fc.record({ do: fc.constant("take" as const) }),
  fc.record({ do: fc.constant("clear" as const) }),
);

it("takes out the least recently used entry", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const used = new LatestUsed<number, number>();
      /** The same as a list, oldest first. */
      let listed: [number, number][] = [];
      steps.forEach((one, at) => {
        if (one.do === "take") expect(used.takeOldest()).toEqual(listed.shift() ?? null);
        else if (one.do === "clear") {
          used.clear();
          listed = [];
        } else {
          listed = listed.filter(([known]) => known !== one.key);
          if (one.do === "delete") used.delete(one.key);
          else {
            used.set(one.key, at);
            listed.push([one.key, at]);
          }
        }
        expect(used.size).toBe(listed.length);
        for (const [known, value] of listed) expect(used.get(known)).toBe(value);
      });
    }),
  );
});
