/**
 * Belief in each count model before an item has shown anything: rows are gains, columns dispersions, as in
 * count-bank.ts. Fitted by scripts/fit-count-prior.ts to 3183 items of uci_sales_transactions_weekly.csv,
 * carparts_monthly.csv, except the last column, which that script sets; do not edit.
 */
export const COUNT_PRIOR: readonly number[] = [
  0.0433, 0.0125, 0.0128, 0.0184, 0.0147, 0.0003,
  0.1221, 0.0155, 0.0166, 0.0386, 0.0235, 0.0003,
  0.1837, 0.0268, 0.0305, 0.1012, 0.0512, 0.0003,
  0.0534, 0.0213, 0.0248, 0.0797, 0.0387, 0.0003,
  0.0143, 0.0126, 0.0128, 0.0172, 0.0137, 0.0003,
];
