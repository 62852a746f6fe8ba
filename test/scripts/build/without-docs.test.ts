import { expect, it } from "vitest";
import { blanked } from "../../../scripts/lib/build/without-docs.ts";

const SOURCE = `// é: two bytes before the first place
export const route = open({
  method: "GET",
  docs: {
    summary: "A {brace} and docs: in a text",
    answers: { 200: { says: "ö" } },
  },
  handle: (c) => c.text("docs: kept"),
});
`;

it("leaves out the documentation of a route, and every other line and column as it was", async () => {
  const kept = (await blanked(Buffer.from(SOURCE), "ts")).toString();
  expect(kept.split("\n").map((line) => line.trimEnd())).toEqual(
    SOURCE.split("\n").map((line, index) => (index >= 3 && index <= 6 ? "" : line)),
  );
});

it("does so for every file of one process", async () => {
  for (const source of [SOURCE, `// ${"x".repeat(100)}\n${SOURCE}`])
    expect((await blanked(Buffer.from(source), "tsx")).toString()).not.toContain("summary");
});
