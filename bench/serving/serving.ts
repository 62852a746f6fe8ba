/** A system under test while it serves: its address, its processes, and how to stop it. */
import type { TriggerRequest } from "../workload/workload.ts";

/** The part of an answer by which its write is found again. */
export interface Acknowledged {
  readonly workflow_id: string;
  readonly product_id: string;
}

export interface Serving {
  readonly url: string;
  /** Path of the trigger; some systems name the item in it. */
  path(trigger: TriggerRequest): string;
  readonly headers: Readonly<Record<string, string>>;
  /** Processes that serve: their CPU, memory and fsyncs count. */
  readonly pids: readonly number[];
  /** Which files' fsyncs belong to the decision; null = all. */
  readonly ownFiles: RegExp | null;
  readonly startupMs: number;
  /** Whether an acknowledged write is found again. */
  isStored(answer: Acknowledged): Promise<boolean>;
  /** Loads the demand of items, as uploads would. */
  prepare(from: number, to: number): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL to everything at once. */
  kill(): Promise<void>;
}

export interface StartOptions {
  /** Workers only: where the profiler attaches. */
  readonly inspectorPort?: number;
  /**
   * Leaves out the simulators of D1, KV, limits and mail, which run in the same process here and elsewhere on the
   * platform. Only for a Worker that has them answered in the isolate, on a folder whose demand is known.
   */
  readonly withoutSimulators?: true;
  /** Stockwarden only: beside or instead of the benchmark's own. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface SystemUnderTest {
  /** Name in the JSON report. */
  readonly name: string;
  readonly title: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Which failures an acknowledged write survives by default. */
  readonly durability: string;
  /** Features of Stockwarden that it lacks; empty for Stockwarden. */
  readonly without: string;
  /** State stays in the folder, so a second start continues the first. */
  start(folder: string, options?: StartOptions): Promise<Serving>;
}
