/**
 * Belief in each count model before an item has shown anything: rows are gains, columns dispersions, as in
 * count-bank.ts. Fitted by bench/calibrate/fit-count-prior.ts to 3183 items of uci_sales_transactions_weekly.csv,
 * carparts_monthly.csv, except the last 2 columns, which that script sets; do not edit.
 */
export const COUNT_PRIOR: readonly number[] = [
  0.0417, 0.0122, 0.0125, 0.0178, 0.0142, 0.0040, 0.0002,
  0.1232, 0.0152, 0.0162, 0.0377, 0.0229, 0.0040, 0.0002,
  0.1891, 0.0276, 0.0312, 0.1045, 0.0520, 0.0040, 0.0002,
  0.0425, 0.0199, 0.0235, 0.0757, 0.0369, 0.0040, 0.0002,
  0.0122, 0.0119, 0.0120, 0.0139, 0.0124, 0.0040, 0.0002,
];
