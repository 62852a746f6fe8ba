/** The open questions as a table: a row each, with a tick and a field for another quantity. */
import { formatsOf } from "../../shared/formats.ts";
import { itemName, storeName } from "../../review/question.ts";
import { coverDays, durationText, percentText, reasonLabel } from "../../review/wording.ts";
import type { ReviewReason } from "../../workflow/review.ts";
import type { ShownAs } from "../../workflow/asking/shown-as.ts";
import { ItemWords } from "../page-parts.tsx";
import { NumberHead } from "../number-head.tsx";
import { MINUTE_MS } from "../../shared/durations.ts";
import { questionHref } from "../page-paths.ts";

export interface OpenRow {
  readonly workflowId: string;
  readonly revision: number;
  readonly storeId: string;
  readonly productId: string;
  readonly shownAs: ShownAs;
  readonly action: "restock" | "hold";
  readonly quantity: number;
  readonly confidence: number;
  readonly value: number | null;
  readonly reason: ReviewReason;
  readonly expiresAt: number;
  readonly onHand: number | null;
  readonly daysOfCover: number | null;
  /** Store day; null = not known, or not within a year. */
  readonly soldOutOn: number | null;
  /** Null = one person is enough. */
  readonly approvals: { readonly given: number; readonly needed: number } | null;
}

/** Questions under one heading; null = no heading. */
export interface RowGroup {
  readonly title: string | null;
  readonly rows: readonly OpenRow[];
}

/** Under this much time left a row is marked. */
const LATE_MS = 30 * MINUTE_MS;

export function QuestionTable({ groups, now }: { readonly groups: readonly RowGroup[]; readonly now: number }) {
  return (
    <table class="inbox" aria-label="Open questions">
      <thead>
        <tr>
          <th scope="col">
            <label class="check">
              <input type="checkbox" id="all" aria-label="Tick all" hidden />
              <span>Tick all</span>
            </label>
          </th>
          <th scope="col">Item</th>
          <NumberHead>On hand</NumberHead>
          <th scope="col">Sold out</th>
          <NumberHead>Order</NumberHead>
          <NumberHead>Worth</NumberHead>
          <NumberHead>Confidence</NumberHead>
          <th scope="col">Why asked</th>
          <th scope="col">Time left</th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody>
          {group.title === null ? null : (
            <tr class="group">
              <th scope="rowgroup" colspan={9}>
                {group.title}
              </th>
            </tr>
          )}
          {group.rows.map((row) => (
            <Row row={row} now={now} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Row({ row, now }: { row: OpenRow; now: number }) {
  const left = row.expiresAt - now;
  const { quantity, money, date } = formatsOf(row.shownAs);
  const asked = row.action === "restock" ? quantity(row.quantity) : "";
  const name = itemName(row);
  return (
    <tr class={left < LATE_MS ? "late" : ""} data-id={row.workflowId}>
      <td class="pick">
        <input
          type="checkbox"
          id={`pick-${row.workflowId}`}
          name="pick"
          value={pickOf(row)}
          aria-label={`Tick ${name} for ${storeName(row)}`}
        />
      </td>
      <th scope="row">
        <a href={questionHref(row.workflowId)}>
          <ItemWords {...row} />
        </a>
      </th>
      <td class="n" data-label="On hand">
        {row.onHand === null ? "–" : quantity(row.onHand)}
        {row.daysOfCover === null ? null : <small> {coverDays(row.daysOfCover, formatsOf(row.shownAs))}</small>}
      </td>
      <td data-label="Sold out">
        {row.onHand !== null && row.onHand <= 0 ? "now" : row.soldOutOn === null ? "–" : date(row.soldOutOn, now)}
      </td>
      <td class="n" data-label="Order">
        <input
          class="amount"
          id={`quantity-${row.workflowId}`}
          name={quantityField(row.workflowId)}
          value={asked}
          placeholder="0"
          inputmode="decimal"
          autocomplete="off"
          aria-label={`Quantity of ${name} for ${storeName(row)}`}
        />
      </td>
      <td class="n" data-label="Worth">
        {row.value === null ? "–" : money(row.value)}
      </td>
      <td class="n" data-label="Confidence">
        {percentText(row.confidence)}
      </td>
      <td data-label="Why asked">
        <span class="badge amber">{reasonLabel(row.reason)}</span>
        {row.approvals === null ? null : (
          <small>
            {" "}
            {row.approvals.given} of {row.approvals.needed} approvals
          </small>
        )}
      </td>
      <td data-label="Time left">
        <span data-deadline={String(row.expiresAt)}>{durationText(left)} left</span>
      </td>
    </tr>
  );
}

/** The name of a row's quantity field; what is typed there is ordered instead of what was asked. */
export function quantityField(workflowId: string): string {
  return `quantity:${workflowId}`;
}

/** The value of a tick: the question as it was seen, revision included (I5). */
export function pickOf(row: Pick<OpenRow, "workflowId" | "revision">): string {
  return JSON.stringify([row.workflowId, row.revision]);
}
