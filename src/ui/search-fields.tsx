/** Search and store, the same fields above every list of items or questions. */

export function SearchFields({
  search,
  store,
  stores,
  autofocus = false,
}: {
  readonly search: string;
  readonly store: string;
  readonly stores: readonly string[];
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
          {stores.map((each) => (
            <option value={each} selected={each === store}>
              {each}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
