/** `GET /items`: items by name, id or GTIN. */
import * as z from "zod";
import { storageOf } from "../../../storage/storage.ts";
import { ItemsPage } from "../../../ui/today/items-page.tsx";
import { seesStore, storesOf } from "../../auth/store-bounds.ts";
import { pageRoute } from "../page-route.ts";
import { page } from "../page.ts";
import { shown, withSession } from "../with-session.tsx";

const PAGE_ROWS = 100;

const Words = z.string().optional().catch(undefined);
const After = z.tuple([z.string(), z.string()]);

export const getItemList = pageRoute({
  method: "GET",
  path: "/items",
  summary: "Items by name, id or GTIN",
  query: z.object({ q: Words, store: Words, after: Words }),
  handle: (c, { query }) =>
    withSession(c, async (session) => {
      const { directory, queue } = storageOf(c.env);
      const search = (query.q ?? "").trim();
      const store = query.store ?? "";
      const found = await directory.find(
        { store, search, stores: storesOf(session.principal) },
        parseAfter(query.after),
        PAGE_ROWS + 1,
      );
      const last = found.length > PAGE_ROWS ? found[PAGE_ROWS - 1] : undefined;
      const next = new URLSearchParams({
        q: search,
        store,
        after: JSON.stringify([last?.storeId, last?.productId]),
      });
      return page(
        c,
        <ItemsPage
          rows={found.slice(0, PAGE_ROWS)}
          stores={(await queue.stores()).filter((id) => seesStore(session.principal, id))}
          filter={{ store, search }}
          nextHref={last === undefined ? null : `/items?${next.toString()}`}
          session={shown(session)}
        />,
      );
    }),
});

/** Anything else than what `nextHref` carries begins at the start. */
function parseAfter(text: string | undefined): { storeId: string; productId: string } | null {
  try {
    const [storeId, productId] = After.parse(JSON.parse(text ?? ""));
    return { storeId, productId };
  } catch {
    return null;
  }
}
