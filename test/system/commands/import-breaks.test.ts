/** `npm run import` with a person at a terminal, and killed in the middle of an upload. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../../scripts/lib/server/local-server.ts";
import { runScript } from "../../support/run-script.ts";
import { ask, until } from "../../support/black-box.ts";
import { ownFolder } from "../../support/own-folder.ts";

const ROOT = join(import.meta.dirname, "../../..");
const folder = ownFolder("import-breaks");
let server: LocalServer;

beforeAll(async () => {
  server = await startLocalServer({ persistTo: join(folder, "state"), env: { LOG_LEVEL: "warn" } });
});
afterAll(async () => {
  await server?.stop();
});

const command = (...args: string[]) => ["scripts/import.ts", ...args, "--url", server.url, "--key", server.key];
const env = { ...process.env, TZ: "UTC", NO_COLOR: "1" };

/** At a terminal of its own: each answer is typed when its prompt is there. Resolves with all that was on it. */
async function atTerminal(args: readonly string[], answers: readonly (readonly [prompt: string, answer: string])[]) {
  const quoted = [process.execPath, ...args].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
  const child = spawn("script", ["-qec", quoted, "/dev/null"], { cwd: ROOT, env });
  let screen = "";
  child.stdout.on("data", (text) => (screen += String(text)));
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  let read = 0;
  for (const [prompt, answer] of answers) {
    await until(() => screen.indexOf(prompt, read) >= 0 || child.exitCode !== null);
    expect(screen.slice(read)).toContain(prompt);
    read = screen.length;
    child.stdin.write(`${answer}\r`);
  }
  const status = await closed;
  return { status, screen };
}

it("asks a person what can be read two ways and for a yes, takes the answers, and shows how far it is", async () => {
  const path = join(folder, "till.csv");
  writeFileSync(path, "item,date,qty\nA,03/04/2026,2\n");
  const other = join(folder, "old-till.csv");
  writeFileSync(other, "item,date,qty\nA,2025-04-03,2\n");
  const { status, screen } = await atTerminal(command(other, path, "--store", "asked"), [
    ["1 to 2, or q to stop: ", "7"],
    ["1 to 2, or q to stop: ", "1"],
    ["[Y/n] ", "y"],
  ]);
  expect(status, screen).toBe(0);
  expect(screen).toMatch(/ {2}1 {2}day, month, year: 2026-04-03/u);
  expect(screen).toContain("loading █");
  expect(screen).toContain("Loaded 1 item, 2 sales, 2025-04-03 to 2026-04-03. Due today: ");
  const { body } = await ask(server, "GET", "/history/A?store_id=asked");
  expect(body.days.at(-1)).toMatchObject({ date: "2026-04-03", units: 2 });
});

it("loads nothing for a person who says no, or stops", async () => {
  const path = join(folder, "no.csv");
  writeFileSync(path, "item,date,qty\nA,2026-04-03,2\n");
  const no = await atTerminal(command(path, "--store", "refused"), [["[Y/n] ", "n"]]);
  expect([no.status, no.screen]).toEqual([0, expect.stringContaining("Nothing was loaded.")]);
  writeFileSync(path, "item,date,qty\nA,03/04/2026,2\n");
  const stopped = await atTerminal(command(path, "--store", "refused"), [["or q to stop: ", "q"]]);
  expect([stopped.status, stopped.screen]).toEqual([1, expect.stringContaining("Nothing was loaded.")]);
  expect((await ask(server, "GET", "/history/A?store_id=refused")).status).toBe(404);
});

it("killed in the middle, goes on when it is run again: every row is there once", async () => {
  const [items, days] = [120, 900];
  const path = join(folder, "long.csv");
  const dates = Array.from({ length: days }, (_, day) =>
    new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString().slice(0, 10),
  );
  const name = (item: number): string => `a-product-with-a-long-name-${String(item).padStart(3, "0")}`;
  const rows = Array.from({ length: items }, (_, item) =>
    dates.map((date, day) => `${name(item)},${date},${1 + ((item + day) % 9)}`).join("\n"),
  );
  writeFileSync(path, `sku,date,qty\n${rows.join("\n")}\n`);
  const args = command(path, "--store", "long", "--yes");
  const child = spawn(process.execPath, args, { cwd: ROOT, env });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on("close", (_, signal) => resolve(signal)));
  await until(async () => (await ask(server, "GET", `/history/${name(0)}?store_id=long`)).status === 200);
  child.kill("SIGKILL");
  expect(await ended, "it was in the middle").toBe("SIGKILL");
  expect((await ask(server, "GET", `/history/${name(items - 1)}?store_id=long`)).status).toBe(404);

  for (const time of ["again", "and once more"]) {
    const { status, stdout, stderr } = await runScript(args, { TZ: "UTC", NO_COLOR: "1" });
    expect(status, time + stdout + stderr).toBe(0);
    expect(stdout).toContain(`Loaded ${items} items, 108,000 sales, ${dates[0]} to ${dates.at(-1)}.`);
  }
  for (let item = 0; item < items; item += 17) {
    const { body } = await ask(server, "GET", `/history/${name(item)}?store_id=long`);
    expect(body.days.map(({ units }: { units: number }) => units)).toEqual(
      dates.map((_, day) => 1 + ((item + day) % 9)),
    );
  }
});
