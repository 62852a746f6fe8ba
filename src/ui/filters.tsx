/** Store and search, the same above open and answered questions. */

export interface InboxFilter {
  readonly store: string;
  readonly search: string;
}

export function Filters({
  stores,
  filter,
  show,
}: {
  stores: readonly string[];
  filter: InboxFilter;
  show: string | null;
}) {
  return (
    <form class="filters" method="get" action="/inbox" role="search">
      {show === null ? null : <input type="hidden" name="show" value={show} />}
      <label for="q">
        Search
        <input id="q" name="q" type="search" value={filter.search} placeholder="product" autocomplete="off" />
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
  );
}
