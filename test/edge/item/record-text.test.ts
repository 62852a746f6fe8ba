import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withHashes } from "../../../src/storage/audit-chain.ts";
import { packRecord, unpackRecord } from "../../../src/storage/record/record-text.ts";
import { parseWorkflow, recordOf } from "../../../src/storage/record/workflow-record.ts";
import { aDelivery, aReview, aWorkflow } from "../../support/builders/a-workflow.ts";
import { aDecidedWorkflow, someAdvice } from "../../support/builders/decided-workflow.ts";

const ID = `${"45f8e561b0eb371e".repeat(4)}-7`;

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
    expect(unpackRecord(record, hashed.id)).toBe(JSON.stringify(hashed));
  });

  it("is read as it was written, whatever JSON it is", () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, id) => {
        expect(unpackRecord(packRecord(json, id), id)).toBe(json);
      }),
    );
  });

  it("is JSON for the database's check", () => {
    expect(typeof JSON.parse(recordOf(aDecidedWorkflow()).record)).toBe("string");
  });

  it("of an older release is plain JSON, and is read", () => {
    const workflow = aDecidedWorkflow();
    expect(parseWorkflow(JSON.stringify(workflow), workflow.id)).toEqual(JSON.parse(JSON.stringify(workflow)));
  });

  it("of a newer release is refused", () => {
    expect(() => unpackRecord('"Zabc"', ID)).toThrow('a record that begins with "Z cannot be read');
  });

  it("can be read for as long as the dictionary is what it was", () => {
    const stored = '"Aw2xlU24mrvY21poXmlJpV7Up1dYCAA=="';
    expect(unpackRecord(stored, ID)).toBe(KEPT);
  });
});

/** What the text above was made of. */
const KEPT =
  `{"schema":1,"id":"${ID}","status":"completed","decision":{"action":"hold","rationale":"Hold: the chance of ` +
  `running short before another order could help is under 1 %"}}`;
