/** What the page and its worker say to each other. */
import type { ReaderChoices } from "../reader/choices.ts";
import type { Reading, Row } from "../reader/types.ts";

export interface ShownReading {
  readonly reading: Reading;
  readonly lines: readonly string[];
  readonly sample: readonly Row[];
}

export interface LoadSettings {
  readonly store: string | null;
  readonly completeThrough: string | null;
  readonly replace: boolean;
  readonly today: string;
  readonly csrf: string;
}

export type ToWorker =
  | {
      readonly kind: "read";
      readonly id: number;
      readonly file: File;
      /** By sheet; "" is a file that has none. */
      readonly choices: ReadonlyMap<string, ReaderChoices>;
      /** Sheets that a person took out. */
      readonly without: ReadonlySet<string>;
      readonly today: string;
    }
  | { readonly kind: "forget"; readonly id: number }
  | { readonly kind: "load"; readonly settings: LoadSettings }
  | { readonly kind: "undo"; readonly loaded: Loaded; readonly csrf: string };

/** What an import put where, so that it can be taken back. */
export interface Loaded {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly items: readonly (readonly [store: string, product: string])[];
}

export type FromWorker =
  | { readonly kind: "readings"; readonly id: number; readonly shown: readonly ShownReading[] }
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "loaded"; readonly lines: readonly string[]; readonly loaded: Loaded | null }
  | { readonly kind: "undone"; readonly text: string }
  | { readonly kind: "failed"; readonly id: number | null; readonly text: string };
