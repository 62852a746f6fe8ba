/** Search and store, the same fields above every list of items or questions. */
/** A store that a list can be narrowed to. */
export interface StoreChoice {
  readonly storeId: string;
  /** Null = nobody named it. */
  readonly name: string | null;
}

export function SearchFields({
  search,
  store,
  stores,
  autofocus = false,
}: {
  readonly search: string;
  readonly store: string;
  readonly stores: readonly StoreChoice[];
  readonly autofocus?: boolean;
}) {
  return (
    <>
      <label for="q">
        Search
        <input
          id="q"
          name="q"
          type="search"
          value={search}
          placeholder="name, id or GTIN"
          autocomplete="off"
          autofocus={autofocus}
        />
      </label>
      <label for="store">
        Store
        <select id="store" name="store">
          <option value="">All stores</option>
          {stores.map(({ storeId, name }) => (
            <option value={storeId} selected={storeId === store}>
              {name ?? storeId}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
