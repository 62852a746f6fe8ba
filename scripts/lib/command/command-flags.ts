/**
 * Parses the flags of a command. `--help` prints the usage and exits with 0. An unknown flag or a value that cannot be
 * understood exits with 1 before anything is done, with a message that names what is allowed.
 * The second line of each usage says what the command is for (test/scripts/command-flags.test.ts checks this).
 */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { endQuietlyOnClosedPipe } from "./closed-pipe.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Flags<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

interface CommandLine<T extends Options> {
  readonly flags: Flags<T>;
  readonly words: readonly string[];
}

export function commandFlags<const T extends Options>(usage: string, options: T): Flags<T> {
  return read(usage, options, false).flags;
}

/** For a command that takes words beside its flags. */
export function commandLine<const T extends Options>(usage: string, options: T): CommandLine<T> {
  return read(usage, options, true);
}

function read<T extends Options>(usage: string, options: T, allowPositionals: boolean): CommandLine<T> {
  endQuietlyOnClosedPipe();
  const { values, positionals } = parsed(usage, {
    options: { ...options, help: { type: "boolean" } },
    allowPositionals,
  });
  const { help, ...flags } = values;
  if (help !== true) return { flags: flags as Flags<T>, words: positionals };
  console.log(usage);
  process.exit(0);
}

function parsed(usage: string, config: ParseArgsConfig): ReturnType<typeof parseArgs> {
  try {
    return parseArgs(config);
  } catch (error) {
    return endWith(`${(error as Error).message}\n\n${usage}`);
  }
}

/** A number of at least `least`. */
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

/** A share such as a service level: between 0 and 1, both excluded. */
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
