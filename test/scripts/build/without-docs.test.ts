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

it("leaves out what schemas say of themselves, wherever it stands in them", async () => {
  const source = `const a = z.string().describe("é (").min(1).meta({ id: "A" });
const b = z
  .array(a.describe(\`to \${LONGEST}\`))
  .max(2)
  .describe("b");
const c = describe("kept").meta;
`;
  const kept = (await blanked(Buffer.from(source), "ts")).toString();
  expect(kept.replaceAll(/ +(?=[\n.;)])/g, "").split("\n")).toEqual([
    "const a = z.string().min(1);",
    "const b = z",
    ".array(a)",
    ".max(2)",
    ";",
    'const c = describe("kept").meta;',
    "",
  ]);
  expect(kept.split("\n").map((line) => line.indexOf(".max(2)"))).toEqual([-1, -1, -1, 2, -1, -1, -1]);
});
