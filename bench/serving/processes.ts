/** Processes as Linux shows them under /proc: who is below whom, CPU seconds used, memory held. */
import { readFileSync, readdirSync } from "node:fs";

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/** USER_HZ, in which /proc counts CPU time; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** All processes below `pid`, at any depth. */
export function childrenOf(pid: number): ProcessEntry[] {
  const all = readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => statOf(Number(entry)) ?? []);
  const parents = new Map(all.map((entry) => [entry.pid, entry.parent]));
  const isBelow = (candidate: number): boolean => {
    for (let at = parents.get(candidate) ?? 0; at > 1; at = parents.get(at) ?? 0) if (at === pid) return true;
    return false;
  };
  return all.filter((entry) => isBelow(entry.pid)).map(({ pid: id, parent, name }) => ({ pid: id, parent, name }));
}

/** User and system time of the processes, their threads included. */
export function cpuSeconds(pids: readonly number[]): number {
  return pids.reduce((total, pid) => total + (statOf(pid)?.cpuSeconds ?? 0), 0);
}

export function residentMb(pids: readonly number[]): number {
  return pids.reduce((total, pid) => {
    const kb = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? "")?.[1];
    return total + Number(kb ?? 0) / 1_024;
  }, 0);
}

export function isAlive(pid: number): boolean {
  return read(`/proc/${pid}/stat`) !== null;
}

function statOf(pid: number): (ProcessEntry & { readonly cpuSeconds: number }) | null {
  const found = /^\d+ \((.*)\) (.*)$/s.exec(read(`/proc/${pid}/stat`) ?? "");
  if (found === null) return null;
  const fields = found[2]!.split(" ");
  return {
    pid,
    parent: Number(fields[1]),
    name: found[1]!,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
  };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // The process ended while we looked.
  }
}
