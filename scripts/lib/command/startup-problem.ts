import { StockwardenError } from "../../../src/client/client.ts";

/** A problem that the user can fix: its message is printed without a stack trace. */
export class StartupProblem extends Error {
  override readonly name = "StartupProblem";
}

const MOST_FIELDS = 5;
/** The client's own, for an answer of a proxy or another server. */
const NOT_A_PROBLEM = "unknown";

/**
 * Runs a command line program: a StartupProblem and a refusal of the service are one paragraph on stderr, any other
 * error keeps its stack; all exit with 1.
 */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    const says =
      error instanceof StartupProblem ? error.message : error instanceof StockwardenError ? refusalText(error) : null;
    console.error(says === null ? error : `\n${says}\n`);
    process.exit(1);
  }
}

function refusalText({ status, message, problem: { code, errors = [] } }: StockwardenError): string {
  if (code === NOT_A_PROBLEM)
    return `The answer, with status ${status}, did not come from the service: is the address its own?`;
  const fields = errors.slice(0, MOST_FIELDS).map(({ pointer, message: why }) => `\n  ${pointer}: ${why}`);
  return `The service refused this. ${message}${fields.join("")}`;
}
