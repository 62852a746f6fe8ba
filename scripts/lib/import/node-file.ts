/** A file on this machine for the reader, which may read it from the start several times. */
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import type { FileSource } from "../../../src/reader/types.ts";
import { StartupProblem } from "../command/startup-problem.ts";

const SLICE_BYTES = 1_024 * 1_024;

export function nodeFile(path: string): FileSource {
  const size = sizeOf(path);
  return {
    name: basename(path),
    size,
    async *slices() {
      for await (const slice of createReadStream(path, { highWaterMark: SLICE_BYTES })) yield slice as Uint8Array;
    },
  };
}

function sizeOf(path: string): number {
  try {
    const stats = statSync(path);
    if (stats.isFile()) return stats.size;
    throw new Error("EISDIR: it is a folder");
  } catch (error) {
    throw new StartupProblem(`${path} cannot be read: ${(error as Error).message}`);
  }
}
