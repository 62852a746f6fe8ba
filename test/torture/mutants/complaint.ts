/** The first complaint in the output of a campaign, or of tests that fail. */

const LONGEST = 160;

/** The machine was at fault: a server or a program that cannot be started says nothing about a planted fault. */
export function isOfTheMachine(complaint: string): boolean {
  return complaint.startsWith("StartupProblem: The server did not answer") || complaint.startsWith("Error: spawn ");
}

export function complaintIn(output: string): string {
  const lines = output.split("\n");
  const faults = lines.findIndex((line) => line.endsWith(" FAULTS:"));
  const failed = lines.find((line) => /^ *FAIL /.test(line)) ?? lines.find((line) => /(Error|Problem): /.test(line));
  const said = (faults >= 0 ? lines[faults + 1] : failed) ?? "it did not come to its end";
  const text = said.trim().replace(/^FAIL +(\|?\w+\|? +)?(test\/\S+ > )?/, "");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
