/** What the page of one order shows, and what its reader may do there. */
import type { OrderDocument } from "../../purchasing/order/order-document.ts";
import type { TopUpOffer } from "../../purchasing/order/top-up.ts";
import type { PurchaseOrder } from "../../purchasing/order/types.ts";
import type { ChartData } from "../../review/chart-data.ts";
import type { LayoutProps } from "../page-layout.tsx";
import type { Notice } from "../page-parts.tsx";

/** What was typed into the order's form: text by product. */
export type TypedQuantities = ReadonlyMap<string, string>;

export interface OrderForm {
  readonly action: string;
  readonly csrf: string | null;
  /** Lines may be lowered, and the order cancelled. */
  readonly mayLower: boolean;
  /** Lines may be raised and added, and the order approved and sent. */
  readonly mayDecide: boolean;
  /** Sending mails the supplier; else it only marks that somebody placed the order. */
  readonly mails: boolean;
  /** Goods may be received. */
  readonly mayReceive: boolean;
}

export interface OrderPageProps {
  readonly order: PurchaseOrder;
  readonly document: OrderDocument;
  readonly topUp: readonly TopUpOffer[];
  readonly form: OrderForm | null;
  readonly typed: TypedQuantities;
  /** By product: why a typed quantity cannot be ordered. */
  readonly errors: ReadonlyMap<string, string>;
  readonly notice: Notice | null;
  /** The chart of one line, for the quantity that was typed. */
  readonly looked: { readonly name: string; readonly quantity: number | null; readonly chart: ChartData } | null;
  /** Why this reader may not decide; null when they may, or there is nothing to do. */
  readonly whyNot: string | null;
  /** Whom it waits for; null = it does not wait. */
  readonly waitsFor: string | null;
  /** What happens when it closes; null = it is not open. */
  readonly closing: string | null;
  readonly files: boolean;
  readonly session: NonNullable<LayoutProps["session"]> | null;
}
