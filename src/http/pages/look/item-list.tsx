/** `GET /items`: items by name, id or GTIN. */
import * as z from "zod";
import type { ItemIdentity } from "../../../storage/identity.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { ItemRow } from "../../../ui/today/item-row.ts";
import { ItemsPage } from "../../../ui/today/items-page.tsx";
import { ATTENTION } from "../../../workflow/asking/shelf.ts";
import { seesStore, storesOf } from "../../auth/store-bounds.ts";
import type { AppContext } from "../../kit/context.ts";
import { decodeItemCursor, encodeItemCursor } from "../../kit/request/cursor.ts";
import { pageRoute } from "../page-route.ts";
import { page } from "../page.ts";
import { shown, withSession } from "../with-session.tsx";

const PAGE_ROWS = 100;
/** Of those that need a look, the most urgent; nobody works through more in a day. */
const MOST_NEEDING = 500;
/** Suppliers of a page's items that are looked up by name; a shop has a few. */
const MOST_SUPPLIERS = 40;

const Words = z.string().optional().catch(undefined);

export const getItemList = pageRoute({
  method: "GET",
  path: "/items",
  summary: "Items by name, id or GTIN",
  query: z.object({
    q: Words,
    store: Words,
    show: z.enum(ATTENTION).or(z.literal("")).optional().catch(undefined),
    after: Words,
  }),
  handle: (c, { query }) =>
    withSession(c, async (session) => {
      const { directory, queue } = storageOf(c.env);
      const search = (query.q ?? "").trim();
      const store = query.store ?? "";
      const show = query.show ?? "";
      const now = Date.now();
      const filter = { store, search, stores: storesOf(session.principal) };
      const found =
        show === ""
          ? await directory.find(filter, parseAfter(query.after), PAGE_ROWS + 1)
          : await directory.attention(show, filter, now, MOST_NEEDING);
      const rows = show === "" ? found.slice(0, PAGE_ROWS) : found;
      const last = show === "" && found.length > PAGE_ROWS ? found[PAGE_ROWS - 1] : undefined;
      const nextHref =
        last === undefined
          ? null
          : `/items?${new URLSearchParams({ q: search, store, after: encodeItemCursor("items", last) }).toString()}`;
      return page(
        c,
        <ItemsPage
          rows={rows}
          supplierNames={await supplierNames(c, rows)}
          stores={(await queue.stores()).filter(({ storeId }) => seesStore(session.principal, storeId))}
          filter={{ store, search, show }}
          now={now}
          nextHref={nextHref}
          session={shown(session)}
        />,
      );
    }),
});

async function supplierNames(c: AppContext, rows: readonly ItemRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.flatMap(({ supplierId }) => supplierId ?? []))].slice(0, MOST_SUPPLIERS);
  const { world } = storageOf(c.env);
  const found = await Promise.all(ids.map((id) => world.get("supplier", id)));
  return new Map(found.flatMap((facts) => (facts?.name == null ? [] : [[facts.supplierId, facts.name] as const])));
}

/** A cursor that `nextHref` did not make begins at the start. */
function parseAfter(cursor: string | undefined): ItemIdentity | null {
  try {
    return cursor === undefined ? null : decodeItemCursor("items", cursor);
  } catch {
    return null;
  }
}
