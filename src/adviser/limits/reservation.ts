/** Money held for one request to a model; travels between the budget object and its callers. */
/** Amounts are whole: in the budget object, sums of them stay exact. */
export const MICRO_USD = 1_000_000;
export const RESERVATION_SCHEMA = 1;

export interface ReserveRequest {
  readonly schema: typeof RESERVATION_SCHEMA;
  readonly microUsd: number;
  readonly capMicroUsd: number;
}

export interface Reservation {
  readonly schema: typeof RESERVATION_SCHEMA;
  /** ISO date, UTC. */
  readonly day: string;
  /** Whole micro-USD, so that sums stay exact. */
  readonly microUsd: number;
}
