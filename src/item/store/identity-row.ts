/**
 * The item's identity and its last uploaded settings. The row exists only once the item has settings, or was told of an
 * upload: before that, its newest workflow says all of it, and a first decision makes one table less.
 */
import * as z from "zod";
import { storedTermsSchema } from "../../api/settings-terms.ts";
import { madeOnce } from "../../shared/made-once.ts";
import type { ItemIdentity } from "../../storage/identity.ts";
import type { ItemInputs } from "../../workflow/facts.ts";
import type { ItemTerms } from "../../workflow/item-terms.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { Statement, Table, Tables } from "./tables.ts";

const IDENTITY: Table = {
  name: "identity",
  columns: "(id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL) STRICT",
};

export interface StoredIdentity extends ItemIdentity {
  readonly schema: 1;
  /** Version of the uploads that `terms` is from; 0 = none known. */
  readonly inputsVersion: number;
  /** Kept here so that a decision keeps its pack sizes and limits while the database is away. */
  readonly terms: ItemTerms | null;
}

const stored = madeOnce(() =>
  z.looseObject({
    schema: z.literal(1),
    storeId: z.string(),
    productId: z.string(),
    inputsVersion: z.number(),
    terms: storedTermsSchema().nullable(),
  }),
);

export function readIdentity(tables: Tables): StoredIdentity | null {
  const [row] = tables.read<{ record: string }>(IDENTITY, "SELECT record FROM identity");
  return row === undefined ? null : stored().parse(JSON.parse(row.record));
}

export function identityStatements(identity: StoredIdentity | undefined): Statement[] {
  if (identity === undefined) return [];
  const query = "INSERT OR REPLACE INTO identity VALUES (1, ?)";
  return [{ into: IDENTITY, query, bindings: [JSON.stringify(identity)] }];
}

/** Of an item that nothing was uploaded for. */
export function newIdentity({ storeId, productId }: ItemIdentity): StoredIdentity {
  return { schema: 1, storeId, productId, inputsVersion: 0, terms: null };
}

/** The identity of an item without settings, from a workflow. Its facts begin with the version of the uploads. */
export function identityIn({ storeId, productId, factsFingerprint }: Workflow): StoredIdentity {
  const inputsVersion = Number.parseInt(factsFingerprint, 10) || 0;
  return { ...newIdentity({ storeId, productId }), inputsVersion };
}

/** The row to write with a trigger's workflow; undefined when the stored one is already right, or none is needed. */
export function learnedIdentity(
  { identity, hasIdentityRow }: { readonly identity: StoredIdentity | null; readonly hasIdentityRow: boolean },
  item: ItemIdentity,
  { unavailable, version, terms }: Pick<ItemInputs, "unavailable" | "version" | "terms">,
): StoredIdentity | undefined {
  if (unavailable || version === String(identity?.inputsVersion ?? 0)) return undefined;
  if (!hasIdentityRow && Object.keys(terms).length === 0) return undefined;
  return { schema: 1, ...item, inputsVersion: Number(version), terms };
}
