/** A file that a shop system wrote: which one, of what, and where its columns are. */
import type { System } from "../../types.ts";
import type { GoodsLayout, ListLayout } from "../layout.ts";

export interface KnownExport {
  readonly system: System;
  readonly kind: "orders" | "sales" | "catalogue" | "stock";
  readonly layout: ListLayout | GoodsLayout;
}

/** The first of these headers that there is; null = none. */
export type Find = (...names: string[]) => number | null;
