/** `GET /items`: items by name, id or GTIN. */
import * as z from "zod";
import { storageOf } from "../../../storage/storage.ts";
import { ItemsPage } from "../../../ui/today/items-page.tsx";
import { ATTENTION } from "../../../workflow/asking/shelf.ts";
import { seesStore, storesOf } from "../../auth/store-bounds.ts";
import { pageRoute } from "../page-route.ts";
import { page } from "../page.ts";
import { shown, withSession } from "../with-session.tsx";

const PAGE_ROWS = 100;
/** Of those that need a look, the most urgent; nobody works through more in a day. */
const MOST_NEEDING = 500;
const DAY_MS = 86_400_000;

const Words = z.string().optional().catch(undefined);
const After = z.tuple([z.string(), z.string()]);

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
      const last = show === "" && found.length > PAGE_ROWS ? found[PAGE_ROWS - 1] : undefined;
      const next = new URLSearchParams({
        q: search,
        store,
        after: JSON.stringify([last?.storeId, last?.productId]),
      });
      return page(
        c,
        <ItemsPage
          rows={show === "" ? found.slice(0, PAGE_ROWS) : found}
          stores={(await queue.stores()).filter((id) => seesStore(session.principal, id))}
          filter={{ store, search, show }}
          today={Math.floor(now / DAY_MS)}
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
