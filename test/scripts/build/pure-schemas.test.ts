import { expect, it } from "vitest";
import { withPureCalls } from "../../../scripts/lib/build/pure-schemas.ts";

const SOURCE = `// é: two bytes before the first place
const Count = z.int().min(0);
export const Answer = z.object({ items: Count.nullable(), at: z.string().refine((text) => isDay(text)) });
export function toWire(value) {
  const kept = strip(value);
  return kept;
}
register(Answer);
export const route = guarded({
  path: "/things",
  get later() { return forget(); },
  async handle(c) {
    forget(c.env);
  },
});
`;

it("marks the calls that make a module's constants, once a chain, and no call that is made later", async () => {
  expect((await withPureCalls(Buffer.from(SOURCE))).toString()).toBe(
    SOURCE.replace("z.int", "/*@__PURE__*/z.int")
      .replace("z.object", "/*@__PURE__*/z.object")
      .replace("Count.nullable", "/*@__PURE__*/Count.nullable")
      .replace("z.string", "/*@__PURE__*/z.string")
      .replace("guarded", "/*@__PURE__*/guarded"),
  );
});
