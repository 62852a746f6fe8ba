/** What is wrong with a field, in the words of the other errors, where its check has none of its own. */
import type * as z from "zod";

const NEEDED: Readonly<Record<string, string>> = {
  number: "a number",
  int: "a whole number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** Undefined leaves it to zod. */
export function issueWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is required";
      return issue.expected in NEEDED ? `must be ${NEEDED[issue.expected]}` : undefined;
    case "invalid_value":
      return `must be one of ${issue.values.join(", ")}`;
    case "too_small":
      return `must ${boundOf(issue.origin, issue.inclusive === false ? "above" : "at least", issue.minimum)}`;
    case "too_big":
      return `must ${boundOf(issue.origin, issue.inclusive === false ? "below" : "at most", issue.maximum)}`;
    case "invalid_format":
      return issue.format === "email" ? "must be an address like ana@example.com" : undefined;
    default:
      return undefined;
  }
}

function boundOf(origin: string, how: string, bound: number | bigint): string {
  if (origin === "string") return `have ${how} ${bound} characters`;
  return origin === "array" ? `have ${how} ${bound} ${bound === 1 ? "entry" : "entries"}` : `be ${how} ${bound}`;
}
