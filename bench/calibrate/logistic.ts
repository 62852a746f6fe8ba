/** Logistic regression by Newton's method: log odds linear in the features, most likely coefficients. */

export interface Observation {
  /** The first is 1 where a constant is wanted. */
  readonly features: readonly number[];
  readonly right: boolean;
  /** Log odds that are given, beside what is fitted. */
  readonly offset?: number;
}

/** Newton doubles its correct digits a step; ten are plenty. */
const STEPS = 10;
/** Keeps a feature that never varies from making the equations singular. */
const RIDGE = 1e-6;

export function fitLogistic(observations: readonly Observation[]): number[] {
  const size = observations[0]?.features.length ?? 0;
  let coefficients = Array.from({ length: size }, () => 0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = coefficients.map((coefficient) => -RIDGE * coefficient);
    const curvature = coefficients.map((_, row) => coefficients.map((_unused, column) => (row === column ? RIDGE : 0)));
    for (const { features, right, offset = 0 } of observations) {
      const odds = features.reduce((sum, feature, index) => sum + feature * coefficients[index]!, offset);
      const probability = 1 / (1 + Math.exp(-odds));
      features.forEach((feature, row) => {
        gradient[row]! += feature * (Number(right) - probability);
        features.forEach(
          (other, column) => (curvature[row]![column]! += feature * other * probability * (1 - probability)),
        );
      });
    }
    const change = solved(curvature, gradient);
    coefficients = coefficients.map((coefficient, index) => coefficient + change[index]!);
  }
  return coefficients;
}

/** Gaussian elimination; the matrix is positive definite, so pivots need no search. */
function solved(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  rows.forEach((pivot, index) => {
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[index]! / pivot[index]!;
      pivot.forEach((value, column) => (row[column]! -= factor * value));
    }
  });
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
