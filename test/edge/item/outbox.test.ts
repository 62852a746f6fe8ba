/** Deliveries that meet a workflow which moves on while they are under way. Proves I7. */
import { reset } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import { startDue } from "../../../src/item/waking/wake.ts";
import type { Deliverer } from "../../../src/review/deliverer.ts";
import type { Facts } from "../../../src/workflow/facts.ts";
import type { Actor } from "../../../src/workflow/review.ts";
import { transition } from "../../../src/workflow/transition.ts";
import { aDelivery, aReview, aWorkflow, HOUR_MS } from "../../support/builders/a-workflow.ts";
import { aLife, onDisk, settled, T0 } from "../support/item-life.ts";

afterEach(() => reset());

const ANA: Actor = { principal: "key:ana", label: "Ana", channel: "api" };

it.each([1, 0])(
  "a deadline that is put off while an earlier message is under way is reported as well, %i ms later",
  (laterMs) =>
    onDisk(async (storage) => {
      let now = T0;
      const told: number[] = [];
      const answers: (() => void)[] = [];
      const deliverer: Deliverer = {
        plan: ({ purpose }) => [aDelivery({ key: "1/facts_updated/slack", channel: "slack", purpose, dueAt: now })],
        attempt: (workflow, delivery) =>
          new Promise((resolve) => {
            told.push(workflow.review!.expiresAt);
            answers.push(() => resolve({ ...delivery, status: "done" }));
          }),
      };
      const { item } = aLife(storage, T0, { adviser: null, deliverer, now: () => now });
      const asked = aWorkflow({ review: aReview({ askedAt: T0, expiresAt: T0 + HOUR_MS }) });
      item.write({ workflows: [asked] });
      const extend = () => {
        const policy = { ...item.policy, extensionMs: 9 * HOUR_MS };
        const facts: Facts = { ...item.facts(item.knowledge.inputs.atHand(), asked.snapshot), policy };
        return item.apply(transition(item.openQuestion!, { type: "extended", byMs: HOUR_MS, actor: ANA, facts }, now))
          .review!.expiresAt;
      };
      const first = extend();
      now += laterMs;
      const second = extend();
      answers[0]!();
      await settled();
      now += 1;
      void item.deliveries.drain();
      await settled();
      expect(told).toEqual([first, second]);
      answers[1]!();
      await settled();
      expect(item.journal.workflows.read(asked.seq)!.deliveries.map(({ status }) => status)).toEqual(["done"]);
      expect(told).toHaveLength(2);
    })(),
);

it(
  "newer facts for a message that is being sent are told once it is there",
  onDisk(async (storage) => {
    const told: string[] = [];
    const answers: (() => void)[] = [];
    const deliverer: Deliverer = {
      plan: ({ purpose }) => [aDelivery({ key: `1/${purpose}/slack`, channel: "slack", purpose, dueAt: T0 })],
      attempt: (_workflow, delivery) =>
        new Promise((resolve) => {
          told.push(delivery.purpose);
          answers.push(() => resolve({ ...delivery, status: "done" }));
        }),
    };
    const { item } = aLife(storage, T0, { adviser: null, deliverer });
    const ask = aDelivery({ key: "1/ask/slack", channel: "slack", purpose: "ask", dueAt: T0 });
    const asked = aWorkflow({ review: aReview({ askedAt: T0, expiresAt: T0 + HOUR_MS }), deliveries: [ask] });
    item.write({ workflows: [asked] });
    void item.deliveries.drain();
    const policy = { ...item.policy, extensionMs: HOUR_MS };
    const facts: Facts = { ...item.facts(item.knowledge.inputs.atHand(), asked.snapshot), policy };
    item.apply(transition(item.openQuestion!, { type: "extended", byMs: HOUR_MS, actor: ANA, facts }, T0));
    await settled();
    expect(told).toEqual(["ask"]);
    answers[0]!();
    await settled();
    expect(told).toEqual(["ask", "facts_updated"]);
    answers[1]!();
    await settled();
    expect(item.journal.workflows.read(asked.seq)!.deliveries.map(({ status }) => status)).toEqual(["done", "done"]);
  }),
);

it(
  "a question that took another's place edits the message of that one, however many decisions have passed " +
    "since and wherever the database is",
  onDisk(async (storage) => {
    const idOf = (seq: number): string => `${"f".repeat(64)}-${seq}`;
    let now = T0;
    const known: (readonly string[])[] = [];
    const deliverer: Deliverer = {
      plan: () => [],
      attempt: async (_workflow, delivery, earlier) => {
        known.push(earlier().refs);
        return { ...delivery, status: "done" };
      },
    };
    const { item } = aLife(storage, T0, {
      adviser: null,
      deliverer,
      now: () => now,
      project: () => Promise.reject(new Error("away")),
      onFailure: () => undefined,
    });
    const told = aDelivery({
      key: "1/ask/slack",
      channel: "slack",
      purpose: "ask",
      status: "done",
      ref: "message-1",
      dueAt: T0,
    });
    const toTell = aDelivery({ key: "2/ask/slack", channel: "slack", purpose: "ask", dueAt: T0 + HOUR_MS });
    const replaced = aWorkflow({
      id: idOf(1),
      seq: 1,
      status: "superseded",
      supersededBy: idOf(2),
      review: aReview(),
      deliveries: [told],
    });
    const question = aWorkflow({
      id: idOf(2),
      seq: 2,
      review: aReview({ expiresAt: T0 + 9 * HOUR_MS }),
      deliveries: [toTell],
    });
    item.write({ workflows: [replaced, question] });
    for (const seq of [3, 4, 5])
      item.write({ workflows: [aWorkflow({ id: idOf(seq), seq, status: "completed", review: null })] });
    await settled();
    now += HOUR_MS;
    await Promise.all([item.projections.drain(), item.deliveries.drain()]);
    expect(known).toEqual([["message-1"]]);
  }),
);

it(
  "an attempt that never ends holds up no other delivery, no poke and no trigger",
  onDisk(async (storage) => {
    const sent: string[] = [];
    const deliverer: Deliverer = {
      plan: () => [],
      attempt: (_workflow, delivery) => {
        sent.push(delivery.key);
        return delivery.key === "1/ask/email"
          ? new Promise(() => {})
          : Promise.resolve({ ...delivery, status: "done" });
      },
    };
    const life = aLife(storage, T0, { adviser: null, deliverer });
    const { item } = life;
    const stuck = aDelivery({ key: "1/ask/email", channel: "email", purpose: "ask", dueAt: T0 });
    item.write({ workflows: [aWorkflow({ review: aReview({ expiresAt: T0 + HOUR_MS }), deliveries: [stuck] })] });
    const free = aDelivery({ key: "2/decision/webhook", channel: "webhook", purpose: "decision", dueAt: T0 });
    const later = { id: `${"f".repeat(64)}-2`, seq: 2, status: "completed", review: null } as const;
    item.write({ workflows: [aWorkflow({ ...later, deliveries: [free] })] });
    await startDue(item, life.triggers);
    await settled();
    expect(sent).toEqual(["1/ask/email", "2/decision/webhook"]);
    expect(item.journal.workflows.read(2)!.deliveries).toMatchObject([{ status: "done" }]);
    expect(item.journal.workflows.read(1)!.deliveries).toMatchObject([{ status: "pending" }]);
  }),
);

it(
  "a question's earlier messages are found by reading as many rows after a thousand replaced questions as after twenty",
  onDisk(async (storage) => {
    const { item } = aLife(storage, T0, { adviser: null });
    const idOf = (seq: number): string => `${"f".repeat(64)}-${seq}`;
    for (let seq = 1; seq <= 1_000; seq++) {
      const replaced = { supersededBy: idOf(seq + 1), status: "superseded", review: aReview() } as const;
      item.write({ workflows: [aWorkflow({ id: idOf(seq), seq, ...replaced })] });
    }
    item.journal.workflows.questionsReplacedBy(idOf(1_001));
    const statements = vi.spyOn(storage.sql, "exec");
    const found = item.journal.workflows.questionsReplacedBy(idOf(1_001));
    expect(found.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => 981 + at));
    expect(statements.mock.calls.length).toBeLessThanOrEqual(20);
  }),
);

it(
  "a parked delivery can be made again days later, after a restart too, however many decisions have passed",
  onDisk(async (storage) => {
    let now = T0;
    const idOf = (seq: number): string => `${"f".repeat(64)}-${seq}`;
    const decision = (seq: number, changes: object = {}) =>
      aWorkflow({ id: idOf(seq), seq, status: "completed", review: null, updatedAt: now, ...changes });
    const parked = aDelivery({
      key: "1/decision/webhook",
      channel: "webhook",
      purpose: "decision",
      status: "parked",
      dueAt: T0,
    });
    const { item } = aLife(storage, T0, { adviser: null, now: () => now });
    item.write({ workflows: [decision(1, { deliveries: [parked] })] });
    for (let seq = 2; seq <= 9; seq++) {
      now += 12 * HOUR_MS;
      item.write({ workflows: [decision(seq)] });
      await settled();
    }
    expect(item.find(idOf(2)), "others give their place away").toBeNull();
    const next = aLife(storage, now, { adviser: null, now: () => now }).item;
    next.write({ workflows: [decision(10)] });
    await settled();
    expect(next.redeliver(idOf(1), "all")).toBe(1);
    await settled();
    expect(next.find(idOf(1))!.deliveries).toMatchObject([{ status: "dropped" }]);
  }),
);

it(
  "a delivery that waits for its receiver is not overwritten, however many decisions have passed, after a restart too",
  onDisk(async (storage) => {
    let now = T0;
    const idOf = (seq: number): string => `${"f".repeat(64)}-${seq}`;
    const decision = (seq: number, changes: object = {}) =>
      aWorkflow({ id: idOf(seq), seq, status: "completed", review: null, updatedAt: now, ...changes });
    const key = "1/decision/webhook";
    const waiting = aDelivery({ key, channel: "webhook", purpose: "decision", dueAt: T0 + 200 * HOUR_MS });
    let { item } = aLife(storage, T0, { adviser: null, now: () => now });
    item.write({ workflows: [decision(1, { deliveries: [waiting] })] });
    for (let seq = 2; seq <= 9; seq++) {
      now += 12 * HOUR_MS;
      if (seq === 6) ({ item } = aLife(storage, now, { adviser: null, now: () => now }));
      item.write({ workflows: [decision(seq)] });
      await settled();
    }
    expect(item.find(idOf(2)), "others give their place away").toBeNull();
    expect(item.find(idOf(1))?.deliveries).toMatchObject([{ key, status: "pending" }]);
  }),
);

it(
  "an outcome waits for the question that is on its way to the same receiver, and for nobody else's",
  onDisk(async (storage) => {
    const sent: string[] = [];
    const answers: (() => void)[] = [];
    const deliverer: Deliverer = {
      plan: () => [],
      attempt: (_workflow, delivery) =>
        new Promise((resolve) => {
          sent.push(delivery.key);
          answers.push(() => resolve({ ...delivery, status: "done", ref: delivery.key }));
        }),
    };
    const { item } = aLife(storage, T0, { adviser: null, deliverer });
    const to = (channel: "slack" | "email", purpose: "ask" | "outcome") =>
      aDelivery({ key: `${purpose}/${channel}`, channel, purpose, dueAt: T0 });
    const asked = aWorkflow({ review: aReview({ expiresAt: T0 + HOUR_MS }), deliveries: [to("slack", "ask")] });
    item.write({ workflows: [asked] });
    const deliveries = [...asked.deliveries, to("slack", "outcome"), to("email", "outcome")];
    item.write({ workflows: [{ ...asked, version: asked.version + 1, status: "completed", deliveries }] });
    await settled();
    expect(sent).toEqual(["ask/slack", "outcome/email"]);
    answers[0]!();
    await settled();
    expect(sent).toEqual(["ask/slack", "outcome/email", "outcome/slack"]);
  }),
);
