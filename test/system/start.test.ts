import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../scripts/ports.ts";
import { localEnvPath, readEnvFile } from "../../scripts/local-settings.ts";

const ROOT = join(import.meta.dirname, "../..");
const RUNNING_LINE = "The server runs until Ctrl-C.";
const OUTPUT_WITHIN_MS = 90_000;

interface Start {
  readonly child: ChildProcess;
  output(): string;
}

let persistTo = "";
let port = 0;
let current: Start | null = null;

beforeAll(async () => {
  persistTo = join(mkdtempSync(join(tmpdir(), "stockwarden-start-")), "state");
  port = await freePort();
});

afterEach(async () => {
  if (current !== null) await end(current);
  current = null;
});

afterAll(() => rmSync(join(persistTo, ".."), { recursive: true, force: true }));

/** As `npm start` runs it, without npm between us and the signals. */
function start(...flags: string[]): Start {
  const child = spawn(process.execPath, ["scripts/start.ts", ...flags], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), PERSIST_TO: persistTo },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  current = { child, output: () => chunks.join("") };
  return current;
}

async function untilRunning(started: Start): Promise<string> {
  const deadline = Date.now() + OUTPUT_WITHIN_MS;
  while (!started.output().includes(RUNNING_LINE)) {
    if (started.child.exitCode !== null || Date.now() > deadline) throw new Error(`npm start did not get there:\n${started.output()}`);
    await sleep(50);
  }
  return started.output();
}

async function end({ child }: Start, signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, "exit");
  }
  return child.exitCode;
}

/** 0 when nobody answers. */
async function health(): Promise<number> {
  try {
    const response = await fetch(`http://localhost:${port}/healthz`);
    await response.text();
    return response.status;
  } catch {
    return 0;
  }
}

describe("npm start", () => {
  it("decides a morning of forty items, asks two or three, and tells how to answer", async () => {
    const output = await untilRunning(start());
    const table = output.split("\n").filter((line) => /\b(restock|hold)\b.* [01]\.\d\d +(plan|fallback|waits for you)$/u.test(line));
    expect(table).toHaveLength(40);
    const asking = table.filter((line) => line.endsWith("waits for you"));
    expect(asking.length).toBeGreaterThanOrEqual(2);
    expect(asking.length).toBeLessThanOrEqual(3);
    expect(table.filter((line) => /\bplan$/u.test(line)).length).toBeGreaterThanOrEqual(30);
    expect(output).toContain(`${asking.length} wait for a human.`);

    const { API_KEY: key } = readEnvFile(localEnvPath(persistTo));
    expect(output).toContain(`Local key     ${key}`);
    expect(statSync(localEnvPath(persistTo)).mode & 0o777).toBe(0o600);
    await answerAsPrinted(output);
  });

  it("keeps the state on a second start and repeats nothing", async () => {
    const output = await untilRunning(start());
    expect(output).toContain("The state of earlier starts is kept");
    expect(output).not.toContain("newspaper-weekend");
    expect(output).toMatch(/\b[12] waits? for a human/u);
  });

  it("posts the morning again when asked to", async () => {
    expect(await untilRunning(start("--morning"))).toMatch(/newspaper-weekend .*(restock|hold)/u);
  });

  it("ends with its children on Ctrl-C, and frees the port", async () => {
    const started = start();
    await untilRunning(started);
    expect(await end(started)).toBe(0);
    expect(await health()).toBe(0);
  });

  it("leaves no server behind even when it is killed", async () => {
    const started = start();
    await untilRunning(started);
    await end(started, "SIGKILL");
    const deadline = Date.now() + 10_000;
    while ((await health()) !== 0 && Date.now() < deadline) await sleep(100);
    expect(await health()).toBe(0);
  });

  it("refuses a taken port in one paragraph", async () => {
    await untilRunning(start());
    const first = current;
    const second = start();
    await once(second.child, "exit");
    expect(second.child.exitCode).toBe(1);
    expect(second.output()).toMatch(new RegExp(`Port ${port} is taken, perhaps by a Stockwarden that already runs\\.`, "u"));
    if (first !== null) await end(first);
  });

  it("refuses a half-set configuration in one paragraph", async () => {
    process.env.REVIEW_EMAIL_TO = "ana@example.com";
    const started = start();
    delete process.env.REVIEW_EMAIL_TO;
    await once(started.child, "exit");
    expect(started.child.exitCode).toBe(1);
    expect(started.output()).toContain("REVIEW_EMAIL_FROM is not set");
    expect(started.output()).not.toContain("    at ");
  });
});

/** Types the first printed command into a shell, as the newcomer would. */
async function answerAsPrinted(output: string): Promise<void> {
  const command = /curl -X POST \S+\/approve\/[\s\S]*?'\{.*?\}'/u.exec(output)?.[0] ?? "false";
  const shell = spawn("sh", ["-c", command.replace("curl ", "curl -s -w '%{http_code}' -o /dev/null ")], { stdio: ["ignore", "pipe", "inherit"] });
  const said: string[] = [];
  shell.stdout?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  await once(shell, "close");
  expect(said.join("")).toBe("200");
}
