/** Questions on the terminal. */
import { createInterface } from "node:readline/promises";
import { withChoice, type ReaderChoices } from "../../../src/reader/choices.ts";
import type { Reading } from "../../../src/reader/types.ts";
import { StartupProblem } from "../command/startup-problem.ts";

export function isTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** The choices with the first question of a reading answered. */
export async function answerQuestions(reading: Reading, choices: ReaderChoices): Promise<ReaderChoices> {
  const question = reading.questions[0];
  if (question === undefined) return choices;
  console.log(`${reading.file}: ${question.text}`);
  question.choices.forEach(({ flag, means }, index) => console.log(`  ${index + 1}  ${means}   (${flag})`));
  for (;;) {
    const answer = (await prompt(`1 to ${question.choices.length}, or q to stop: `)).trim();
    if (answer === "q") throw new StartupProblem("Nothing was loaded.");
    const choice = question.choices[Number(answer) - 1];
    if (choice !== undefined) return withChoice(choices, choice.flag);
  }
}

/** Throws a StartupProblem where nobody can answer. */
export async function confirmed(question: string): Promise<boolean> {
  if (!isTerminal()) throw new StartupProblem("Nothing was loaded: nobody is there to say yes. Add --yes.");
  const answer = (await prompt(`${question} [Y/n] `)).trim().toLowerCase();
  return answer === "" || answer === "y" || answer === "yes";
}

async function prompt(text: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question(text);
  } finally {
    lines.close();
  }
}
