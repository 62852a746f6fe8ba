/** Restocks that no purchase order takes: nobody is sent them, so their buyer has to know. */
import type { ShownAs } from "../../workflow/asking/shown-as.ts";
import { ItemWords } from "../page-parts.tsx";
import { itemHref } from "../page-paths.ts";

export interface RowToPlace {
  readonly storeId: string;
  readonly productId: string;
  readonly shownAs: ShownAs;
  /** As the store writes them. */
  readonly quantity: string;
  readonly decided: string;
}

/** `most`: how many are shown; of more, the rest is on the page of orders. */
export function ToPlace({ rows, most }: { readonly rows: readonly RowToPlace[]; readonly most: number }) {
  if (rows.length === 0) return null;
  return (
    <section class="card" aria-labelledby="own">
      <h2 id="own">On no purchase order</h2>
      <ul class="lines">
        {rows.slice(0, most).map((row) => (
          <li>
            <a href={itemHref(row)}>
              <ItemWords {...row} />
            </a>
            <span>
              <strong>order {row.quantity}</strong>, decided {row.decided}
            </span>
          </li>
        ))}
      </ul>
      <p class="small soft">
        Nobody is sent these: no supplier takes orders for the item here, or its count was old. Place them yourself,
        unless your own system does. They are listed for a week, or until the goods are booked, the order is cancelled
        or has the supplier’s number.
        {rows.length > most ? (
          <>
            {" "}
            <a href="/orders">Show all of them</a>
          </>
        ) : null}
      </p>
    </section>
  );
}
