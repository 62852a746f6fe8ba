/**
 * What a client may know of an error: problems as they are, an unavailable dependency as 503, the rest as 500.
 */
import { Problem } from "../../api/problems.ts";
import { isDatabaseAway } from "../../shared/database-away.ts";
import { isPlatformReset, type PlatformMarks } from "../../telemetry/expected.ts";

export function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if ((error as PlatformMarks).overloaded === true)
    return new Problem(
      "unavailable",
      "This item receives more requests than it can handle at the moment; please retry.",
      {
        cause: error,
      },
    );
  if (isPlatformReset(error) || isDatabaseAway(error)) {
    return new Problem("unavailable", "A dependency is temporarily unavailable; please retry.", { cause: error });
  }
  return new Problem("internal_error", "The error was recorded; retry, and report the request id if it persists.", {
    cause: error,
  });
}
