/** Items by name, id or GTIN. */
import { formatsOf } from "../../review/formats.ts";
import { Layout, type LayoutProps } from "../page-layout.tsx";

export interface ItemRow {
  readonly storeId: string;
  readonly productId: string;
  readonly name: string | null;
  readonly gtin: string | null;
  readonly supplierId: string | null;
  readonly salesThrough: number | null;
}

export interface ItemsPageProps {
  readonly rows: readonly ItemRow[];
  readonly stores: readonly string[];
  readonly filter: { readonly store: string; readonly search: string };
  readonly nextHref: string | null;
  readonly session: NonNullable<LayoutProps["session"]>;
}

export function ItemsPage({ rows, stores, filter, nextHref, session }: ItemsPageProps) {
  const filtered = filter.store !== "" || filter.search !== "";
  return (
    <Layout title="Items" session={session} wide>
      <h1>Items</h1>
      <form class="filters" method="get" action="/items" role="search">
        <label for="q">
          Search
          <input
            id="q"
            name="q"
            type="search"
            value={filter.search}
            placeholder="name, id or GTIN"
            autocomplete="off"
            autofocus
          />
        </label>
        <label for="store">
          Store
          <select id="store" name="store">
            <option value="">All stores</option>
            {stores.map((store) => (
              <option value={store} selected={store === filter.store}>
                {store}
              </option>
            ))}
          </select>
        </label>
        <button class="plain" type="submit">
          Show
        </button>
      </form>
      <section class="card">
        {rows.length === 0 ? (
          <p class="soft">
            {filtered ? "No item fits this." : "There are no items yet. "}
            {filtered ? <a href="/items">Show all items</a> : <a href="/import">Load your files</a>}
          </p>
        ) : (
          <div class="scroll" tabindex={0} role="region" aria-label="Items">
            <table>
              <thead>
                <tr>
                  <th scope="col">Item</th>
                  <th scope="col">Store</th>
                  <th scope="col">Supplier</th>
                  <th scope="col">GTIN</th>
                  <th scope="col">Sales known to</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr>
                    <td>
                      <a href={`/items/${encodeURIComponent(row.storeId)}/${encodeURIComponent(row.productId)}`}>
                        <bdi>{row.name ?? row.productId}</bdi>
                      </a>
                      {row.name === null ? null : <span class="id">{row.productId}</span>}
                    </td>
                    <td>
                      <a href={`/stores/${encodeURIComponent(row.storeId)}`}>{row.storeId}</a>
                    </td>
                    <td>{row.supplierId ?? "–"}</td>
                    <td>{row.gtin ?? "–"}</td>
                    <td>{row.salesThrough === null ? "–" : formatsOf({}).date(row.salesThrough)}</td>
                  </tr>
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
