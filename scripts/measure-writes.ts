/**
 * `npm run measure:writes`: what one write costs an object, in rows (the cursor's `rowsWritten`) and in fsyncs (strace on
 * the workerd process, state on disk). The item's table layout rests on these figures; `docs/storage.md` quotes them.
 * Needs `strace` (Debian: apt-get install strace).
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PORT = Number(process.env["PORT"] ?? 8799);
const REQUESTS = 200;
const VARIANTS = [
  "integer-key",
  "text-key",
  "text-key-without-rowid",
  "indexed",
  "two-rows-one-transaction",
  "two-rows-awaited-apart",
  "row-and-new-alarm",
  "row-and-same-alarm",
];

if (spawnSync("strace", ["-V"]).status !== 0) {
  console.error("strace is missing: apt-get install strace");
  process.exit(1);
}

const state = mkdtempSync(join(tmpdir(), "stockwarden-writes-"));
const server = spawn(
  process.execPath,
  ["node_modules/wrangler/bin/wrangler.js", "dev", "-c", "bench/layout/wrangler.toml", "--port", String(PORT), "--persist-to", state],
  { stdio: "ignore", env: { ...process.env, CI: "true" } },
);

try {
  await untilUp();
  const workerd = workerdBelow(server.pid!);
  console.log(`${"variant".padEnd(28)}${"rows".padStart(6)}${"fsyncs".padStart(9)}   (a request, mean of ${REQUESTS})`);
  for (const variant of VARIANTS) {
    await ask(variant); // schema and first-touch costs are paid here
    await sleep(500);
    const trace = join(state, `${variant}.strace`);
    const strace = spawn("strace", ["-f", "-e", "trace=fsync,fdatasync", "-o", trace, "-p", String(workerd)], { stdio: "ignore" });
    await sleep(700);
    let rows = 0;
    for (let i = 0; i < REQUESTS; i++) rows += await ask(variant);
    await sleep(500);
    strace.kill("SIGINT");
    await sleep(300);
    const fsyncs = readFileSync(trace, "utf8").split("\n").filter((line) => /(fsync|fdatasync)\(/.test(line)).length;
    console.log(`${variant.padEnd(28)}${(rows / REQUESTS).toFixed(2).padStart(6)}${(fsyncs / REQUESTS).toFixed(2).padStart(9)}`);
  }
} finally {
  server.kill("SIGTERM");
  await sleep(1_000);
  rmSync(state, { recursive: true, force: true });
}

async function ask(variant: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${PORT}/${variant}?item=${variant}`);
  return ((await response.json()) as { rows_written: number }).rows_written;
}

async function untilUp(): Promise<void> {
  for (let i = 0; i < 120; i++) {
    const up = await fetch(`http://127.0.0.1:${PORT}/none`).then((r) => r.ok, () => false);
    if (up) return;
    await sleep(500);
  }
  throw new Error(`no server on port ${PORT}`);
}

/** The runtime is a grandchild of the wrangler process; Linux lists children under /proc. */
function workerdBelow(pid: number): number {
  const parents = new Map<number, { parent: number; name: string }>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const [, name, rest] = /^\d+ \((.*)\) \S (.*)$/s.exec(readFileSync(`/proc/${entry}/stat`, "utf8")) ?? [];
      parents.set(Number(entry), { parent: Number(rest!.split(" ")[0]), name: name! });
    } catch {
      // The process ended while we looked.
    }
  }
  const isBelow = (candidate: number): boolean => {
    for (let at = candidate; at > 1; at = parents.get(at)?.parent ?? 0) if (at === pid) return true;
    return false;
  };
  const runtimes = [...parents].filter(([id, p]) => p.name === "workerd" && isBelow(id)).map(([id]) => id);
  if (runtimes.length === 0) throw new Error("no workerd process below wrangler");
  return Math.max(...runtimes);
}
