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

export function projectOf(suite: string): "pure" | "edge" | "system" {
  return suite.startsWith("test/edge/") ? "edge" : suite.startsWith("test/system/") ? "system" : "pure";
}

/** `npm test` leaves out long system tests: without this, Vitest finds none of that name, and fails. */
export function settingsOf(suite: string): { readonly THOROUGH?: "1" } {
  return projectOf(suite) === "system" ? { THOROUGH: "1" } : {};
}
