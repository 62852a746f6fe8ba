/**
 * The spend cap as the adviser uses it: reserve the worst case of one request before it is made, then settle what it
 * cost. When the budget cannot be reached, no request is made.
 */
import { MICRO_USD, type Reservation, RESERVATION_SCHEMA, type ReserveRequest } from "./reservation.ts";

export interface Budget {
  /** Null = not granted. Never rejects. */
  reserve(usd: number): Promise<Held | null>;
}

export interface Held {
  /** Null when the cost is unknown; the worst case then stays counted. Never rejects. */
  settle(usd: number | null): Promise<void>;
}

/** The object's methods, as a stub offers them. */
export interface BudgetDoor {
  reserve(request: ReserveRequest): Promise<Reservation | null>;
  settle(reservation: Reservation, spentMicroUsd: number): Promise<void>;
}

/** Without a cap the budget object is not called and nothing is counted. */
export const UNLIMITED: Budget = { reserve: async () => ({ settle: async () => undefined }) };

export function createBudget(door: BudgetDoor, dailyUsd: number): Budget {
  return {
    async reserve(usd) {
      try {
        const microUsd = Math.ceil(usd * MICRO_USD);
        const granted = await door.reserve({
          schema: RESERVATION_SCHEMA,
          microUsd,
          capMicroUsd: Math.floor(dailyUsd * MICRO_USD),
        });
        return granted === null ? null : { settle: (spentUsd) => settle(granted, spentUsd) };
      } catch {
        return null;
      }
    },
  };

  async function settle(granted: Reservation, spentUsd: number | null): Promise<void> {
    if (spentUsd === null) return;
    try {
      await door.settle(granted, Math.ceil(spentUsd * MICRO_USD));
    } catch {
      // The reservation stays: the day's spend is then too high, never too low.
    }
  }
}
