/** Names in a file of settings that the service does not know: almost a setting's name, or somebody else's. */
import type { SettingProblem } from "../../../src/config/setting-problems.ts";
import { SETTING_NAMES } from "../../../src/config/settings-schema.ts";

/** Two letters exchanged are two changes; the names of two settings differ by more. */
const MOST_CHANGES = 2;

/** The Worker would use the default of the setting that was meant, without a word. */
export function misspeltSettings(texts: Readonly<Record<string, string>>): SettingProblem[] {
  return unknownNames(texts).flatMap((setting) => {
    const meant = meantBy(setting);
    return meant === undefined ? [] : [{ setting, message: `is no setting: ${meant} is` }];
  });
}

/** Everything that is no setting. */
export function unknownNames(texts: Readonly<Record<string, string>>): string[] {
  return Object.keys(texts).filter((name) => !SETTING_NAMES.includes(name));
}

function meantBy(name: string): string | undefined {
  const plain = name.toUpperCase().replaceAll("-", "_");
  return SETTING_NAMES.find((setting) => changesBetween(plain, setting) <= MOST_CHANGES);
}

/** Levenshtein's distance, a row of its table at a time. */
function changesBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (let column = 0; column < other.length; column++) {
      const exchanged = above[column]! + (letter === other[column] ? 0 : 1);
      line.push(Math.min(exchanged, above[column + 1]! + 1, line[column]! + 1));
    }
    above = line;
  }
  return above.at(-1)!;
}
