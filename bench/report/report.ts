/** What one run of the benchmark found. */
import type { Machine } from "./machine.ts";
import type { Figures } from "../measures/round.ts";
import type { Sustained } from "../measures/sustained.ts";
import type { BatchFigures } from "../measures/batch.ts";
import type { ColdStarts } from "../measures/cold-start.ts";
import type { ItemCosts, QueueCosts } from "../measures/flatness.ts";
import type { RecordBytes } from "../measures/record-bytes.ts";
import type { RunFigures } from "../measures/store-run.ts";

export interface SystemReport {
  readonly name: string;
  readonly title: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly durability: string;
  readonly without: string;
  readonly lostAfterKill: number;
  readonly figures: Figures;
}

export interface Report {
  readonly machine: Machine;
  readonly mode: "full" | "short" | "smoke";
  readonly rounds: number;
  readonly systems: readonly SystemReport[];
  readonly sustained: Sustained;
  readonly items: { readonly ours: ItemCosts; readonly floor: ItemCosts };
  readonly queue: QueueCosts;
  readonly batch: BatchFigures;
  readonly coldStarts: ColdStarts;
  readonly bytes: RecordBytes;
  readonly runs: { readonly run_1000: RunFigures; readonly run_10000: RunFigures };
  readonly sizes: { readonly bundle_gzip_kb: number; readonly evaluated_gzip_kb: number };
}
