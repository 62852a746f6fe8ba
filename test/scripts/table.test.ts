import { expect, it } from "vitest";
import { formatTable } from "../../scripts/lib/command/table.ts";

it("a table aligns its columns by the widest cell and has no trailing blanks", () => {
  expect(
    formatTable(
      [{ title: "item" }, { title: "n", align: "right" }, { title: "x" }],
      [
        ["tea", "10", ""],
        ["crème", "5", "y"],
      ],
    ),
  ).toBe("item    n  x\ntea    10\ncrème   5  y");
});
