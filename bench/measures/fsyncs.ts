/** Counts the fsyncs of processes with strace, by the path that is synced. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** strace has attached to every thread by then. */
const ATTACH_MS = 700;
/** Waits this long, so writes after an answer are counted with it. */
const SETTLE_MS = 500;

export function straceIsThere(): boolean {
  return spawnSync("strace", ["-V"]).status === 0;
}

export interface FsyncCount {
  readonly own: number;
  readonly all: number;
  /** Lines of the trace, each with the path that was synced. */
  readonly lines: readonly string[];
}

/**
 * Runs `work` and counts what the processes synced meanwhile; `ownFiles` names the paths to count, null =
 * all.
 */
export async function countFsyncs(
  pids: readonly number[],
  ownFiles: RegExp | null,
  work: () => Promise<void>,
): Promise<FsyncCount> {
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-fsyncs-"));
  const trace = join(folder, "trace");
  const strace = spawn(
    "strace",
    [
      "-f",
      "-y",
      "-e",
      "trace=fsync,fdatasync,syncfs,sync_file_range",
      "-o",
      trace,
      ...pids.flatMap((pid) => ["-p", String(pid)]),
    ],
    { stdio: "ignore" },
  );
  const ended = once(strace, "exit");
  try {
    await sleep(ATTACH_MS);
    await work();
    await sleep(SETTLE_MS);
    strace.kill("SIGINT");
    await ended;
    const lines = readFileSync(trace, "utf8")
      .split("\n")
      .filter((line) => /(fsync|fdatasync|syncfs|sync_file_range)\(/.test(line));
    return {
      own: ownFiles === null ? lines.length : lines.filter((line) => ownFiles.test(line)).length,
      all: lines.length,
      lines,
    };
  } finally {
    strace.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}
