import { reset } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { startDue } from "../../../src/item/waking/wake.ts";
import { transition } from "../../../src/workflow/transition.ts";
import type { Verdict } from "../../../src/workflow/review.ts";
import { aLife, aReply, DEADLINE_MS, onDisk, send, T0 } from "../support/item-life.ts";

afterEach(() => reset());

const APPROVAL: Verdict = {
  kind: "approve",
  quantity: null,
  comment: null,
  revision: 1,
  actor: { principal: "key:ana", label: "Ana", channel: "api" },
};

describe("an item with an adviser", () => {
  it(
    "is running while the adviser thinks, and decided when it has answered",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const running = await send(life);
      expect(running).toMatchObject({ status: "running", decision: null });
      await life.adviser.answer();
      const decided = life.item.journal.workflows.read(running.seq)!;
      expect(decided).toMatchObject({
        status: "completed",
        decision: {
          decidedBy: "llm",
          fallback: false,
          model: "held",
          tokens: 1_020,
          costUsd: 0.000_2,
          modelWords: "A fair is near.",
        },
        advice: { outcome: "advice", attempts: 1, quantity: decided.decision!.quantity },
      });
      expect(decided.decision!.rationale).toMatch(/^A language model moved the plan's \d+ to \d+\.$/);
      expect(decided.audit.map((entry) => entry.event)).toEqual([
        "received",
        "adviser_called",
        "adviser_answered",
        "executed",
      ]);
    }),
  );

  it(
    "lets the plan stand, labelled, when the adviser fails",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const { seq } = await send(life);
      await life.adviser.answer({ outcome: "server_error", reply: null, attempts: 3 });
      expect(life.item.journal.workflows.read(seq)).toMatchObject({
        status: "completed",
        decision: { decidedBy: "fallback", fallback: true },
        advice: { attempts: 3 },
      });
    }),
  );

  it(
    "judges the answer under the facts of its arrival, not of the question",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const { seq } = await send(life);
      const asked = life.adviser.asked[0]!.plan.quantity;
      life.item.write({ receipt: { reference: "truck", quantity: 1_000, receivedAt: T0 + 1_000, answer: "{}" } });
      await life.adviser.answer();
      expect(asked).toBeGreaterThan(0);
      expect(life.item.journal.workflows.read(seq)!.decision).toMatchObject({ action: "hold", quantity: 0 });
    }),
  );

  it(
    "decides on the newest of the triggers that came meanwhile, after the one in hand",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const first = await send(life);
      const second = await send(life, { stock: 19 });
      const third = await send(life, { stock: 18 });
      expect(life.adviser.asked).toHaveLength(1);
      await life.adviser.answer();
      expect(life.item.journal.workflows.read(second.seq)).toMatchObject({
        status: "superseded",
        supersededBy: third.id,
      });
      expect(life.adviser.asked.map((question) => question.workflowId)).toEqual([first.id, third.id]);
      await life.adviser.answer();
      // The first order covers the gap: the same words now meet a hold, which a person looks at.
      expect(life.item.journal.workflows.read(third.seq)).toMatchObject({
        status: "awaiting_human_review",
        review: { reason: "model_disagrees" },
      });
    }),
  );

  it(
    "lets a person approve the model's order although newer uploads leave the plan where it was",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const { seq } = await send(life);
      await life.adviser.answer({ reply: aReply({ multiplier: 1.8, event: { kind: "festival", quote: "A fair" } }) });
      const asked = life.item.journal.workflows.read(seq)!;
      expect(asked).toMatchObject({
        status: "awaiting_human_review",
        review: { reason: "model_disagrees" },
        decision: { decidedBy: "llm" },
      });
      const inputs = { ...life.item.knowledge.inputs.fresh()!, version: "another" };
      const approve = (receivedSince: number) =>
        transition(
          asked,
          { type: "verdict", verdict: APPROVAL, facts: { ...life.item.facts(inputs, asked.snapshot), receivedSince } },
          T0,
        );
      expect(approve(0)).toMatchObject({
        refusal: null,
        workflow: { status: "completed", decision: { quantity: asked.decision!.quantity, decidedBy: "human" } },
      });
      expect(approve(500)).toMatchObject({
        workflow: { status: "completed", decision: { action: "hold" } },
        order: null,
      });
    }),
  );

  it(
    "wants its alarm after the adviser's deadline, and not before, while it waits",
    onDisk(async (storage) => {
      const life = aLife(storage);
      await send(life);
      await send(life, { stock: 19 });
      expect(life.item.alarm.nextDue()! - T0).toBeGreaterThan(DEADLINE_MS);
      expect(life.item.alarm.nextDue()! - T0).toBeLessThan(DEADLINE_MS + 10_000);
    }),
  );
});

describe("an item whose object died", () => {
  it(
    "during the call, asks again without any traffic",
    onDisk(async (storage) => {
      const { seq } = await send(aLife(storage));
      const next = aLife(storage, T0 + DEADLINE_MS);
      expect(next.item.alarm.nextDue()! - (T0 + DEADLINE_MS)).toBeLessThan(5_000);
      await startDue(next.item, next.triggers);
      expect(next.adviser.asked).toHaveLength(1);
      await next.adviser.answer();
      expect(next.item.journal.workflows.read(seq)).toMatchObject({
        status: "completed",
        decision: { decidedBy: "llm" },
      });
    }),
  );

  it(
    "during two calls, asks no third time and lets the plan stand",
    onDisk(async (storage) => {
      const { seq } = await send(aLife(storage));
      await aLife(storage).triggers.resume();
      const third = aLife(storage);
      await third.triggers.resume();
      expect(third.adviser.asked).toEqual([]);
      expect(third.item.journal.workflows.read(seq)).toMatchObject({
        status: "completed",
        decision: { decidedBy: "fallback" },
      });
    }),
  );

  it(
    "after the reply and before the decision, does not pay for it twice",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const { seq } = await send(life);
      life.holdInputs();
      await life.adviser.answer();
      expect(life.item.journal.workflows.read(seq)).toMatchObject({ status: "running", advice: { outcome: "advice" } });
      const next = aLife(storage);
      await next.triggers.resume();
      expect(next.adviser.asked).toEqual([]);
      expect(next.item.journal.workflows.read(seq)).toMatchObject({
        status: "completed",
        decision: { decidedBy: "llm", costUsd: 0.000_2 },
      });
    }),
  );

  it(
    "after a failure's report, does not ask again either",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const { seq } = await send(life);
      life.holdInputs();
      await life.adviser.answer({ outcome: "quota", reply: null });
      const next = aLife(storage);
      await next.triggers.resume();
      expect(next.adviser.asked).toEqual([]);
      expect(next.item.journal.workflows.read(seq)).toMatchObject({
        status: "completed",
        decision: { decidedBy: "fallback" },
        advice: { outcome: "quota" },
      });
    }),
  );

  it(
    "and that decided on a newer count since, does not go back to the older one",
    onDisk(async (storage) => {
      const first = await send(aLife(storage));
      const next = aLife(storage);
      const second = await send(next, { stock: 3 });
      await next.adviser.answer();
      expect(next.adviser.asked.map((question) => question.workflowId)).toEqual([second.id]);
      expect(next.item.journal.workflows.read(first.seq)).toMatchObject({
        status: "superseded",
        supersededBy: second.id,
      });
    }),
  );

  it(
    "with several triggers waiting, decides on the newest count alone",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const first = await send(life);
      const second = await send(life, { stock: 3 });
      const next = aLife(storage);
      await next.triggers.resume();
      expect(next.adviser.asked.map((question) => question.workflowId)).toEqual([second.id]);
      expect(next.item.journal.workflows.read(first.seq)).toMatchObject({
        status: "superseded",
        supersededBy: second.id,
      });
    }),
  );
});
