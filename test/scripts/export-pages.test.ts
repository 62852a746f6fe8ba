import { expect, test } from "vitest";
import { exportedLines, resumePoint, type Query } from "../../scripts/lib/export/export-pages.ts";

const WORKFLOWS = ["a-1", "a-2", "b-1", "c-1", "c-2"];
/** Between the workflows' ids, if one went by the ids alone. */
const PURCHASES = ["a", "b", "f"].map((digit) => `${digit.repeat(64)}-pot3k1`);
const ids = [...WORKFLOWS, ...PURCHASES];

/** Answers pages as the database would. */
const fromMemory: Query = async (sql) => {
  const after = /> '([^']*)'/.exec(sql)![1]!;
  const limit = Number(/LIMIT (\d+)/.exec(sql)![1]);
  return (sql.includes("FROM purchase_orders") ? PURCHASES : WORKFLOWS)
    .filter((id) => id > after)
    .slice(0, limit)
    .map((id) => ({ id, record: JSON.stringify({ schema: 1, id, status: "completed", audit: [] }) }));
};

async function exported(after: string, pageRows: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportedLines(fromMemory, { before: Infinity, after }, pageRows)) lines.push(line);
  return lines;
}

test("every workflow and purchase order is exported once, whatever the page size", async () => {
  for (const pageRows of [1, 2, 5, 6]) {
    expect((await exported("", pageRows)).map((line) => JSON.parse(line).id)).toEqual(ids);
  }
});

test("a file that broke off in a line is continued after its last whole one", async () => {
  const whole = (await exported("", 2)).map((line) => `${line}\n`).join("");
  for (let cut = 0; cut <= whole.length; cut++) {
    const broken = whole.slice(0, cut);
    const { bytes, after } = resumePoint(broken);
    const rest = (await exported(after, 2)).map((line) => `${line}\n`).join("");
    expect(broken.slice(0, bytes) + rest).toBe(whole);
  }
});
