/** Items by name, id or GTIN. */
import { SearchFields, type StoreChoice } from "../search-fields.tsx";
import { formatsOf } from "../../shared/formats.ts";
import type { Attention } from "../../workflow/asking/shelf.ts";
import { Choice } from "../inbox/filters.tsx";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import { soldOutText, shownOfItem, type ItemRow } from "./item-row.ts";
import { storeHref, itemHref } from "../page-paths.ts";

const SHOWN: readonly (readonly [Attention | "", string])[] = [
  ["", "All items"],
  ["short", "Sold out, or before a delivery"],
  ["uncounted", "Without a recent count"],
  ["silent", "Sales that stopped coming"],
];

export interface ItemsPageProps {
  readonly rows: readonly ItemRow[];
  readonly stores: readonly StoreChoice[];
  readonly filter: { readonly store: string; readonly search: string; readonly show: Attention | "" };
  /** By the supplier's id. */
  readonly supplierNames: ReadonlyMap<string, string>;
  readonly now: number;
  readonly nextHref: string | null;
  readonly session: NonNullable<LayoutProps["session"]>;
}

export function ItemsPage({ rows, stores, filter, nextHref, supplierNames, now, session }: ItemsPageProps) {
  const filtered = filter.store !== "" || filter.search !== "" || filter.show !== "";
  return (
    <Layout title="Items" session={session} wide>
      <h1>Items</h1>
      <form class="filters" method="get" action="/items" role="search">
        <SearchFields search={filter.search} store={filter.store} stores={stores} autofocus />
        <Choice id="show" label="Which" names={SHOWN} chosen={filter.show} wide />
        <button class="plain" type="submit">
          Show
        </button>
      </form>
      <section class="card">
        {rows.length === 0 ? (
          <p class="soft">
            {filtered ? "No item fits this. " : "There are no items yet. "}
            {filtered ? <a href="/items">Show all items</a> : <a href="/import">Load your files</a>}
          </p>
        ) : (
          <div class="scroll" tabindex={0} role="region" aria-label="Items">
            <table class="stack">
              <thead>
                <tr>
                  <th scope="col">Item</th>
                  <th scope="col">Store</th>
                  <th scope="col">Supplier</th>
                  <th scope="col">Counted</th>
                  <th scope="col">Sold out</th>
                  <th scope="col">Sales known to</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row row={row} supplierNames={supplierNames} now={now} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        {nextHref === null ? null : (
          <p>
            <a href={nextHref}>More</a>
          </p>
        )}
      </section>
    </Layout>
  );
}

function Row({ row, supplierNames, now }: { row: ItemRow } & Pick<ItemsPageProps, "supplierNames" | "now">) {
  const formats = formatsOf(shownOfItem(row));
  const ids = [row.name === null ? null : row.productId, row.gtin].filter((id) => id !== null);
  return (
    <tr>
      <td>
        <a href={itemHref(row)}>
          <bdi lang={row.storeFacts?.locale}>{row.name ?? row.productId}</bdi>
        </a>
        {ids.length === 0 ? null : <span class="id">{ids.join(" · ")}</span>}
      </td>
      <td data-label="Store">
        <a href={storeHref(row.storeId)}>{row.storeFacts?.name ?? row.storeId}</a>
      </td>
      <td data-label="Supplier">
        {row.supplierId === null ? "–" : (supplierNames.get(row.supplierId) ?? row.supplierId)}
      </td>
      <td class="day" data-label="Counted">
        {row.countedAt === null ? "never" : formats.day(row.countedAt, now)}
      </td>
      <td class="day" data-label="Sold out">
        {soldOutText(row, now) ?? "–"}
      </td>
      <td class="day" data-label="Sales known to">
        {row.salesThrough === null ? "–" : formats.date(row.salesThrough, now)}
      </td>
    </tr>
  );
}
