/**
 * Validates path and query parameters with `@hono/zod-validator`, and declared headers by their schema; one function
 * answers problems. Bodies are not read this way: theirs are bounded while they are read, and refused where two parsers
 * could disagree (`body.ts`, `strict-json.ts`), which the validator's `c.req.json()` is not.
 */
import { zValidator } from "@hono/zod-validator";
import type { MiddlewareHandler } from "hono";
import type * as z from "zod";
import { Problem, type FieldError } from "../../../api/problems.ts";
import type { AppContext, AppTypes } from "../context.ts";
import type { Asked, Route } from "../route.ts";

type Target = "param" | "query" | "header";

/** The validators of a route, for the parameters that it declares; headers have `headersReader`. */
export function validatorsOf({ params, query }: Route): MiddlewareHandler<AppTypes>[] {
  return [
    ...(params === undefined ? [] : [validator("param", params)]),
    ...(query === undefined ? [] : [validator("query", query)]),
  ];
}

/** What the validators parsed; empty for what the route does not declare. */
export function askedOf(c: AppContext): Asked<z.ZodObject, z.ZodObject, z.ZodObject> {
  const parsed = (target: Target): Record<string, unknown> => c.req.valid(target as never) ?? {};
  return { params: parsed("param"), query: parsed("query"), headers: parsed("header") };
}

function validator(target: Target, schema: z.ZodObject): MiddlewareHandler<AppTypes> {
  return zValidator(target, schema, (result) => {
    if (!result.success) throw refused(target, result.error.issues as readonly z.core.$ZodIssue[], result.data);
  });
}

/** Reads the declared headers alone: the package's validator copies all of them, and parses with a promise. */
export function headersReader({ headers: schema }: Route): (c: AppContext) => void {
  if (schema === undefined) return () => undefined;
  const names = Object.keys(schema.shape);
  /** The result without any headers, which is the usual case. */
  let ofNone: object | null = null;
  return function readHeaders(c) {
    let given: Record<string, string> | null = null;
    for (const name of names) {
      const value = c.req.header(name);
      if (value !== undefined) (given ??= {})[name] = value;
    }
    c.req.addValidatedData(
      "header",
      given === null ? (ofNone ??= parseHeaders(schema, {})) : parseHeaders(schema, given),
    );
  };
}

function parseHeaders(schema: z.ZodObject, given: Readonly<Record<string, string>>): object {
  const result = schema.safeParse(given);
  if (!result.success) throw refused("header", result.error.issues, given);
  return result.data;
}

function refused(target: Target, issues: readonly z.core.$ZodIssue[], given: unknown): Problem {
  const errors = issues.flatMap(fieldErrors);
  switch (target) {
    case "header":
      return new Problem(
        "malformed_request",
        errors.map(({ pointer, message }) => `${pointer} ${message}.`).join(" "),
        {
          errors,
        },
      );
    case "query": {
      const repeated = repeatedIn(given as Readonly<Record<string, string | string[]>>);
      if (repeated.length > 0)
        return new Problem("validation_failed", "A query parameter is repeated.", { errors: repeated });
      return new Problem("validation_failed", "A query parameter is not valid.", { errors });
    }
    case "param":
      return new Problem("validation_failed", "A part of the path is not valid.", { errors });
  }
}

/** A repeated query parameter arrives as a list. It is refused, since nobody can know which value was meant. */
function repeatedIn(query: Readonly<Record<string, string | string[]>>): FieldError[] {
  return Object.entries(query).flatMap(([pointer, value]) =>
    Array.isArray(value) ? [{ pointer, message: "is repeated" }] : [],
  );
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((pointer) => ({ pointer, message: "is not a known parameter" }));
  return [{ pointer: String(issue.path[0] ?? ""), message: issue.message }];
}
