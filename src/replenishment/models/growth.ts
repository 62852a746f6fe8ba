/**
 * How fast an item's sales grow, and what that leaves in doubt. The models of the bank follow a level and damp a trend,
 * which predicts real items best; that growth may go on all the same is carried by the stated chance of being in stock.
 */

/** Seen periods that the slope is of: eight weeks of days, else half a year of weeks. */
const LATEST_DAYS = 56;
const LATEST_PERIODS = 26;
const LEAST_PERIODS = 6;
/** Least deviation of a period over the mean: sales without any noise are a rule that may end. */
const LEAST_DEVIATION = 0.05;
/** Log odds by which growth lowers a chance of being in stock at most. Fitted, as one a deviation is. */
const MOST_DOUBT = 1;

/**
 * Growth per period, in deviations of a period's sales; 0 where they do not grow beyond chance. It is the slope of
 * least squares, shrunk by how sure it is (James & Stein 1961, positive part). NaN = unseen.
 */
export function growthOf(demand: Float64Array, periodDays: number): number {
  const most = Math.max(LATEST_PERIODS, Math.round(LATEST_DAYS / periodDays));
  let [seen, times, units, timesSquared, products, squares] = [0, 0, 0, 0, 0, 0];
  for (let time = 0; time > -demand.length && seen < most; time--) {
    const sold = demand[demand.length - 1 + time]!;
    if (sold !== sold) continue;
    seen++;
    times += time;
    units += sold;
    timesSquared += time * time;
    products += time * sold;
    squares += sold * sold;
  }
  if (seen < LEAST_PERIODS || !(units > 0)) return 0;
  const spread = timesSquared - (times * times) / seen;
  const slope = (products - (times * units) / seen) / spread;
  const unexplained = squares - (units * units) / seen - slope * slope * spread;
  const deviation = Math.max(Math.sqrt(Math.max(0, unexplained) / (seen - 2)), (LEAST_DEVIATION * units) / seen);
  const certainty = (slope * Math.sqrt(spread)) / deviation;
  return certainty > 1 ? (certainty - 1 / certainty) / Math.sqrt(spread) : 0;
}

/**
 * Log odds by which growth that goes on for `periods` lowers the chance of being in stock at their end. What it adds
 * up to, growth x periods^2 / 2, is measured by the deviation of so many periods' sum.
 */
export function growthDoubt(growth: number, periods: number): number {
  return Math.min(MOST_DOUBT, (growth * periods ** 1.5) / 2);
}
