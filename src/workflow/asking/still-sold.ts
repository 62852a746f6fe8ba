/** What the plain rule must know of dates: units whose last day is over, and items whose own last day is near. */
import { expiredUnits } from "../../replenishment/paths/expiries.ts";
import type { Snapshot } from "../types/snapshot.ts";

/** Units of the count whose last day of sale is before `today`. */
export function expiredOn({ onHand, lots }: Snapshot, today: number): number {
  const dated = (lots ?? []).map(({ quantity, expiresOn }) => ({ quantity, keeps: expiresOn - today + 1 }));
  return expiredUnits({ onHand, lots: dated });
}

/** True where an order placed now would arrive after the item's last day of demand. */
export function arrivesTooLate({ phaseOutOn, calendar, leadTimeDays }: Snapshot, today: number): boolean {
  if (phaseOutOn == null) return false;
  return (calendar?.arrivesOn ?? today + Math.round(leadTimeDays)) > phaseOutOn;
}
