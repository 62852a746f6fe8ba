/** Store and search, the same above open and answered questions. */
import { SearchFields, type StoreChoice } from "../search-fields.tsx";

export interface InboxFilter {
  readonly store: string;
  readonly search: string;
  readonly sort?: string;
  readonly group?: string;
}

const SORT_NAMES = [
  ["deadline", "Deadline"],
  ["sold_out", "Sold out first"],
  ["worth", "Worth"],
  ["confidence", "Least sure first"],
  ["item", "Item"],
] as const;
const GROUP_NAMES = [
  ["none", "Nothing"],
  ["supplier", "Supplier"],
  ["store", "Store"],
] as const;

export function Filters({
  stores,
  filter,
  show,
}: {
  stores: readonly StoreChoice[];
  filter: InboxFilter;
  show: string | null;
}) {
  return (
    <form class="filters" method="get" action="/inbox" role="search">
      {show === null ? null : <input type="hidden" name="show" value={show} />}
      <SearchFields search={filter.search} store={filter.store} stores={stores} />
      {filter.sort === undefined ? null : (
        <>
          <Choice id="sort" label="Sort by" names={SORT_NAMES} chosen={filter.sort} />
          <Choice id="group" label="Group by" names={GROUP_NAMES} chosen={filter.group ?? "none"} />
        </>
      )}
      <button class="plain" type="submit">
        Show
      </button>
    </form>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly wide?: boolean;
  readonly names: readonly (readonly [value: string, name: string])[];
  readonly chosen: string;
}

export function Choice({ id, label, names, chosen, wide = false }: ChoiceProps) {
  return (
    <label for={id} class={wide ? "full" : ""}>
      {label}
      <select id={id} name={id}>
        {names.map(([value, name]) => (
          <option value={value} selected={value === chosen}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
