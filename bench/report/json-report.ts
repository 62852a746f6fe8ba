/** The report for tools. */
import { writeFileSync } from "node:fs";
import type { ColdStarts } from "../measures/cold-start.ts";
import type { Report } from "./report.ts";
import { targetsOf } from "./targets.ts";

export function writeJson(path: string, report: Report): void {
  const systems = Object.fromEntries(
    report.systems.map(({ name, figures, title, versions, durability, without, lostAfterKill }) => [
      name,
      {
        ...figures,
        title,
        versions,
        durability,
        without,
        acknowledged_writes_lost: lostAfterKill,
      },
    ]),
  );
  const { machine, mode, rounds, sustained, items, queue, batch, coldStarts, bytes, runs, sizes } = report;
  const written = {
    machine,
    mode,
    rounds,
    systems,
    sustained,
    items,
    queue,
    batch,
    ...coldStartFields(coldStarts),
    ...bytes,
    ...runs,
    ...sizes,
    ratios: targetsOf(report),
  };
  writeFileSync(path, `${JSON.stringify(written, null, 2)}\n`);
}

function coldStartFields({ ours, floor }: ColdStarts): Readonly<Record<string, number>> {
  return {
    cold_start_ms: ours.ms,
    cold_start_cpu_s: ours.cpu_s,
    idle_isolate_mb: ours.idle_mb,
    cold_start_floor_ms: floor.ms,
    cold_start_floor_cpu_s: floor.cpu_s,
    idle_isolate_floor_mb: floor.idle_mb,
  };
}
