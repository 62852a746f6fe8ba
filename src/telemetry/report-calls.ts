/**
 * Reports an object's fault where it happened, with its stack. The caller sees the error marked `remote` and does not
 * report it again. It wraps all methods of a class, so none can be forgotten.
 */
import { errorFields, type LogContext } from "./log.ts";
import { telemetryOf } from "./telemetry.ts";

/** What the platform's base class gives every object. */
interface Insides {
  readonly ctx: DurableObjectState;
  readonly env: object;
}
type Method = (this: Insides, ...args: unknown[]) => unknown;

/**
 * For a class's static block. `alarm` is not wrapped: it catches everything itself, because the platform gives up an
 * alarm that keeps throwing.
 */
export function reportCalls(type: { readonly prototype: object }): void {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(type.prototype))) {
    if (typeof value !== "function" || name === "constructor" || name === "alarm") continue;
    const method = value as Method;
    Object.defineProperty(type.prototype, name, {
      configurable: true,
      writable: true,
      async value(this: Insides, ...args: unknown[]) {
        try {
          return await method.apply(this, args);
        } catch (error) {
          report(this, name, args[0], error);
          throw error;
        }
      },
    });
  }
}

/** @param subject the call's first argument: a workflow's id, or a call that carries the request's. */
function report({ ctx, env }: Insides, method: string, subject: unknown, error: unknown): void {
  const { log, errors } = telemetryOf(env);
  const workflowId = typeof subject === "string" ? subject : null;
  const requestId = requestIdOf(subject);
  const unexpected = errors.report(error, { origin: "rpc", workflowId, requestId }, ctx);
  const context: LogContext = {
    ...(workflowId === null ? {} : { workflow_id: workflowId }),
    ...(requestId === null ? {} : { request_id: requestId }),
  };
  log.with({ ...context })[unexpected ? "error" : "warn"]("call_failed", { method, ...errorFields(error) });
}

function requestIdOf(subject: unknown): string | null {
  if (typeof subject !== "object" || subject === null || !("requestId" in subject)) return null;
  return typeof subject.requestId === "string" ? subject.requestId : null;
}
