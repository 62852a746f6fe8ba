/** A database that cannot be reached, for every environment of this isolate. */
import { env } from "cloudflare:workers";
import { onTestFinished, vi } from "vitest";

/**
 * Every statement ends with the platform's own words for an outage, until the returned function is called or the test
 * ends.
 */
export function takeDatabaseAway(): () => void {
  const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1")) as D1PreparedStatement;
  const database = Object.getPrototypeOf(env.DB) as D1Database;
  const away = async (): Promise<never> => {
    throw new Error("D1_ERROR: Network connection lost.");
  };
  const spies = [
    vi.spyOn(statement, "first").mockImplementation(away),
    vi.spyOn(statement, "all").mockImplementation(away),
    vi.spyOn(statement, "run").mockImplementation(away),
    vi.spyOn(database, "batch").mockImplementation(away),
  ];
  const giveBack = () => {
    for (const spy of spies) spy.mockRestore();
  };
  onTestFinished(giveBack);
  return giveBack;
}
