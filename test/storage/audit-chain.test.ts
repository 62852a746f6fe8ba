import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { gapsOf } from "../../scripts/lib/audit/audit-trails.ts";
import { withHashes } from "../../src/storage/audit/audit-chain.ts";
import { auditFault } from "../../src/storage/audit/audit-fault.ts";
import type { AuditEntry } from "../../src/workflow/types/audit-entry.ts";
import { aDecision, aWorkflow, T0 } from "../support/builders/a-workflow.ts";

const entries: AuditEntry[] = [
  { seq: 1, at: T0, event: "received", actor: "pos" },
  { seq: 2, at: T0 + 1, event: "asked", actor: "stockwarden", detail: "low_confidence" },
  { seq: 3, at: T0 + 2, event: "verdict", actor: "ana@example.com", channel: "link", detail: "approve" },
  { seq: 4, at: T0 + 2, event: "executed", actor: "ana@example.com", detail: "restock 120" },
];
const workflow = withHashes(aWorkflow({ status: "completed", audit: entries }));
const changed = (at: number, change: Partial<AuditEntry>) => ({
  ...workflow,
  audit: workflow.audit.map((entry, index) => (index === at ? { ...entry, ...change } : entry)),
});

describe("the audit chain", () => {
  it("holds as it was written", () => {
    expect(auditFault(workflow)).toBeNull();
  });

  it("shows a change of any field of any entry", () => {
    for (let at = 0; at < entries.length; at++) {
      for (const change of [
        { at: T0 - 5 },
        { event: "reminded" as const },
        { actor: "eve" },
        { channel: "api" },
        { detail: "reject" },
        { hash: "0".repeat(64) },
      ]) {
        expect(auditFault(changed(at, change)), `entry ${at + 1} ${JSON.stringify(change)}`).not.toBeNull();
      }
    }
  });

  it("shows an entry that was taken out, put in, swapped, or cut off at the end", () => {
    const { audit } = workflow;
    expect(auditFault({ ...workflow, audit: audit.filter((_, index) => index !== 1) })).not.toBeNull();
    expect(auditFault({ ...workflow, audit: [audit[0]!, audit[0]!, ...audit.slice(1)] })).not.toBeNull();
    expect(auditFault({ ...workflow, audit: [audit[1]!, audit[0]!, ...audit.slice(2)] })).not.toBeNull();
    expect(auditFault({ ...workflow, audit: audit.slice(0, 3) })).toBe("the end is missing");
    expect(auditFault({ ...workflow, audit: [] })).not.toBeNull();
  });

  it("shows another decision than the one that was executed, and a trail of another workflow", () => {
    expect(auditFault({ ...workflow, decision: aDecision({ quantity: 1_200 }) })).toContain(
      'the decision says "restock 1200"',
    );
    expect(auditFault({ ...workflow, id: "wf-2" })).not.toBeNull();
  });

  it("grows by appending: hashes that are there stay", () => {
    const shorter = withHashes(aWorkflow({ audit: entries.slice(0, 2) }));
    const longer = withHashes({ ...shorter, audit: [...shorter.audit, ...entries.slice(2)] });
    expect(longer.audit.slice(0, 2)).toEqual(shorter.audit);
    expect(longer.audit).toEqual(workflow.audit);
  });

  it("is SHA-256 of each entry after the link before it, which anybody can work out again", () => {
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const hostile: AuditEntry = {
      seq: 1,
      at: T0,
      event: "received",
      actor: "Zoë \ud800 𝄞 \u0000",
      detail: "é".repeat(200),
    };
    const { id, audit } = withHashes(aWorkflow({ audit: [hostile, entries[1]!] }));
    const first = sha256(
      JSON.stringify([sha256(`stockwarden.audit.1\n${id}`), 1, T0, "received", hostile.actor, null, hostile.detail]),
    );
    const second = sha256(JSON.stringify([first, 2, T0 + 1, "asked", "stockwarden", null, "low_confidence"]));
    expect(audit.map(({ hash }) => hash)).toEqual([first, second]);
  });

  it("misses a workflow between two others of its item", () => {
    const [a, b] = ["a".repeat(64), "b".repeat(64)];
    const known = [`${a}-1`, `${a}-4`, `${b}-7`].map((workflow_id) => ({ workflow_id }));
    expect(gapsOf(known)).toEqual([`${a}-2`, `${a}-3`]);
  });
});
