/**
 * How many triggers an isolate has under way at most. While something they wait for hangs (a database that neither answers
 * nor fails, an adviser that takes its time), the next ones are refused at the door, at once and with a Retry-After, before
 * memory ends and takes those that were let in along.
 */
import { Problem } from "./problem.ts";

/** At some 20 kB a trigger a third of an isolate's 128 MB; 60 a second may wait half a minute each. */
export const MOST_UNDER_WAY = 2_000;

let underWay = 0;

/** Runs the work if there is room for it; otherwise throws the 503, and nothing was begun. */
export async function admitted<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= MOST_UNDER_WAY) throw new Problem("unavailable", "More triggers are under way than can be answered in time; try again.");
  underWay++;
  try {
    return await work();
  } finally {
    underWay--;
  }
}
