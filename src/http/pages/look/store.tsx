/** `GET /stores/{id}` for a browser: the same address answers programs, with a key, in JSON. */
import { storageOf } from "../../../storage/storage.ts";
import { StorePage } from "../../../ui/today/store-page.tsx";
import { MessagePage } from "../../../ui/message-page.tsx";
import { storeDay } from "../../../world/opening.ts";
import type { Season, SupplierFacts } from "../../../world/types.ts";
import { requireStore } from "../../auth/store-bounds.ts";
import { storeWarnings } from "../../kit/warnings/store-warnings.ts";
import { supplierFaults } from "../../kit/warnings/supplier-warnings.ts";
import type { AppContext } from "../../kit/context.ts";
import type { Route } from "../../kit/route.ts";
import { PAGE_POLICY } from "../../middleware/headers.ts";
import { HTML } from "../page-route.ts";
import { asPage, page } from "../page.ts";
import { shopFaults } from "./shop-faults.ts";
import { shown, withSession } from "../with-session.tsx";

/** `GET /stores/{id}` of the API, which shows a browser this page. */
export function withStorePage(route: Route): Route {
  if (route.method !== "GET" || route.path !== "/stores/:store_id") return route;
  return {
    ...route,
    // A deployed build has no docs, and leaves out this alone.
    docs: alsoHtml(route.docs),
    page(c) {
      c.set("policy", PAGE_POLICY);
      return asPage(c, () => showStore(c));
    },
  };
}

function alsoHtml(docs: Route["docs"]): Route["docs"] {
  const found = docs.answers[200]!;
  return { ...docs, answers: { ...docs.answers, 200: { ...found, content: { ...found.content, ...HTML } } } };
}

function showStore(c: AppContext): Promise<Response> {
  const storeId = (c.req.param("store_id") ?? "").normalize("NFC");
  return withSession(c, async (session) => {
    requireStore(session.principal, storeId);
    const { world } = storageOf(c.env);
    const found = await world.ofStore(storeId);
    const isKnown = found.store !== null || (await world.hasItems(storeId));
    if (!isKnown)
      return page(
        c,
        <MessagePage
          title="There is no such store"
          lines={["Nobody described it, and it has no items."]}
          session={shown(session)}
        />,
        404,
      );
    const today = storeDay(Date.now(), found.store);
    const suppliers = await suppliersOf(c, storeId, found.suppliers);
    return page(
      c,
      <StorePage
        storeId={storeId}
        store={found.store}
        suppliers={suppliers}
        events={found.events.filter(({ to }) => to >= today)}
        season={seasonText(found.season)}
        now={Date.now()}
        warnings={[
          ...(await shopFaults(c, [storeId])).map(({ text }) => text),
          ...(found.store === null ? [] : await storeWarnings(c, found.store)),
          ...suppliers.flatMap((supplier) =>
            supplierFaults(supplier).map((fault) => `${supplier.supplierId}, ${fault}`),
          ),
        ]}
        session={shown(session)}
      />,
    );
  });
}

/** Those that the store's items are bought from. */
async function suppliersOf(c: AppContext, storeId: string, all: readonly SupplierFacts[]): Promise<SupplierFacts[]> {
  const trades = await storageOf(c.env).world.trades(storeId, null);
  const bought = new Set(trades.map(({ supplierId }) => supplierId));
  return all.filter(({ supplierId }) => bought.has(supplierId));
}

function seasonText(season: Season | null): string | null {
  if (season === null) return null;
  return season.source === "set" ? "set by you" : `learned from ${season.items} items`;
}
