/** What a person is told of goods that came back. */
import type { ListLayout } from "../columns/layout.ts";
import { counted } from "../describe.ts";
import type { ListGatherer } from "./gather-list.ts";

export function returnNotes(
  { refunded, returned }: Pick<ListGatherer, "refunded" | "returned">,
  { rowKind }: ListLayout,
  headers: readonly string[],
): string[] {
  const notes: string[] = [];
  const { size } = refunded.orders;
  if (size > 0)
    notes.push(
      `${size} ${size === 1 ? "order was" : "orders were"} refunded (${counted(refunded.units, "unit")} in them): ` +
        "the export does not say on which day goods came back, so they count as sold.",
    );
  if (returned.rows > 0)
    notes.push(
      `${returned.rows} ${returned.rows === 1 ? "row is a return" : "rows are returns"} by ` +
        `"${headers[rowKind ?? 0]}", written without a minus: ${counted(returned.units, "unit")} taken off.`,
    );
  return notes;
}
