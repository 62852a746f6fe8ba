/** Columns of a list beside item, date and units: what else a row says of itself. */
import { saysRowKinds, saysSales } from "../sales/row-kinds.ts";
import type { Head, Roles } from "./head.ts";
import type { ListLayout } from "./layout.ts";

const CANCELLED_WORDS = [
  "cancell?ed|void|voided|storno|storniert|annule|annulee|anulad[oa]|cancelad[oa]|annullat[oa]",
  "geannuleerd|anulowan[eya]|zruseno|取消|キャンセル",
];
const CANCELLED = new RegExp(`^(?:is )?(?:${CANCELLED_WORDS.join("|")})$`, "u");
const REFUNDED_WORDS = [
  "refunded|returned|(?:ruck)?erstattet|retourniert|remboursee?|reembolsad[oa]|devuelt[oa]|rimborsat[oa]",
  "terugbetaald",
];
/** Statuses of orders whose goods came back on a day that the file does not give. */
export const REFUNDED = new RegExp(`^(?:${REFUNDED_WORDS.join("|")})$`, "u");

/** Further columns of a list that describe a row. */
export function sideColumns(
  head: Head,
  roles: Roles,
): Pick<ListLayout, "inStock" | "status" | "order" | "cancelledAt" | "cancelFlag" | "rowKind" | "saysSales"> {
  const first = (test: (column: number) => boolean): number | null => {
    const at = head.headers.findIndex((_, column) => roles.isFree(column) && test(column));
    return at < 0 ? null : at;
  };
  const inStock = first((column) => {
    const { flags, filled } = head.facts[column]!;
    return head.classes[column]!.class === "in_stock" && filled > 0 && flags === filled;
  });
  roles.give(inStock, "in_stock", "says whether it was in stock");
  const cancelledAt = first((column) => /^cancell?ed (?:at|on|date)$/u.test(head.classes[column]!.plain));
  roles.give(cancelledAt, "cancelled", "filled for cancelled orders");
  const cancelFlag = first((column) => CANCELLED.test(head.classes[column]!.plain));
  roles.give(cancelFlag, "cancelled", "filled for cancelled rows");
  const status = first(
    (column) => head.classes[column]!.class === "status" && !/event/u.test(head.classes[column]!.plain),
  );
  roles.give(status, "status", "cancelled orders are left out");
  const order = first((column) => head.classes[column]!.class === "order" && head.classes[column]!.whole);
  roles.give(order, "order", "an order, receipt or invoice");
  const cellsOf = (column: number): ReadonlySet<string> =>
    new Set(head.rows.map(({ cells }) => cells[column] ?? "").filter((cell) => cell !== ""));
  const rowKind = first(
    (column) =>
      head.classes[column]!.class !== "status" && head.facts[column]!.distinct < 100 && saysRowKinds(cellsOf(column)),
  );
  roles.give(rowKind, "row_kind", "says which rows are returns");
  return {
    inStock,
    status,
    cancelledAt,
    cancelFlag,
    rowKind,
    saysSales: rowKind !== null && saysSales(cellsOf(rowKind)),
    order,
  };
}
