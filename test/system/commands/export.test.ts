/** `npm run export` on the database of a server that is running: what is exported is what the server answers. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runScript, type Ran } from "../../support/run-script.ts";
import { reviewWorld, until, type ReviewWorld } from "../../support/builders/review-world.ts";
import { changeDatabase } from "../../support/server-state.ts";
import { ownFolder } from "../../support/own-folder.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PRODUCTS = ["KEPT-1", "KEPT-2", "KEPT-3"];

describe("npm run export", () => {
  const folder = ownFolder("export");
  const file = join(folder, "decisions.ndjson");
  let world: ReviewWorld;
  beforeAll(async () => {
    world = await reviewWorld({ slack: "off" });
  });
  afterAll(async () => {
    await world?.close();
  });

  const runExport = (...flags: string[]): Promise<Ran> =>
    runScript(["scripts/export.ts", ...flags], { PERSIST_TO: world.persistTo, INIT_CWD: ROOT });

  const logged = async () => (await world.api<{ trails: { workflow_id: string }[] }>("GET", "/audit")).body.trails;
  const kept = () =>
    readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: string; productId: string; audit: unknown[] });

  it("writes each workflow once, with its audit, and goes on where a broken file ends", async () => {
    for (const product of PRODUCTS) await world.ask(product);
    await until(async () => (await logged()).length === PRODUCTS.length, "the projections");
    expect(await runExport("--out", file)).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("3 records exported."),
    });
    expect(
      kept()
        .map(({ productId }) => productId)
        .toSorted(),
    ).toEqual(PRODUCTS);
    expect(kept().every(({ audit }) => audit.length >= 2)).toBe(true);

    const whole = readFileSync(file, "utf8");
    rmSync(file);
    // The disk was full in the middle of the second line.
    writeFileSync(`${file}.all.part`, whole.slice(0, whole.indexOf("\n") + 10));
    expect(await runExport("--out", file)).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("2 records exported, continuing"),
    });
    expect(readFileSync(file, "utf8")).toBe(whole);
  });

  it("does not continue a finished file, between whose lines newer workflows would be lost", async () => {
    await world.ask("KEPT-4");
    await until(async () => (await logged()).length === PRODUCTS.length + 1, "the projection");
    const before = readFileSync(file, "utf8");
    expect(await runExport("--out", file)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("is a finished export and stays as it is"),
    });
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(await runExport("--out", join(folder, "newer.ndjson"))).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("4 records exported."),
    });
  });

  it("leaves out what is from a later day, and says what it does not understand", async () => {
    expect(await runExport("--before", "2020-01-01")).toMatchObject({
      status: 0,
      stdout: "",
      stderr: expect.stringContaining("0 records exported."),
    });
    const wrong = await runExport("--before", "yesterday");
    expect([wrong.status, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('--before must be a date such as 2026-01-31, not "yesterday".'),
    ]);
    expect(await runExport("--before", "2026-11-31")).toMatchObject({ status: 1, stdout: "" });
  });

  it("is complete again after a rebuild, whether the database lost the log or its registry of items", async () => {
    const before = (await logged()).map(({ workflow_id }) => workflow_id).toSorted();
    for (const table of ["workflows", "items"]) {
      changeDatabase(world.persistTo, `DELETE FROM ${table}`);
      const rebuilt = await runScript(["scripts/rebuild.ts", "--url", world.server.url, "--key", world.server.key]);
      expect(rebuilt).toMatchObject({ status: 0, stderr: "" });
      expect(rebuilt.stdout).toMatch(/^(\d) of \1 items have sent what they keep\.\n$/);
    }
    expect((await logged()).map(({ workflow_id }) => workflow_id).toSorted()).toEqual(before);
  });
});
