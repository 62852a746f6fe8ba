import { describe, expect, it } from "vitest";
import type { CopySide, Stretch } from "../../scripts/lib/databases/copy-side.ts";
import { literal, pieced } from "../../scripts/lib/databases/sql-literals.ts";
import { compareKeys, keyOf, STORED_TABLES, type Row } from "../../scripts/lib/databases/stored-tables.ts";
import {
  firstDifference,
  refuseNewer,
  walkTables,
  type WalkedStretch,
} from "../../scripts/lib/databases/walk-tables.ts";

/** Rows in memory, read the way the databases read them. */
function aSide(name: CopySide["name"], tables: Readonly<Record<string, readonly Row[]>>): CopySide {
  const read = ({ table, after, upTo, limit }: Stretch): readonly Row[] =>
    (tables[table.name] ?? [])
      .toSorted((a, b) => compareKeys(keyOf(table, a), keyOf(table, b)))
      .filter(
        (row) =>
          (after === null || compareKeys(keyOf(table, row), after) > 0) &&
          (upTo === null || compareKeys(keyOf(table, row), upTo) <= 0),
      )
      .slice(0, limit ?? Infinity);
  const unused = async (): Promise<never> => {
    throw new Error("not asked for here");
  };
  return {
    name,
    read: async (stretches) => stretches.map(read),
    extent: unused,
    apply: unused,
    freeze: unused,
    thaw: unused,
  };
}

const COUNTERS_PAGE = STORED_TABLES.find(({ name }) => name === "counters")!.pageRows;

const counter = (series: string, value = 1): Row => ({ series, value });
const workflow = (id: string, version = 1): Row => ({ workflow_id: id, version });
const key = (id: string, revoked_at: number | null): Row => ({ key_id: id, revoked_at });
const item = (id: string, version = 1): Row => ({ store_id: "main", product_id: id, inputs_version: version });

async function walked(
  source: Record<string, Row[]>,
  target: Record<string, Row[]>,
  pageRows = 2,
): Promise<WalkedStretch[]> {
  const stretches: WalkedStretch[] = [];
  for await (const round of walkTables({
    source: aSide("D1", source),
    target: aSide("PostgreSQL", target),
    pageShare: pageRows / COUNTERS_PAGE,
  }))
    stretches.push(...round);
  return stretches;
}

describe("walking two databases", () => {
  it("meets every row once and finds what is missing, different and too much, wherever a page ends", async () => {
    const letters = [..."abcdefg"];
    for (const pageRows of [1, 2, 3, 7, 50]) {
      const source = { counters: letters.filter((letter) => letter !== "c").map((letter) => counter(letter)) };
      const target = {
        counters: [counter("a"), counter("b", 2), counter("c"), counter("f"), counter("é"), counter("Z")],
      };
      const stretches = (await walked(source, target, pageRows)).filter(({ table }) => table.name === "counters");
      expect(stretches.flatMap(({ source: rows }) => rows.map((row) => row["series"]))).toEqual([..."abdefg"]);
      expect(stretches.flatMap(({ change }) => change.put.map((row) => row["series"]))).toEqual([..."bdeg"]);
      expect(stretches.flatMap(({ change }) => change.remove.flat()).toSorted()).toEqual(["Z", "c", "é"]);
      const first = stretches.map(({ change }) => firstDifference(change)).find((key) => key !== null);
      expect(first).toEqual(["Z"]);
    }
  });

  it("begins after the last key of a walk that broke off, and leaves tables that it had finished", async () => {
    const from = new Map([...STORED_TABLES.map(({ name }) => [name, null] as const), ["counters", ["b"]] as const]);
    const source = aSide("D1", { counters: [..."abcd"].map((series) => counter(series)), workflows: [workflow("w")] });
    const met: string[] = [];
    for await (const round of walkTables({
      source,
      target: aSide("PostgreSQL", {}),
      pageShare: 1 / COUNTERS_PAGE,
      from,
    })) {
      for (const stretch of round) met.push(...stretch.source.map((row) => `${stretch.table.name} ${row["series"]}`));
    }
    expect(met).toEqual(["counters c", "counters d"]);
  });
});

describe("a database that is in use", () => {
  const refusal = async (source: Record<string, Row[]>, target: Record<string, Row[]>): Promise<string> => {
    try {
      for (const stretch of await walked(source, target))
        refuseNewer(stretch, aSide("D1", {}), aSide("PostgreSQL", {}));
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("is not written over where it is newer, or holds what only use can have put there", async () => {
    expect(await refusal({ workflows: [workflow("a", 2)] }, { workflows: [workflow("a", 3)] })).toContain(
      'PostgreSQL is newer than D1 in workflows ["a"]',
    );
    expect(await refusal({ items: [item("a", 1)] }, { items: [item("a", 2)] })).toContain(
      'PostgreSQL is newer than D1 in items ["main","a"]',
    );
    expect(await refusal({ api_keys: [key("a", null)] }, { api_keys: [key("a", 7)] })).toContain(
      'PostgreSQL is newer than D1 in api_keys ["a"]',
    );
    expect(await refusal({ counters: [counter("a", 1)] }, { counters: [counter("a", 2)] })).toContain(
      'PostgreSQL is newer than D1 in counters ["a"]',
    );
    expect(await refusal({ items: [item("a")] }, { items: [item("a"), item("b")] })).toContain(
      'PostgreSQL holds more than D1 in items ["main","b"]',
    );
  });

  it("is not seen in an older copy, nor in rows that retention has taken from the original", async () => {
    expect(
      await refusal(
        { workflows: [workflow("b", 2)], items: [item("a", 2)] },
        { workflows: [workflow("a"), workflow("b")], items: [item("a")] },
      ),
    ).toBe("");
  });
});

describe("values in SQL text", () => {
  it("are bytes wherever a quote, a semicolon or a NUL could mean something", () => {
    expect([literal("abc-1"), literal(null), literal(-2), literal(0.1)]).toEqual(["'abc-1'", "NULL", "-2", "1e-1"]);
    expect(literal("a';\0é")).toBe("CAST(x'61273b00c3a9' AS TEXT)");
  });

  it("are written in pieces when they are too long for a statement, and no piece splits a character", () => {
    const long = "🍵".repeat(25_000);
    const { before, value } = pieced(long, "pieces", "t.0.c");
    expect(before).toHaveLength(3);
    expect(before.every((statement) => statement.length < 100_000)).toBe(true);
    expect(value).toContain("group_concat");
  });
});
