/** Another item's sales, for one that replaces it or sells like it. */
import type { ItemIdentity } from "../../storage/identity.ts";
import type { ItemInputStore } from "../../storage/item-inputs.ts";
import type { ItemTerms } from "../../workflow/item-terms.ts";
import { continued } from "../../world/history.ts";
import type { BorrowedDemand } from "../../world/plan-input.ts";

/** An item that is made anew each season has one a year. */
const MOST_PREDECESSORS = 5;

type Load = (lender: ItemIdentity) => ReturnType<ItemInputStore["loadForDecision"]>;
type Lent = Required<Pick<BorrowedDemand, "history" | "version">>;

export function borrows({ replaces, like }: ItemTerms): boolean {
  return replaces !== undefined || like !== undefined;
}

/** Sales of the predecessor, else of the similar item: the first that has any. */
export async function borrowedSales(
  { storeId, productId }: ItemIdentity,
  { replaces, like }: ItemTerms,
  load: Load,
): Promise<BorrowedDemand | null> {
  const own = replaces === undefined ? null : await lentBy({ storeId, productId: replaces }, [productId], load);
  if (own !== null) return { ...own, scale: 1, as: "replaces" };
  if (like === undefined) return null;
  const similar = { storeId: like.storeId ?? storeId, productId: like.productId };
  const other = await lentBy(similar, [productId], load);
  return other === null ? null : { ...other, scale: like.factor, as: "like" };
}

/** A lender that replaced another item has that one's history too. `after`: the items that led to this one. */
async function lentBy(lender: ItemIdentity, after: readonly string[], load: Load): Promise<Lent | null> {
  const { stored, history } = await load(lender);
  const version = stored?.inputsVersion ?? 0;
  const before = stored?.terms?.replaces;
  const isEnd = before === undefined || after.length > MOST_PREDECESSORS || after.includes(before);
  const earlier = isEnd
    ? null
    : await lentBy({ storeId: lender.storeId, productId: before }, [...after, lender.productId], load);
  const whole = continued(earlier?.history ?? null, history);
  return whole === null ? null : { history: whole, version: version + (earlier?.version ?? 0) };
}
