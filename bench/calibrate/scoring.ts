/** How good probabilities are: Brier score, expected calibration error, isotonic fits, risk against coverage. */

export interface Judged {
  readonly probability: number;
  readonly right: boolean;
}

/** Mean squared error of the probabilities (Brier 1950). */
export function brierScore(judged: readonly Judged[]): number {
  return (
    judged.reduce((sum, { probability, right }) => sum + (probability - Number(right)) ** 2, 0) /
    Math.max(1, judged.length)
  );
}

/** Mean gap between stated and observed frequency over ten bins of equal width, weighted by their size. */
export function calibrationError(judged: readonly Judged[], bins = 10): number {
  const groups = Map.groupBy(judged, ({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)));
  let error = 0;
  for (const group of groups.values()) {
    const stated = group.reduce((sum, { probability }) => sum + probability, 0);
    const observed = group.reduce((sum, { right }) => sum + Number(right), 0);
    error += Math.abs(stated - observed) / judged.length;
  }
  return error;
}

/**
 * Least-squares monotone fit by pooling adjacent violators (Ayer et al. 1955), read off at `knots` even points of 0..1.
 */
export function isotonicMap(judged: readonly Judged[], knots: number): number[] {
  const sorted = [...judged].sort((a, b) => a.probability - b.probability);
  const blocks: { from: number; to: number; sum: number; count: number }[] = [];
  for (const { probability, right } of sorted) {
    blocks.push({ from: probability, to: probability, sum: Number(right), count: 1 });
    for (;;) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (last === undefined || before === undefined) break;
      const tied = before.to === last.from;
      if (!tied && before.sum / before.count < last.sum / last.count) break;
      blocks.splice(-2, 2, {
        from: before.from,
        to: last.to,
        sum: before.sum + last.sum,
        count: before.count + last.count,
      });
    }
  }
  return Array.from({ length: knots }, (_, knot) => valueAt(blocks, knot / (knots - 1)));
}

/** Between the centres of two blocks the map rises straight. */
function valueAt(blocks: readonly { from: number; to: number; sum: number; count: number }[], at: number): number {
  const centres = blocks.map(({ from, to, sum, count }) => ({ x: (from + to) / 2, y: sum / count }));
  const above = centres.findIndex(({ x }) => x >= at);
  if (above === 0) return centres[0]!.y;
  if (above < 0) return centres.at(-1)?.y ?? 0.5;
  const [low, high] = [centres[above - 1]!, centres[above]!];
  return low.y + ((at - low.x) / (high.x - low.x)) * (high.y - low.y);
}

export interface RiskPoint {
  readonly threshold: number;
  /** Share decided alone: confidence at or above the threshold. */
  readonly alone: number;
  /** Share of those that were right. */
  readonly right: number;
  /** Share right of those handed to a person. */
  readonly rightOfAsked: number;
}

export function riskCoverage(judged: readonly Judged[], thresholds: readonly number[]): RiskPoint[] {
  return thresholds.map((threshold) => {
    const alone = judged.filter(({ probability }) => probability >= threshold);
    const asked = judged.filter(({ probability }) => probability < threshold);
    return {
      threshold,
      alone: alone.length / judged.length,
      right: shareRight(alone),
      rightOfAsked: shareRight(asked),
    };
  });
}

function shareRight(judged: readonly Judged[]): number {
  return judged.length === 0 ? Number.NaN : judged.filter(({ right }) => right).length / judged.length;
}

/** FNV-1a: which side of the split a series is on, the same on every machine. */
export function heldOut(series: string): boolean {
  let hash = 0x811c9dc5;
  for (const char of series) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return ((hash >>> 8) & 1) === 1;
}
