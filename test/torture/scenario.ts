/**
 * What a round of the torture is: one scenario played on an item of its own, and what must be true of it afterwards.
 */
import type { ReviewWorld } from "../support/builders/review-world.ts";
import type { Calls } from "./calls.ts";

export const CHANNELS = ["link", "slack", "api"] as const;

export interface Attempt {
  readonly channel: (typeof CHANNELS)[number];
  readonly person: "ana" | "ben";
  readonly kind: "approve" | "reject" | "modify";
  readonly quantity: number | null;
  /** Of the question that the person saw. */
  readonly revision: number;
}

export interface Sent {
  readonly workflowId: string;
  readonly attempt: Attempt;
  /**
   * `taken` = 200; `refused` = 409; `lost` = the connection broke, so nobody knows. Slack says 200 either way; `wrong`
   * is a fault.
   */
  readonly result: "taken" | "refused" | "lost" | "unknown" | "wrong";
}

export interface Round {
  readonly number: number;
  readonly product: string;
  readonly store: string;
  /** Seeded, so that a failing round can be played again. */
  readonly random: () => number;
}

export interface Torture {
  readonly world: ReviewWorld;
  readonly calls: Calls;
  /** Milliseconds that a question stays open. */
  readonly ttlMs: number;
  /** Leaves a question to nobody: faults of the platform may be tried on its item. */
  leaveAlone(workflowId: string): void;
  /** Has something happen later, while other rounds are played. */
  later(afterMs: number, work: () => Promise<void>): void;
}

export interface Played {
  readonly workflowIds: readonly string[];
  readonly sent: readonly Sent[];
  /** Units of the order that have come. */
  readonly received?: number;
  /** What else must hold, asked when everything is over; each fault is a line. */
  readonly faults?: (torture: Torture) => Promise<readonly string[]>;
}

export interface Scenario {
  readonly name: string;
  /** Rounds of it among a hundred, about. */
  readonly share: number;
  readonly play: (torture: Torture, round: Round) => Promise<Played>;
}
