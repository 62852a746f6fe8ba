/** Counts what the platform bills while the Worker runs. One isolate, so one meter for the Worker and its objects. */
export interface Usage {
  requests: number;
  objectRequests: number;
  /**
   * Seconds that objects were busy or waited for an answer, each with its own clock; what one isolate shares is not
   * billed twice.
   */
  objectSeconds: number;
  objectRowsRead: number;
  objectRowsWritten: number;
  /** Statements that were waited for one by one, or batches of them. */
  d1Calls: number;
  d1RowsRead: number;
  d1RowsWritten: number;
  kvReads: number;
  kvWrites: number;
}

export const meter: Usage = emptyUsage();

export function emptyUsage(): Usage {
  return {
    requests: 0,
    objectRequests: 0,
    objectSeconds: 0,
    objectRowsRead: 0,
    objectRowsWritten: 0,
    d1Calls: 0,
    d1RowsRead: 0,
    d1RowsWritten: 0,
    kvReads: 0,
    kvWrites: 0,
  };
}

/**
 * An object whose methods are replaced by `replaced` and otherwise run on the original, which native ones insist on.
 */
export function overlay<T extends object>(original: T, replaced: Readonly<Record<string, unknown>>): T {
  return new Proxy(original, {
    get(target, name) {
      if (typeof name === "string" && name in replaced) return replaced[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
