/** The scenarios that rounds are drawn from. */
import type { Scenario } from "../scenario.ts";
import { ANSWERED, LEFT_ALONE, TOO_LATE } from "./answers.ts";
import { RECEIVED, REVISED, SUPERSEDED, TWO_PEOPLE } from "./changes.ts";
import { ADVISED, SHARED_KEY } from "./inputs.ts";

export const SCENARIOS: readonly Scenario[] = [
  ANSWERED,
  LEFT_ALONE,
  TOO_LATE,
  SUPERSEDED,
  REVISED,
  TWO_PEOPLE,
  RECEIVED,
  ADVISED,
  SHARED_KEY,
];
