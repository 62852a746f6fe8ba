/** A real PostgreSQL of this machine's own: a cluster in a temporary folder, on a free port of the loopback address. */
import { execFile, execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../../scripts/lib/server/ports.ts";

export interface PostgresServer {
  readonly url: string;
  /** Stops the server as a crash would; `start` brings it back with what it had committed. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops the server and removes its folder. */
  remove(): Promise<void>;
}

const USER = "stockwarden";
const PASSWORD = "a-password-with-%-and-@";
/** Where Debian keeps what is not for everybody's path. */
const DEBIAN = "/usr/lib/postgresql";

export function testUrl(port: number): string {
  return `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`;
}

/** @param port default: a free one. */
export async function startPostgres(port?: number): Promise<PostgresServer> {
  const at = port ?? (await freePort());
  const bin = binaries();
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-postgres-"));
  const data = join(folder, "data");
  const owner = ownerFor(folder);
  const command = async (name: string, args: readonly string[]): Promise<void> => {
    await promisify(execFile)(join(bin, name), args, { ...owner, cwd: folder });
  };
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, PASSWORD);
  // Another order of texts than D1's, so that a column which forgot its own shows.
  const order = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en"];
  await command("initdb", [
    "-D",
    data,
    "-U",
    USER,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--no-sync",
    ...order,
  ]);
  const options = `-c listen_addresses=127.0.0.1 -c port=${at} -c unix_socket_directories='' -c fsync=off`;
  const start = (): Promise<void> =>
    command("pg_ctl", ["-D", data, "-l", join(folder, "log"), "-w", "-o", options, "start"]);
  const stopNow = ["-D", data, "-m", "immediate", "-w", "stop"];
  const stopWithUs = (): void => {
    if (existsSync(join(data, "postmaster.pid")))
      execFileSync(join(bin, "pg_ctl"), stopNow, { ...owner, cwd: folder, stdio: "ignore" });
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", stopWithUs);
  await start();
  const kill = (): Promise<void> => command("pg_ctl", stopNow);
  return {
    url: testUrl(at),
    start,
    kill,
    async remove() {
      process.off("exit", stopWithUs);
      if (existsSync(join(data, "postmaster.pid"))) await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function binaries(): string {
  const installed = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  const versions = installed.includes("15") ? ["15"] : installed;
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, "bin")),
    ...(process.env["PATH"] ?? "").split(":"),
  ];
  const found = folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "pg_ctl")));
  if (found === undefined)
    throw new Error("These tests need a PostgreSQL (initdb and pg_ctl; Debian: apt-get install postgresql).");
  return found;
}

/** PostgreSQL refuses to run as root: another user runs it then, and owns its folder. */
function ownerFor(folder: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = ["-u", "-g"].map((flag) =>
        Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] })),
      );
      chownSync(folder, uid!, gid!);
      return { uid: uid!, gid: gid! };
    } catch {
      // Not here: the next one.
    }
  }
  return {};
}
