import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withHashes, withoutImpliedHashes } from "../../../src/storage/audit/audit-chain.ts";
import { packRecord, unpackRecord } from "../../../src/storage/record/record-text.ts";
import { auditFault } from "../../../src/storage/audit/audit-fault.ts";
import { departing, parseWorkflow, recordOf } from "../../../src/storage/record/workflow-record.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { aDelivery, aReview, aWorkflow, T0 } from "../../support/builders/a-workflow.ts";
import { aDecidedWorkflow, someAdvice } from "../../support/builders/decided-workflow.ts";

const ID = `${"45f8e561b0eb371e".repeat(4)}-7`;

/** A hold that nobody was asked about. */
const PLAIN: Workflow = {
  ...(unpackRecord('["B",1,{}]', ID) as Workflow),
  audit: [
    { seq: 1, at: T0, event: "received", actor: "key:pos" },
    { seq: 2, at: T0 + 1, event: "executed", actor: "plan", detail: "hold" },
  ],
};

/** Of `KEPT`. */
const STORED_B =
  '["B",null,[2,{},3,{},4,{},5,{},7,{},8,{},9,{},10,{},11,{},12,[1,{},2,{},3,{},4,{},5,{},6,{},7,"Hold:' +
  ' the chance of running short before another order could help is under 1 %",8,{},9,{},10,{},11,{},12,' +
  "{},13,{}],13,{},14,{},15,{},16,{},17,{},18,{},19,{},20,{},21,{},22,{},23,{},24,{},25,{},26,{}]]";

describe("a stored record", () => {
  it.each([
    ["a plain hold", aDecidedWorkflow()],
    ["an open question", aWorkflow({ status: "awaiting_human_review", review: aReview() })],
    ["a model's advice", aDecidedWorkflow({ advice: someAdvice({ facts: '{"product_id":"茶"}', reply: "{}" }) })],
    [
      "messages to people",
      aDecidedWorkflow({ deliveries: [aDelivery(), aDelivery({ status: "parked", error: "550" })] }),
    ],
    ["a workflow that was superseded", aWorkflow({ status: "superseded", supersededBy: `${ID}0`, decision: null })],
    ["fields of a newer release", { ...aDecidedWorkflow(), later: { of: [null, "", -0.5] } } as never],
  ])("of %s is read as it was written", (_what, workflow) => {
    const hashed = withHashes(workflow);
    const { record } = recordOf(hashed);
    expect(parseWorkflow(record, hashed.id)).toEqual(hashed);
    expect(JSON.stringify(unpackRecord(record, hashed.id))).toBe(JSON.stringify(withoutImpliedHashes(hashed)));
  });

  it.each([
    ["a plain hold", PLAIN, /^\["B",/],
    ["a model's advice", { ...PLAIN, advice: someAdvice({ facts: "茶".repeat(1_000) }) }, /^"A/],
  ])("of %s leaves its item with the hashes of the whole trail", (_what, workflow, begins) => {
    const inItem = recordOf(workflow);
    expect(inItem.record).toMatch(begins);
    const left = parseWorkflow(departing(inItem), workflow.id);
    expect(left).toEqual(withHashes(workflow));
    expect(auditFault(left)).toBeNull();
    const reopened = { workflow: parseWorkflow(inItem.record, workflow.id), record: inItem.record };
    expect(departing(reopened)).toBe(departing(inItem));
  });

  it("of a plain hold waits in its item without hashes, and a change of what has left shows", () => {
    const inItem = recordOf(PLAIN);
    expect(parseWorkflow(inItem.record, ID).audit).toEqual(PLAIN.audit);
    const text = departing(inItem);
    expect(text).toBe(`${inItem.record.slice(0, -1)},"${withHashes(PLAIN).audit.at(-1)?.hash}"]`);
    const fault = (stored: string) => auditFault(parseWorkflow(stored, ID));
    expect(fault(text)).toBeNull();
    expect(fault(text.replace("key:pos", "key:eve"))).toContain("was changed");
    expect(fault(inItem.record)).toContain("was changed");
  });

  it("of an older release with hashes keeps them as entries are added", () => {
    const hashed = withHashes(PLAIN);
    const changed = { ...hashed, audit: hashed.audit.map((entry) => ({ ...entry, actor: "eve" })) };
    const added = { seq: 3, at: T0 + 9, event: "taken_back", actor: "key:pos" } as const;
    const left = (before: Workflow) => {
      const stored = packRecord(withoutImpliedHashes(before), before.id);
      const read = parseWorkflow(stored, before.id);
      return parseWorkflow(departing(recordOf({ ...read, audit: [...read.audit, added] })), before.id);
    };
    expect(left(hashed).audit).toEqual(withHashes({ ...hashed, audit: [...PLAIN.audit, added] }).audit);
    expect(auditFault(left(hashed))).toBeNull();
    expect(auditFault(left(changed))).toContain("was changed");
  });

  it("is read as it was written, whatever JSON it is", () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, id) => {
        const record = JSON.parse(json) ?? {};
        expect(JSON.stringify(unpackRecord(packRecord(record, id), id))).toBe(JSON.stringify(record));
      }),
    );
  });

  it("is JSON for the database's check", () => {
    const usual = unpackRecord('["B",1,{}]', ID) as Workflow;
    const long = { ...usual, snapshot: { ...usual.snapshot, notes: "茶".repeat(1_000) } };
    expect(packRecord(usual, ID)).toBe('["B",1,{}]');
    expect(JSON.parse(packRecord(long, ID))).toMatch(/^A/);
  });

  it("of an older release is plain JSON, and is read", () => {
    const workflow = aDecidedWorkflow();
    expect(parseWorkflow(JSON.stringify(workflow), workflow.id)).toEqual(JSON.parse(JSON.stringify(workflow)));
  });

  it("of a newer release is refused", () => {
    expect(() => unpackRecord('"Zabc"', ID)).toThrow('a record that begins with "Z cannot be read');
    expect(() => parseWorkflow(JSON.stringify({ ...aDecidedWorkflow(), schema: 2 }), ID)).toThrow(
      "a record of schema 2 cannot be read",
    );
  });

  it.each(["null", '{"schema":1}', `{"schema":1,"id":"${ID}","status":7}`])("that is %s is refused", (record) => {
    expect(() => parseWorkflow(record, ID)).toThrow(/^a record /);
  });

  it.each([
    ["the dictionary", '"Aw2xlU24mrvY21poXmlJpV7Up1dYCAA=="'],
    ["the template", STORED_B],
  ])("can be read for as long as %s is what it was", (_what, stored) => {
    expect(JSON.stringify(unpackRecord(stored, ID))).toBe(KEPT);
  });
});

/** What the text above was made of. */
const KEPT =
  `{"schema":1,"id":"${ID}","status":"completed","decision":{"action":"hold","rationale":"Hold: the chance of ` +
  `running short before another order could help is under 1 %"}}`;
