/** Orders of an item as decisions and plans see them. Dates are in item time (see `itemTime`). */

/** An open order that this service decided. `quantity` is what is still outstanding. */
export interface ItemOrder {
  readonly workflowId: string;
  readonly quantity: number;
  readonly placedAt: number;
  readonly expectedAt: number;
}

/** An order that has come in whole. */
export interface ReceivedOrder {
  readonly workflowId: string;
  readonly quantity: number;
  readonly receivedAt: number;
}
