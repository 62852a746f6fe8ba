/** One planted fault: a text of the code and what takes its place. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  /** Found exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** What must fail once it is planted: a campaign of `npm run torture`, or a file of tests. */
  readonly killedBy: "torture" | `test/${string}.test.ts`;
}
