/** Something the person at the keyboard can put right: its message is the whole answer, no stack trace needed. */
export class StartupProblem extends Error {
  override readonly name = "StartupProblem";
}

/** Runs a command line program: problems are one paragraph on stderr and exit code 1, faults keep their stack. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    console.error(error instanceof StartupProblem ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
