/** Restocks that no purchase order takes: nobody is sent them, so their buyer places them and says so here. */
import type { ShownAs } from "../../workflow/asking/shown-as.ts";
import { itemName } from "../../review/question.ts";
import { ItemWords } from "../page-parts.tsx";
import { itemHref } from "../page-paths.ts";

export interface RowToPlace {
  readonly workflowId: string;
  readonly storeId: string;
  readonly productId: string;
  readonly shownAs: ShownAs;
  /** As the store writes them. */
  readonly quantity: string;
  readonly decided: string;
  readonly expected: string;
}

/** Somebody has placed it. */
export interface PlacedRow extends RowToPlace {
  readonly at: number;
  readonly by: string;
  readonly when: string;
  /** The supplier's number; null = nobody said one. */
  readonly reference: string | null;
}

export interface ToPlaceProps {
  readonly rows: readonly RowToPlace[];
  /** How many are shown; of more, the rest is on the page of orders. */
  readonly most: number;
  /** Where the older ones are; null = these are all. */
  readonly older: string | null;
  /** Null for those who may not handle orders. */
  readonly csrf: string | null;
  /** The page to come back to. */
  readonly back: string;
}

export const PLACED_PATH = "/orders?";

export function ToPlace({ rows, most, older, csrf, back }: ToPlaceProps) {
  if (rows.length === 0 && older === null) return null;
  const list = (
    <ul class="lines">
      {rows.slice(0, most).map((row) => (
        <li>
          <span class="check">
            {csrf === null ? null : (
              <input type="checkbox" name="pick" value={row.workflowId} aria-label={`Placed: ${itemName(row)}`} />
            )}
            <a href={itemHref(row)}>
              <ItemWords {...row} />
            </a>
          </span>
          <span>
            <strong>order {row.quantity}</strong>, expected {row.expected}
            <span class="id">decided {row.decided}</span>
          </span>
        </li>
      ))}
    </ul>
  );
  return (
    <section class="card" aria-labelledby="own">
      <h2 id="own">On no purchase order</h2>
      <p class="small soft">
        Nobody is sent these: no supplier takes orders for the item here, or its count was old. Place them yourself,
        unless your own system does, then tick them.
      </p>
      {csrf === null || rows.length === 0 ? (
        list
      ) : (
        <form method="post" action={PLACED_PATH}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="back" value={back} />
          {list}
          <div class="with-button">
            <label>
              <span>
                Order number <span class="small soft">(optional)</span>
              </span>
              <input name="reference" maxlength={128} autocomplete="off" />
            </label>
            <label>
              <span>
                Arrives <span class="small soft">(if not as expected)</span>
              </span>
              <input type="date" name="expected" />
            </label>
            <button class="plain" type="submit" name="step" value="placed">
              Mark as placed
            </button>
          </div>
        </form>
      )}
      <p class="small soft">
        One leaves the list when it is placed, cancelled or has the supplier’s number, when goods are booked, or after a
        week.
        {older === null ? null : (
          <>
            {" "}
            <a href={older}>Show the older ones</a>
          </>
        )}
      </p>
    </section>
  );
}

/** What was placed by hand and is still to come. */
export function PlacedByHand({
  rows,
  csrf,
  back,
}: Pick<ToPlaceProps, "csrf" | "back"> & { rows: readonly PlacedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section class="card" aria-labelledby="by-hand">
      <h2 id="by-hand">Placed by hand</h2>
      <ul class="lines">
        {rows.map((row) => (
          <li>
            <a href={itemHref(row)}>
              <ItemWords {...row} />
            </a>
            <span>
              {placedWords(row)}
              <span class="id">
                by <bdi>{row.by}</bdi>, {row.when}
              </span>
            </span>
            {csrf === null ? null : <Undo rows={[row]} csrf={csrf} back={back} label={`Undo: ${itemName(row)}`} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function placedWords({ quantity, reference, expected }: PlacedRow): string {
  return `${quantity}${reference === null ? "" : `, number ${reference}`}, expected ${expected}`;
}

interface UndoProps {
  readonly rows: readonly PlacedRow[];
  readonly csrf: string;
  readonly back: string;
  readonly label?: string;
}

export function Undo({ rows, csrf, back, label }: UndoProps) {
  return (
    <form class="inline" method="post" action={PLACED_PATH}>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="back" value={back} />
      {rows.map(({ workflowId, at }) => (
        <input type="hidden" name="pick" value={`${workflowId} ${at}`} />
      ))}
      <button class="plain" type="submit" name="step" value="undo" aria-label={label}>
        Undo
      </button>
    </form>
  );
}
