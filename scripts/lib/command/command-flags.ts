/**
 * What a person typed behind a command. `--help` prints the usage and ends with 0; what cannot be understood ends the
 * command with 1 before it has done anything, and says what would be.
 */
import { parseArgs, type ParseArgsConfig } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Flags<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

export function commandFlags<const T extends Options>(usage: string, options: T): Flags<T> {
  const { help, ...flags } = parsed(usage, options);
  if (help !== true) return flags as Flags<T>;
  console.log(usage);
  process.exit(0);
}

function parsed(usage: string, options: Options): Record<string, unknown> {
  try {
    return parseArgs({ options: { ...options, help: { type: "boolean" } } }).values;
  } catch (error) {
    return endWith(`${(error as Error).message}\n\n${usage}`);
  }
}

/** `least` itself is taken. */
export function numberFlag(flag: string, text: string, least = 0): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= least) return value;
  return endWith(`${flag} is a number from ${least} on, not "${text}".`);
}

export function countFlag(flag: string, text: string, least = 1): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
  return endWith(`${flag} is a whole number from ${least} on, not "${text}".`);
}

/** A share such as a service level: neither never nor always, and no percentage. */
export function shareFlag(flag: string, text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  return endWith(`${flag} is a share between 0 and 1 such as 0.95, not "${text}".`);
}

export function choiceFlag<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === text);
  return chosen ?? endWith(`${flag} is one of ${choices.join(", ")}, not "${text}".`);
}

function endWith(problem: string): never {
  console.error(`\n${problem}\n`);
  process.exit(1);
}
