/**
 * Limits the wait for what is outside of an object or a request: the platform gives no call a limit of its own that a
 * trigger could wait for. A call that is cut off ends later, and its end changes nothing.
 */

/** Of what a decision reads: as long as a trigger waits when its sender names no time. */
const DECISION_LIMIT_MS = 10_000;

/** Rejects once the limit has passed; marked as the platform marks what may be tried again. */
export async function inTime<T>(
  work: Promise<T>,
  limitMs = DECISION_LIMIT_MS,
  late = `no answer within ${limitMs} ms`,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(late), { retryable: true })), limitMs);
  });
  return Promise.race([work, overdue]).finally(() => clearTimeout(timer));
}
