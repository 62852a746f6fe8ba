/**
 * The object's one alarm. Changing its time costs an fsync, so it is set only when there is no alarm or a later one.
 *
 * - `setAlarm(now)` inside `alarm()` can be lost: never earlier than now + 1 ms.
 * - An alarm handler that throws is retried a few times and then gone, so the handler's first act is a fallback.
 */
import { MINUTE_MS } from "./durations.ts";

/** Whatever happens in an alarm, the object wakes again. */
export const FALLBACK_MS = MINUTE_MS;
/** A set alarm this far in the past did not run: the platform lost it. */
const STALE_MS = 120_000;

export class AlarmClock {
  readonly #storage: DurableObjectStorage;
  #setFor: number | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  async load(now: number): Promise<"set" | "none" | "lost"> {
    const setFor = await this.#storage.getAlarm();
    const isLost = setFor !== null && setFor < now - STALE_MS;
    this.#setFor = isLost ? null : setFor;
    if (setFor === null) return "none";
    return isLost ? "lost" : "set";
  }

  /**
   * A synchronous call next to a commit becomes part of the same write. Nobody awaits it: the output gate holds every
   * answer until it is on disk, and resets the object if it cannot be written.
   */
  arm(dueAt: number | null, now: number): void {
    if (dueAt === null) return;
    const at = Math.max(dueAt, now + 1);
    if (this.#setFor !== null && this.#setFor <= at) return;
    this.#setFor = at;
    void this.#storage.setAlarm(at);
  }

  /**
   * First line of the handler: the object wakes again whatever happens afterwards. Most alarms are backstops that find
   * everything delivered and need no fallback, which would cost one row to set and one to remove.
   */
  async ringing(needsFallback: boolean, now: number): Promise<void> {
    this.#setFor = needsFallback ? now + FALLBACK_MS : null;
    if (this.#setFor !== null) await this.#storage.setAlarm(this.#setFor);
  }

  /** Last line of the handler: replaces the fallback by the next due time. */
  async rearm(dueAt: number | null, now: number): Promise<void> {
    const at = dueAt === null ? null : Math.max(dueAt, now + 1);
    if (at === this.#setFor) return;
    this.#setFor = at;
    if (at === null) await this.#storage.deleteAlarm();
    else await this.#storage.setAlarm(at);
  }
}
