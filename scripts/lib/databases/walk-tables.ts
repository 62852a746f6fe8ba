/**
 * Walks the same stretches of every table on both sides, in the order of the keys, and says what differs: the copy
 * writes that, the verification only counts it.
 */
import type { Change, CopySide } from "./copy-side.ts";
import type { Positions } from "./copy-progress.ts";
import { StartupProblem } from "../command/startup-problem.ts";
import { compareKeys, keyOf, lineOf, STORED_TABLES, type Key, type Row, type StoredTable } from "./stored-tables.ts";

export interface WalkedStretch {
  readonly table: StoredTable;
  readonly source: readonly Row[];
  readonly target: readonly Row[];
  /** The changes that make the target equal to the source. */
  readonly change: Change;
  /** The stretch's last key; null = the table ends with it. */
  readonly end: Key | null;
}

export interface Walk {
  readonly source: CopySide;
  readonly target: CopySide;
  /** Pages in proportion to each table's own number of rows; 1 = that number. */
  readonly pageShare: number;
  /** Where an earlier walk broke off. */
  readonly from?: Positions;
}

/** One stretch of each table that is not through, again and again until all are. */
export async function* walkTables({
  source,
  target,
  pageShare,
  from = new Map(),
}: Walk): AsyncGenerator<readonly WalkedStretch[]> {
  let open = STORED_TABLES.filter(({ name }) => from.get(name) !== null).map((table) => ({
    table,
    after: from.get(table.name) ?? null,
  }));
  while (open.length > 0) {
    const limitOf = (table: StoredTable): number => Math.max(1, Math.round(table.pageRows * pageShare));
    const pages = await source.read(
      open.map(({ table, after }) => ({ table, after, upTo: null, limit: limitOf(table) })),
    );
    const begun = open.map(({ table, after }, at) => {
      const page = pages[at]!;
      return { table, after, page, end: page.length < limitOf(table) ? null : keyOf(table, page.at(-1)!) };
    });
    const held = await target.read(begun.map(({ table, after, end }) => ({ table, after, upTo: end, limit: null })));
    yield begun.map(({ table, page, end }, at) => ({
      table,
      source: page,
      target: held[at]!,
      end,
      change: differences(table, page, held[at]!),
    }));
    open = begun.flatMap(({ table, end }) => (end === null ? [] : [{ table, after: end }]));
  }
}

function differences(table: StoredTable, source: readonly Row[], target: readonly Row[]): Change {
  const name = (row: Row): string => JSON.stringify(keyOf(table, row));
  const held = new Map(target.map((row) => [name(row), row]));
  const wanted = new Set(source.map(name));
  return {
    table,
    remove: target.filter((row) => !wanted.has(name(row))).map((row) => keyOf(table, row)),
    put: source.filter((row) => {
      const known = held.get(name(row));
      return known === undefined || lineOf(table, known) !== lineOf(table, row);
    }),
  };
}

/** The smallest key under which the sides differ; null = nowhere. */
export function firstDifference({ table, remove, put }: Change): Key | null {
  const keys = [...remove, ...put.map((row) => keyOf(table, row))].toSorted(compareKeys);
  return keys[0] ?? null;
}

/**
 * Stops a copy over a database that is in use: it holds what the source never had, or newer versions. To be asked
 * before anything is written.
 */
export function refuseNewer({ table, target, change }: WalkedStretch, from: CopySide, to: CopySide): void {
  const refuse = (key: Key, what: string): never => {
    throw new StartupProblem(
      `${to.name} ${what} than ${from.name} in ${table.name} ${JSON.stringify(key)}: the service writes to it ` +
        "already, and nothing there may be overwritten.",
    );
  };
  if (!table.mayShrink && change.remove.length > 0) refuse(change.remove[0]!, "holds more");
  const { rising } = table;
  if (rising === undefined) return;
  const held = new Map(target.map((row) => [JSON.stringify(keyOf(table, row)), row]));
  for (const row of change.put) {
    const known = held.get(JSON.stringify(keyOf(table, row)));
    if (known !== undefined && rising.some((column) => Number(known[column]) > Number(row[column])))
      refuse(keyOf(table, row), "is newer");
  }
}
