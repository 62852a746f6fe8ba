/** A problem that the user can fix: its message is printed without a stack trace. */
export class StartupProblem extends Error {
  override readonly name = "StartupProblem";
}

/**
 * Runs a command line program: a StartupProblem is one paragraph on stderr, any other error keeps its stack; both exit
 * with 1.
 */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    console.error(error instanceof StartupProblem ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
