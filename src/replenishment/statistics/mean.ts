/** Means of many values. */

export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Of the periods that were seen: the others are NaN. 0 where none was. */
export function meanSeen(demand: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const units of demand) {
    if (units !== units) continue;
    sum += units;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
