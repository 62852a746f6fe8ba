/** Runs one Wrangler command whose answer is JSON. When it fails, its own error is the message. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { StartupProblem } from "../command/startup-problem.ts";
import { ROOT, QUIET_WRANGLER, WRANGLER } from "./wrangler-process.ts";

/** Rows come back in one piece. */
const MOST_BYTES = 256 * 1_024 * 1_024;

/** Rows of each statement of `wrangler d1 execute --json`. */
export async function wranglerJson(args: readonly string[]): Promise<readonly (readonly object[])[]> {
  const run = promisify(execFile)(process.execPath, ["--no-warnings", WRANGLER, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...QUIET_WRANGLER },
    maxBuffer: MOST_BYTES,
  });
  const { stdout } = await run.catch((error: { stdout?: string; stderr?: string; message: string }) => {
    throw new StartupProblem(`Wrangler said: ${wordsOf(error.stderr || error.stdout || error.message)}`);
  });
  const answers = JSON.parse(stdout.slice(stdout.indexOf("["))) as { results?: object[] }[];
  return answers.map(({ results }) => results ?? []);
}

/** With `--json` an error is an object of one text; the rest of a log is as it is. */
function wordsOf(text: string): string {
  try {
    return (JSON.parse(text) as { error: { text: string } }).error.text;
  } catch {
    return text.trim();
  }
}
