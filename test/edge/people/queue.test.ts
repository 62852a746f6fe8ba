/**
 * One workflow at a time: what happens to triggers that arrive while an adviser is being asked, or that a restart left
 * waiting.
 */
import { reset } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { aLife, onDisk, send, T0 } from "../support/item-life.ts";

afterEach(() => reset());

describe("while an adviser is being asked", () => {
  it(
    "the newest waiting trigger supersedes those that waited before it, and is run next",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const sent = [
        await send(life, { stock: 20 }),
        await send(life, { stock: 19 }),
        await send(life, { stock: 18 }),
        await send(life, { stock: 17 }),
      ];
      const present = () => sent.map(({ seq }) => life.item.journal.workflows.read(seq)!);
      expect(present().map(({ status }) => status)).toEqual(["running", "superseded", "superseded", "running"]);
      expect(present()[1]!.supersededBy).toBe(sent[2]!.id);
      expect(life.adviser.asked.map(({ workflowId }) => workflowId)).toEqual([sent[0]!.id]);
      await life.adviser.answer();
      expect(life.adviser.asked.map(({ workflowId }) => workflowId)).toEqual([sent[0]!.id, sent[3]!.id]);
      await life.adviser.answer();
      expect(present().filter(({ status }) => status === "running")).toEqual([]);
      expect(life.item.journal.workflows.open.length).toBeLessThanOrEqual(1);
    }),
  );

  it(
    "a trigger with an older count is superseded at once",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const first = await send(life);
      expect(await send(life, { stock: 3, occurredAt: T0 - 1_000 })).toMatchObject({
        status: "superseded",
        supersededBy: first.id,
      });
    }),
  );
});

it(
  "a trigger that a restart left waiting is not decided after a newer one that came while the inputs were loaded",
  onDisk(async (storage) => {
    const first = await send(aLife(storage));
    const life = aLife(storage, T0, { adviser: null });
    const release = life.holdInputs();
    const newer = send(life, { stock: 3 });
    const resumed = life.triggers.resume();
    release();
    const second = await newer;
    await resumed;
    expect(second.status).toBe("completed");
    expect(life.item.journal.workflows.read(first.seq)).toMatchObject({
      status: "superseded",
      supersededBy: second.id,
    });
    expect(life.item.journal.workflows.newestCount?.id).toBe(second.id);
  }),
);
